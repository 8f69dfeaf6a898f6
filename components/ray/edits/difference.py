"""Which fields differ between two manifests, by path; items of lists are known by their name where they have one.

Manifests may come from anybody, so nothing here trusts a shape.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..rules.view import Path, items, mapping

__all__ = ["ABSENT", "Difference", "Steps", "differences"]

ABSENT = object()
"""What a field is where it is not there."""

Steps = tuple[str, ...]
"""The way to a field; a list item's step is its name, or else its number, in brackets."""

_KEYS = ("groupName", "name", "key")
_Child = tuple[str | int, Any]


class Difference(NamedTuple):
    """One field that is not what it was."""

    path: Steps
    """The way to it; the list itself where only the order of its items is another."""
    place: Path
    """The same by number: in the new manifest, or in the old one where the new one lacks it."""
    before: Any
    """What it was, or ``ABSENT``."""
    after: Any
    """What it is to be, or ``ABSENT``."""


def differences(old: Any, new: Any, path: Steps = (), place: Path = ()) -> Iterator[Difference]:
    """Every smallest difference; null is what is not there, and a list that is not there is an empty one."""
    old, new = _given(old), _given(new)
    if old == new:
        return
    before, after = _children(old, new), _children(new, old)
    if before is None or after is None:
        yield Difference(path, place, old, new)
        return
    if isinstance(new, list) and [step for step in before if step in after] != [
        step for step in after if step in before
    ]:
        yield Difference(path, place, old, new)
    for step in dict.fromkeys((*before, *after)):
        at, _ = after.get(step) or before[step]
        (_, was), (_, is_now) = before.get(step, (at, ABSENT)), after.get(step, (at, ABSENT))
        yield from differences(was, is_now, (*path, step), (*place, at))


def _given(value: Any) -> Any:
    return ABSENT if value is None else value


def _children(value: Any, other: Any) -> dict[str, _Child] | None:
    """What a mapping, or a list of mappings, holds by step; None for anything that is compared as a whole."""
    if isinstance(value, dict):
        return {str(key): (str(key), item) for key, item in mapping(value).items()}
    if value is ABSENT and isinstance(other, list):
        return {} if _children(other, ABSENT) is not None else None
    known: Any = value
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in known):
        return None
    listed = items(value)
    named: dict[str, _Child] = {f"[{_name(item, index)}]": (index, item) for index, item in enumerate(listed)}
    return named if len(named) == len(listed) else {f"[{index}]": (index, item) for index, item in enumerate(listed)}


def _name(item: Any, index: int) -> str:
    return next((str(item[key]) for key in _KEYS if isinstance(item.get(key), str)), str(index))
