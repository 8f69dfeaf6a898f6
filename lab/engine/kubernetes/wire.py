"""Properties as they travel between engine and provider: plain Python here, protobuf Structs there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the protocol's mark of a secret, none itself
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What stands at preview for a value that is not known yet."""


@dataclass(frozen=True)
class Secret:
    """A value that must not be shown."""

    value: Any


def read(struct: Struct) -> dict[str, Any]:
    """The properties of a message: whole numbers as integers, secrets as :class:`Secret`, unknowns as they are."""
    return {key: _read(value) for key, value in json_format.MessageToDict(struct).items()}


def write(properties: Mapping[str, Any]) -> Struct:
    """The message of properties."""
    struct = Struct()
    json_format.ParseDict({key: _write(value) for key, value in properties.items()}, struct)
    return struct


def plain(value: Any) -> Any:
    """A value without its secrets' wrapping, as the API server takes it."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def has_unknown(value: Any) -> bool:
    """Whether anything in it is not known yet."""
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return isinstance(value, str) and UNKNOWN in value


def veiled(value: Any, like: Any) -> Any:
    """``value`` with secrets wherever ``like`` has them."""
    if isinstance(like, Secret):
        return Secret(value)
    if isinstance(like, Mapping) and isinstance(value, Mapping):
        return {key: veiled(item, like.get(key)) for key, item in value.items()}
    if isinstance(like, list) and isinstance(value, list):
        padded = [*like, *[None] * (len(value) - len(like))]
        return [veiled(item, other) for item, other in zip(value, padded, strict=False)]
    return value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET:
            return Secret(_read(value.get("value")))
        return {key: _read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_read(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _write(value: Any) -> Any:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": _write(value.value)}
    if isinstance(value, Mapping):
        return {key: _write(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_write(item) for item in value]
    return value
