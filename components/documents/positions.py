"""On which line a property is, by its path."""

from collections.abc import Sequence
from typing import Any

from .shapes import is_mapping, is_sequence

__all__ = ["Lines"]


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

    def nearest(self, root: object, path: Sequence[str | int], line: int) -> int:
        """The line of ``path`` below ``root``, or of the nearest part of it that is there; ``line`` is the root's."""
        here: Any = root
        for step in path:
            if not _has(here, step):
                return line
            line, here = self.of(here, step), here[step]
        return line


def _has(here: object, step: str | int) -> bool:
    if is_mapping(here):
        return step in here
    return is_sequence(here) and isinstance(step, int) and step < len(here)
