"""Properties as the engine sends them, read once into a subject; and mended properties on their way back.

The engine marks values with signatures of its own: what is unknown, what is secret, assets, references to resources.
Their constants are those of the engine's SDK (``sdk/go/common/resource/plugin/rpc.go``).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from google.protobuf import json_format, struct_pb2
from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.view import Path

from ..subject import Options, Subject
from ..unknown import NO_SECRETS, UNKNOWN, Secrets, guarded, raw

__all__ = ["content", "mended", "subject", "written"]

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the protocol's own constant
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
# What is not known, by what it will be: a truth, a number, a text, a list, an asset, an archive, an object.
_UNKNOWNS: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


class _MarkedError(Exception):
    """Something is marked: it is read with care."""


def _plain(struct: Any) -> dict[str, Any]:
    """Properties without any marks, which most are, read fast."""
    # By its keys: what the map calls its items is made in Python, one by one.
    fields = struct.fields
    if _SIGNATURE in fields:
        raise _MarkedError
    found: dict[str, Any] = {}
    for name in fields:
        value = fields[name]
        # Most are texts, and what is none has an empty one.
        text: str = value.string_value
        found[name] = text if text and text not in _UNKNOWNS else _plain_value(value)
    return found


def _plain_value(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text: str = value.string_value
        if text in _UNKNOWNS:
            raise _MarkedError
        return text
    if kind == "struct_value":
        return _plain(value.struct_value)
    if kind == "list_value":
        return [_plain_value(each) for each in value.list_value.values]
    return _scalar(kind, value)


def _scalar(kind: str | None, value: Any) -> Any:
    if kind == "number_value":
        number: float = value.number_value
        return int(number) if number.is_integer() else number
    return value.bool_value if kind == "bool_value" else None


class _Reading:
    """One careful reading of some properties: plain values, and what was found on the way."""

    def __init__(self) -> None:
        self.unknown = False
        self.texts: list[str] = []
        self.places: list[Path] = []

    def of_struct(self, struct: Any, path: Path) -> Any:
        fields = struct.fields
        if _SIGNATURE in fields:
            return self._marked(fields, path)
        return {name: self.of_value(value, (*path, name)) for name, value in fields.items()}

    def of_value(self, value: Any, path: Path) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            text: str = value.string_value
            if text in _UNKNOWNS:
                self.unknown = True
                return UNKNOWN
            return text
        if kind == "struct_value":
            return self.of_struct(value.struct_value, path)
        if kind == "list_value":
            return [self.of_value(each, (*path, index)) for index, each in enumerate(value.list_value.values)]
        return _scalar(kind, value)

    def _marked(self, fields: Any, path: Path) -> Any:
        mark = fields[_SIGNATURE].string_value
        if mark == _OUTPUT and "value" not in fields:
            self.unknown = True
            return UNKNOWN
        if mark not in (_SECRET, _OUTPUT):
            return {name: self.of_value(value, (*path, name)) for name, value in fields.items() if name != _SIGNATURE}
        inner = self.of_value(fields["value"], path)
        if mark == _SECRET or fields["secret"].bool_value:
            self.places.append(path)
            self.texts += _texts(inner)
        return inner


def _texts(value: Any) -> Iterator[str]:
    if is_mapping(value):
        for each in value.values():
            yield from _texts(each)
    elif is_sequence(value):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


def subject(request: Any) -> Subject:
    """The subject that a request of the engine is about."""
    options = Options(protect=request.options.protect, parent=request.options.parent)
    try:
        return Subject(request.type, request.urn, request.name, _plain(request.properties), options)
    except _MarkedError:
        reading = _Reading()
    plain = reading.of_struct(request.properties, ())
    secrets = Secrets(tuple(reading.texts), tuple(reading.places)) if reading.places else NO_SECRETS
    props = guarded(plain) if reading.unknown else plain
    return Subject(request.type, request.urn, request.name, props, options, secrets, plain)


def content(struct: Any) -> dict[str, Any]:
    """A configuration as plain values."""
    plain: dict[str, Any] = _Reading().of_struct(struct, ())
    return plain


def mended(request: Any, before: Subject, after: Mapping[str, Any]) -> Any:
    """The properties with what was mended, secrets and unknowns as they came; None if a secret would be touched."""
    whole: dict[str, Any] = json_format.MessageToDict(request.properties)
    changes = list(_changes(before.props, after, ()))
    if any(path[: len(place)] == place for path, _ in changes for place in before.secrets.places):
        return None
    for path, value in changes:
        here: Any = whole
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value
    return written(whole)


def _changes(before: Any, after: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if before is after:
        return  # taken over as it was, known or not
    if is_mapping(before) and is_mapping(after):
        there = raw(before)
        for name, value in raw(after).items():
            if name in there:
                yield from _changes(there[name], value, (*path, name))
            else:
                yield (*path, name), value
    elif is_sequence(before) and is_sequence(after) and len(before) == len(after):
        # Item by item, so that secrets beside what is mended stay as they came.
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changes(one, other, (*path, index))
    elif before != after:
        yield path, after


def written(plain: Mapping[str, Any]) -> Any:
    """Plain values as the engine's protocol has them."""
    struct = struct_pb2.Struct()
    struct.update(dict(plain))
    return struct
