"""Which properties differ, by the engine's property paths."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

Change = Literal["add", "update", "delete"]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ABSENT = object()


def differences(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Change]]:
    """Every smallest difference between two values, as the path and what became of it."""
    if old is _ABSENT:
        yield path, "add"
    elif new is _ABSENT:
        yield path, "delete"
    elif old != new:
        before, after = _children(old, path), _children(new, path)
        if before is None or after is None or isinstance(old, list) is not isinstance(new, list):
            yield path, "update"
            return
        for step in dict.fromkeys((*before, *after)):
            yield from differences(before.get(step, _ABSENT), after.get(step, _ABSENT), step)


def pruned(live: Any, like: Any) -> Any:
    """What of ``live`` is spoken of in ``like``: the part of an object that its author declared."""
    if isinstance(live, Mapping) and isinstance(like, Mapping):
        there = cast("Mapping[str, Any]", live)
        return {key: pruned(there[key], item) for key, item in cast("Mapping[str, Any]", like).items() if key in there}
    if isinstance(live, list) and isinstance(like, list):
        items, declared = cast("Sequence[Any]", live), cast("Sequence[Any]", like)
        if len(items) == len(declared):
            return [pruned(item, other) for item, other in zip(items, declared, strict=True)]
    return cast("Any", live)


def _children(value: Any, path: str) -> dict[str, Any] | None:
    """What a value holds, by path; None where it has no inside."""
    if isinstance(value, Mapping):
        return {_child(path, key): item for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return {f"{path}[{index}]": item for index, item in enumerate(cast("Sequence[Any]", value))}
    return None


def _child(path: str, key: str) -> str:
    if not _PLAIN.fullmatch(key):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key
