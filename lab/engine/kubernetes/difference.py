"""Which properties differ, by the engine's property paths."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

Change = Literal["add", "update", "delete"]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def differences(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Change]]:
    """Every smallest difference between two values, as the path and what became of it."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _item(old, new, key, _child(path, str(key)))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _item(dict(enumerate(old)), dict(enumerate(new)), index, f"{path}[{index}]")
    else:
        yield path, "update"


def _item(old: Mapping[Any, Any], new: Mapping[Any, Any], key: Any, path: str) -> Iterator[tuple[str, Change]]:
    if key not in old:
        yield path, "add"
    elif key not in new:
        yield path, "delete"
    else:
        yield from differences(old[key], new[key], path)


def _child(path: str, key: str) -> str:
    if not _PLAIN.fullmatch(key):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key


def pruned(live: Any, like: Any) -> Any:
    """What of ``live`` is spoken of in ``like``: the part of an object that its author declared."""
    if isinstance(live, Mapping) and isinstance(like, Mapping):
        return {key: pruned(live[key], like[key]) for key in like if key in live}
    if isinstance(live, list) and isinstance(like, list) and len(live) == len(like):
        return [pruned(item, other) for item, other in zip(live, like, strict=True)]
    return live
