"""What a spec does not take, in our own words: what stands there, and what may."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import ErrorDetails

from ...documents import is_mapping, is_sequence
from .same import Place

__all__ = ["Invalid", "invalid"]

_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
_REMEDY = "mend it, or leave it out and add it by hand"
_WANTED = {
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "extra_forbidden": "nothing that a description says",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "string_type": "a text",
    "tuple_type": "a list",
}
"""What a spec takes instead, by the class of the error."""
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
}
"""The same, where the error knows more of it."""


class Invalid(NamedTuple):
    """What is wrong with a value."""

    asked: str
    """What stands there; a text may be a secret, and is not shown."""
    possible: str
    """What may stand there."""
    remedy: str
    """What to do."""


def invalid(problem: ErrorDetails, place: Place, manifest: Mapping[str, Any]) -> Invalid:
    """What is wrong at a place of an object."""
    value = _at(place, manifest)
    asked = f"{value} asked" if type(value) in (int, float) else f"{_kind(value)} asked"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return Invalid(f"no {problem['loc'][-1]} asked", "it has to be there", _REMEDY)
    if kind == "value_error":
        # The validators of specs end in what to do.
        said, _, remedy = str(context["error"]).partition("; ")
        return Invalid(asked, said, remedy or _REMEDY)
    if kind in _BOUNDS:
        return Invalid(asked, f"it is {_BOUNDS[kind].format(**context)}", _REMEDY)
    return Invalid(asked, f"it is {_WANTED[kind]}" if kind in _WANTED else _lower(problem["msg"]), _REMEDY)


def _at(place: Place, manifest: Mapping[str, Any]) -> Any:
    value: Any = manifest
    for step in place:
        value = value[step]
    return value


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    return (
        "a mapping"
        if is_mapping(value)
        else "a list"
        if is_sequence(value)
        else _KINDS.get(value.__class__, "something else")
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
