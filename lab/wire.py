"""How the engine's wire values look here: plain Python, with secrets and unknowns marked at the leaf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, final

from google.protobuf.struct_pb2 import Struct, Value

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""Key by which the engine's protocol marks a mapping that is not a plain mapping."""
SEALED_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"
"""Value of :data:`SIGNATURE` in the envelope of a secret."""
RESOURCE_SIGNATURE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
"""Value of :data:`SIGNATURE` in a reference to a resource."""
UNKNOWN_ON_THE_WIRE: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What stands for a value that is not known yet; written out, since the SDK's own comes with all of the SDK."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that the program marked as secret, at the place where it stands."""

    value: Any
    """The value itself, so that a test can compare it; it may hold unknowns and further secrets."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource handed over as a value."""

    urn: str
    """The resource's URN."""
    id: str | None = None
    """Its provider's id; ``None`` for a component, or when it is unknown."""


@final
class Unknown:
    """The type of :data:`UNKNOWN`; equal to nothing else, neither true nor false."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError(
            "UNKNOWN is neither true nor false: its value exists only after the update; compare it with `is`"
        )


UNKNOWN: Final = Unknown()
"""A value that only the update will know, as every provider-made value in a first preview."""


def decode(value: Value) -> Any:
    """The plain form of one wire value; whole numbers come back as ``int``, since the wire only knows floats."""
    match value.WhichOneof("kind"):
        case "struct_value":
            return _decode_mapping(value.struct_value)
        case "list_value":
            return [decode(item) for item in value.list_value.values]
        case "string_value":
            return UNKNOWN if value.string_value == UNKNOWN_ON_THE_WIRE else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case _:
            return None


def decode_properties(properties: Struct) -> dict[str, Any]:
    """The plain form of a resource's properties, sorted by name since the wire keeps no order."""
    return {key: decode(value) for key, value in sorted(properties.fields.items())}


def _decode_mapping(mapping: Struct) -> Any:
    plain = decode_properties(mapping)
    match plain.get(SIGNATURE):
        case signature if signature == SEALED_SIGNATURE:
            return Secret(plain["value"])
        case signature if signature == RESOURCE_SIGNATURE:
            identity = plain.get("id")
            return Reference(plain["urn"], identity if isinstance(identity, str) and identity else None)
        case _:
            return plain


def encode(value: Any) -> Any:
    """The wire form of a plain value, ready for a protobuf ``Struct``."""
    if isinstance(value, Secret):
        return {SIGNATURE: SEALED_SIGNATURE, "value": encode(value.value)}
    if isinstance(value, Reference):
        return {SIGNATURE: RESOURCE_SIGNATURE, "urn": value.urn} | ({} if value.id is None else {"id": value.id})
    if value is UNKNOWN:
        return UNKNOWN_ON_THE_WIRE
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in cast("Sequence[Any]", value)]
    return value


def encode_properties(properties: Mapping[str, Any]) -> Struct:
    """The wire form of a mapping of properties."""
    wire = Struct()
    wire.update(encode(properties))
    return wire
