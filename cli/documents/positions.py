"""On which line a property is, by its path."""

import re
from typing import Any

from .shapes import is_mapping, is_sequence

__all__ = ["Lines", "steps"]

_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(?:'([^']*)'|"([^"]*)"|([^\]]*))\]""")
_NAMES = ("name", "groupName")


def steps(path: str) -> list[str]:
    """The parts of a property path: ``spec.workerGroupSpecs[0]``, ``workers[gpu]``, ``annotations['ray.io/x']``."""
    return [next(part for part in match.groups() if part is not None) for match in _STEP.finditer(path)]


class Lines:
    """The lines of every key and item of a text, kept beside the plain values that were read from it."""

    def __init__(self) -> None:
        # Keyed by identity, as values must stay plain and equal ones stand on several lines; the containers are kept
        # with their lines, so that no other object can take their identity.
        self._of: dict[int, tuple[object, dict[str, int] | list[int]]] = {}

    def record(self, container: dict[str, Any] | list[Any], lines: dict[str, int] | list[int]) -> None:
        """Keep the lines of the keys or items of one container."""
        self._of[id(container)] = (container, lines)

    def of(self, container: object, step: str | int) -> int:
        """The line of one key or item, counted from 1."""
        lines: Any = self._of[id(container)][1]
        line: int = lines[step]
        return line

    def nearest(self, root: object, path: str, line: int) -> int:
        """The line of ``path`` below ``root``, or of the nearest part of it that is there; ``line`` is the root's."""
        here = root
        for step in steps(path):
            found = _found(here, step)
            if found is None:
                return line
            key, inner = found
            line, here = self.of(here, key), inner
        return line


def _found(here: object, step: str) -> tuple[str | int, object] | None:
    if is_mapping(here):
        return (step, here[step]) if step in here else None
    if not is_sequence(here):
        return None
    if step.isdecimal() and int(step) < len(here):
        return int(step), here[int(step)]
    return next(((index, item) for index, item in enumerate(here) if _named(item, step)), None)


def _named(item: object, name: str) -> bool:
    return is_mapping(item) and any(item.get(key) == name for key in _NAMES)
