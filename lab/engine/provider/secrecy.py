"""Secrets and unknowns among properties: taken off for whoever is talked to, put back for the engine."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ...wire import UNKNOWN, Secret

Properties = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value without its secrets' wrapping, as servers take it."""
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

    A list with a secret anywhere in it becomes one secret, since a server may give it another order.
    """
    return {key: _veiled(item, like.get(key)) for key, item in value.items()}


def masked(text: str, known: Any) -> str:
    """A text in which no secret of ``known`` can be read; texts of up to three characters tell nothing."""
    for secret in sorted(_texts(known, secret=False), key=len, reverse=True):
        if len(secret) > 3:
            for form in (secret, base64.b64encode(secret.encode()).decode()):
                text = text.replace(form, "[secret]")
    return text


def _texts(value: Any, *, secret: bool) -> set[str]:
    if isinstance(value, str):
        return {value} if secret else set()
    hidden = secret or isinstance(value, Secret)
    return {text for item in _inside(value) for text in _texts(item, secret=hidden)}


def _veiled(value: Any, like: Any) -> Any:
    if isinstance(value, Mapping) and isinstance(like, Mapping):
        return veiled(cast("Properties", value), cast("Properties", like))
    return Secret(value) if has_secret(like) else cast("Any", value)


def _inside(value: Any) -> Sequence[Any]:
    if isinstance(value, Secret):
        return [value.value]
    if isinstance(value, Mapping):
        return list(cast("Properties", value).values())
    return list(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else []
