"""Specs as the Python expressions that make them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeGuard

from pydantic import ValidationError
from rayform.components import Submitter
from rayform.spec.model import Spec

from .layout import Code, Parts, quoted

__all__ = ["call", "expression", "said", "specs"]


def expression(value: object) -> Code:
    """What makes this value; what a spec says by itself is left out."""
    if isinstance(value, Spec):
        return call(type(value).__name__, said(value))
    if _is_mapping(value):
        pairs = [(f"{quoted(str(key))}: ", expression(inner)) for key, inner in value.items()]
        return Parts("{", pairs, "}") if pairs else "{}"
    if _is_listed(value):
        return Parts("[", [("", expression(item)) for item in value], "]") if value else "[]"
    return quoted(value) if isinstance(value, str) else repr(value).replace("e+", "e")


def call(name: str, words: Mapping[str, object]) -> Code:
    """A call with these arguments by name."""
    return Parts(f"{name}(", [(f"{word}=", expression(value)) for word, value in words.items()], ")")


def said(spec: Spec) -> dict[str, Any]:
    """The fields of a spec that it does not say by itself, those that must be given first."""
    silent, values = _silent(type(spec)), vars(spec)
    # A submitter that is asked for is written in every mode.
    asked = {name for name in spec.model_fields_set if isinstance(values[name], Submitter)}
    words = [name for name, value in values.items() if name not in silent or silent[name] != value or name in asked]
    return {name: values[name] for name in sorted(words, key=lambda name: name in silent)}


def specs(value: object) -> set[str]:
    """The names of all specs that the expression of a value uses."""
    if isinstance(value, Spec):
        return {type(value).__name__} | _specs(said(value).values())
    if _is_mapping(value):
        return _specs(value.values())
    return _specs(value) if _is_listed(value) else set()


def _specs(values: Iterable[object]) -> set[str]:
    return set[str]().union(*map(specs, values))


def _is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _is_listed(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


@cache
def _silent(spec: type[Spec]) -> Mapping[str, Any]:
    """What a spec says of each field that is not given."""
    try:
        return vars(spec.read({}))
    except ValidationError:
        fields = spec.model_fields.items()
        return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}
