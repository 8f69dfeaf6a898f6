"""Which fields differ between two manifests, by path; items of lists are known by their name where they have one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

__all__ = ["ABSENT", "differences"]

ABSENT = object()
"""What a field is where it is not there."""

_KEYS = ("groupName", "name", "key")


def differences(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every smallest difference as (path, old value, new value); a list item's step is its name in brackets."""
    if old == new:
        return
    before, after = _children(old), _children(new)
    if before is None or after is None:
        yield path, old, new
        return
    for step in dict.fromkeys((*before, *after)):
        yield from differences(before.get(step, ABSENT), after.get(step, ABSENT), (*path, step))


def _children(value: Any) -> dict[str, Any] | None:
    """What a mapping or a list holds, by step; None where a value has no inside."""
    if isinstance(value, Mapping):
        return {str(key): item for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        items = cast("list[Any]", value)
        named = {f"[{_name(item, index)}]": item for index, item in enumerate(items)}
        return named if len(named) == len(items) else {f"[{index}]": item for index, item in enumerate(items)}
    return None


def _name(item: Any, index: int) -> str:
    if isinstance(item, Mapping):
        fields = cast("dict[str, Any]", item)
        return next((str(fields[key]) for key in _KEYS if key in fields), str(index))
    return str(index)
