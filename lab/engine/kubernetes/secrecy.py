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
    return value is UNKNOWN or any(has_unknown(item) for item in _inside(value))


def has_secret(value: Any) -> bool:
    """Whether anything in it is secret."""
    return isinstance(value, Secret) or any(has_secret(item) for item in _inside(value))


def veiled(value: Properties, like: Properties) -> dict[str, Any]:
    """Plain properties with secrets where ``like`` has them.

    A list with a secret anywhere in it becomes one secret, since the API server may give it another order. The data of
    a Secret is always secret.
    """
    if value.get("kind") == "Secret":
        return {key: Secret(item) if key in {"data", "stringData"} else item for key, item in value.items()}
    return {key: _veiled(item, like.get(key)) for key, item in value.items()}


def _veiled(value: Any, like: Any) -> Any:
    if isinstance(value, Mapping) and isinstance(like, Mapping):
        return veiled(cast("Properties", value), cast("Properties", like))
    return Secret(value) if has_secret(like) else cast("Any", value)


def _inside(value: Any) -> Sequence[Any]:
    if isinstance(value, Secret):
        return [value.value]
    if isinstance(value, Mapping):
        return list(cast("Properties", value).values())
    return cast("Sequence[Any]", value if isinstance(value, list) else [])
