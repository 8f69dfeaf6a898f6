"""A CRD's schema as the API server uses it: fills in defaults, drops what is null, and judges the rest, closed."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from cel import CEL

__all__ = ["Structural"]

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_BITS = {"int32": 32, "int64": 64}
_ABSENT = object()


class Structural:
    """One node of a structural schema and everything below it."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self.default = schema.get("default", _ABSENT)
        self.nullable = bool(schema.get("nullable"))
        self.properties = {name: Structural(below) for name, below in schema.get("properties", {}).items()}
        additional = schema.get("additionalProperties")
        self.additional = Structural(additional) if isinstance(additional, Mapping) else None
        self.items = Structural(schema["items"]) if "items" in schema else None
        self.open = bool(schema.get("x-kubernetes-preserve-unknown-fields"))
        self._with_default = [name for name, below in self.properties.items() if below.default is not _ABSENT]
        self._keys: list[str] = schema.get("x-kubernetes-list-map-keys", [])
        self._cel = [(rule["message"], CEL[rule["rule"]]) for rule in schema.get("x-kubernetes-validations", ())]

    def below(self, name: str) -> "Structural | None":
        """The schema of a field, None where there is none."""
        return self.properties.get(name, self.additional)

    def defaulted(self, value: Any) -> Any:
        """A copy of the value with defaults filled in and nulls that mean nothing removed."""
        if isinstance(value, dict):
            return self._filled(value)
        if isinstance(value, list):
            return [self.items.defaulted(item) for item in value] if self.items else deepcopy(value)
        return value

    def _filled(self, value: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in self._with_default if value.get(name) is None]
        given = {**value, **{name: self.properties[name].default for name in missing}} if missing else value
        filled: dict[str, Any] = {}
        for name, inner in given.items():
            below = self.below(name)
            if below is None:
                filled[name] = deepcopy(inner)
            elif inner is not None or below.nullable:
                filled[name] = below.defaulted(inner)
        return filled

    def errors(self, value: Any) -> list[str]:
        """What the API server would refuse of a defaulted value, each with its path; unknown fields are refused."""
        if value is None:
            return [] if self.nullable else [": null"]
        if problem := self._shape(value):
            return [f": {problem}"]
        found = [f": {message}" for message, holds in self._cel if not holds(value)]
        if isinstance(value, dict):
            found += self._object(value)
        elif isinstance(value, list):
            found += self._array(value)
        return found

    def _shape(self, value: Any) -> str:
        if self.schema.get("x-kubernetes-int-or-string"):
            if not (_TYPES["integer"](value) or _TYPES["string"](value)):
                return "neither a whole number nor text"
        elif not _TYPES[self.schema["type"]](value):
            return f"not of type {self.schema['type']}"
        if "enum" in self.schema and value not in self.schema["enum"]:
            return "not of the enumeration"
        if isinstance(value, str):
            return self._text(value)
        return self._number(value) if isinstance(value, int | float) else ""

    def _text(self, value: str) -> str:
        schema = self.schema
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            return "of a length that is refused"
        if "pattern" in schema and not re.search(schema["pattern"].replace("$", r"\Z"), value):
            return "not of the pattern"
        if schema.get("format") == "date-time" and not _DATE_TIME.fullmatch(value):
            return "not a date and time"
        return ""

    def _number(self, value: float) -> str:
        if value < self.schema.get("minimum", value):
            return "below the minimum"
        bits = _BITS.get(self.schema.get("format", ""))
        if bits and not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
            return f"not of {bits} bits"
        return ""

    def _object(self, value: dict[str, Any]) -> Iterator[str]:
        yield from (f".{name}: required" for name in self.schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            below = self.below(name)
            if below is not None:
                for said in below.errors(inner):
                    yield f".{name}{said}"
            elif not self.open:
                yield f".{name}: unknown"

    def _array(self, value: list[Any]) -> Iterator[str]:
        if len(value) < self.schema.get("minItems", 0):
            yield ": too few items"
        if self.items:
            for index, item in enumerate(value):
                for said in self.items.errors(item):
                    yield f"[{index}]{said}"
        kind = self.schema.get("x-kubernetes-list-type")
        if kind == "map":
            yield from _twice([[item.get(key) for key in self._keys] for item in value if isinstance(item, dict)])
        elif kind == "set":
            yield from _twice(value)


def _twice(keys: list[Any]) -> Iterator[str]:
    seen: list[Any] = []
    for index, key in enumerate(keys):
        if key in seen:
            yield f"[{index}]: twice"
        seen.append(key)
