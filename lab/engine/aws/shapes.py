"""Between Pulumi's words and AWS's: both follow the service's own model, and differ in a few names."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from botocore.model import ListShape, MapShape, Shape, StructureShape

Words = Mapping[str, str]
"""Names of Pulumi's that are not AWS's in camel case, each with AWS's."""

_TAGS = ({"Key", "Value"}, {"TagKey", "TagValue"})
_NUMBERS = {"integer": int, "long": int, "float": float, "double": float}


def parameters(shape: StructureShape, properties: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What of some properties a structure of AWS's has members for, as AWS writes it; what is None is left out."""
    named = {words.get(name, name).lower(): value for name, value in properties.items() if value is not None}
    return {
        member: _given(inner, named[member.lower()], words)
        for member, inner in shape.members.items()
        if member.lower() in named
    }


def told(shape: StructureShape, properties: Mapping[str, Any], words: Words) -> set[str]:
    """The names of the properties that a structure of AWS's has members for."""
    members = {member.lower() for member in shape.members}
    return {name for name in properties if words.get(name, name).lower() in members}


def answer(shape: Shape | None, value: Any, words: Words) -> Any:
    """An answer of AWS in Pulumi's words: camel case, tags as a mapping, times as text."""
    return _heard(shape, value, {aws: ours for ours, aws in words.items()})


def _given(shape: Shape, value: Any, words: Words) -> Any:
    if isinstance(shape, StructureShape):
        return _structure(shape, value, words)
    if isinstance(shape, ListShape):
        return [_given(shape.member, item, words) for item in _listed(shape, value)]
    if isinstance(shape, MapShape):
        return {key: _given(shape.value, item, words) for key, item in cast("Mapping[str, Any]", value).items()}
    return _scalar(shape, value)


def _structure(shape: StructureShape, value: Any, words: Words) -> Any:
    if isinstance(value, Mapping):
        return parameters(shape, cast("Mapping[str, Any]", value), words)
    # EC2 wraps what an attribute is to be.
    return {name: _given(inner, value, words) for name, inner in shape.members.items() if name == "Value"}


def _listed(shape: ListShape, value: Any) -> Sequence[Any]:
    """A list; a mapping where AWS lists keys and values, one item where Pulumi knows that there is only one."""
    if isinstance(value, Mapping):
        members = set(shape.member.members) if isinstance(shape.member, StructureShape) else set[str]()
        if members in _TAGS:
            key, text = sorted(members)
            return [{key: name, text: item} for name, item in cast("Mapping[str, Any]", value).items()]
    return cast("Sequence[Any]", value) if isinstance(value, list | tuple) else [value]


def _scalar(shape: Shape, value: Any) -> Any:
    if shape.type_name == "boolean":
        return str(value).lower() == "true"
    if shape.type_name == "string":
        return str(value).lower() if isinstance(value, bool) else str(value)
    number = _NUMBERS.get(shape.type_name)
    return number(value) if number else value


def _heard(shape: Shape | None, value: Any, words: Words) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        return {_named(name, words): _heard(shape.members.get(name), item, words) for name, item in members.items()}
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {key: _heard(shape.value, item, words) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return _items(shape, cast("Sequence[Any]", value), words)
    # botocore reads the documents of policies, which both sides write as text.
    return json.dumps(value) if isinstance(value, Mapping) else value


def _items(shape: ListShape, items: Sequence[Any], words: Words) -> Any:
    for key, text in map(sorted, _TAGS):
        if isinstance(shape.member, StructureShape) and set(shape.member.members) == {key, text}:
            return {item[key]: item.get(text, "") for item in items}
    return [_heard(shape.member, item, words) for item in items]


def _named(member: str, words: Words) -> str:
    return words.get(member) or member[:1].lower() + member[1:]
