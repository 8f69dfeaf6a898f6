"""Secrets and unknowns among properties: taken off for the API server, put back for the engine."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ...wire import UNKNOWN, Secret

Properties = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value without its secrets' wrapping, as the API server takes it."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in cast("Properties", value).items()}
    if isinstance(value, list):
        return [plain(item) for item in cast("Sequence[Any]", value)]
    return value


def has_unknown(value: Any) -> bool:
    """Whether anything in it is not known yet."""
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in cast("Properties", value).values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in cast("Sequence[Any]", value))
    return value is UNKNOWN


def veiled(value: Any, like: Any) -> Any:
    """``value`` with secrets wherever ``like`` has them."""
    if isinstance(like, Secret):
        return Secret(value)
    if isinstance(like, Mapping) and isinstance(value, Mapping):
        secrets = cast("Properties", like)
        return {key: veiled(item, secrets.get(key)) for key, item in cast("Properties", value).items()}
    if isinstance(like, list) and isinstance(value, list):
        items, secrets_of = cast("Sequence[Any]", value), cast("Sequence[Any]", like)
        padding = [None] * (len(items) - len(secrets_of))
        return [veiled(item, other) for item, other in zip(items, [*secrets_of, *padding], strict=False)]
    return value
