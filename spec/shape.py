"""What has the wrong shape in a description, in words: where, what was asked, what is possible, what to do.

Pydantic knows what is wrong; its own words show neither names as their author wrote them nor what was probably meant.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeGuard, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .model import Spec, is_wire
from .refusal import Refusal, RefusedError, UnfitError

__all__ = ["Place", "Problem", "problems", "refused"]

Place = tuple[str | int, ...]
"""The steps to a part of what was given: fields, keys and numbers of items."""

_WANTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "finite_number": "a number",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "mapping_type": "a mapping",
    "string_type": "a text",
    "tuple_type": "a list",
}
"""What a field takes, by the class of the error."""
_KNOWN = {
    "date_from_datetime_parsing": ("it is a date", "write it as 2026-12-31"),
    "greater_than": ("it is more than {gt}", "raise it"),
    "greater_than_equal": ("it is {ge} or more", "raise it"),
    "less_than": ("it is less than {lt}", "lower it"),
    "less_than_equal": ("it is {le} or less", "lower it"),
    "model_type": ("it is a {class_name}", "write its fields"),
    "string_pattern_mismatch": ("it follows {pattern}", "write it so"),
    "string_too_short": ("it has {min_length} characters or more", "write more"),
}
"""What is possible and what to do, where the error knows what of."""
_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    type(None): "nothing",
}
_PLAIN = {"true or false", "a number", "a whole number"}
_HARMLESS = {"literal_error", "greater_than", "greater_than_equal", "less_than", "less_than_equal"}
_LONGEST = 40


class Problem(NamedTuple):
    """One thing that is wrong."""

    place: Place
    """Where; for a field that is missing, where it should be."""
    refusal: Refusal
    """What is wrong, in words, without a path."""
    of_field: bool
    """Whether the place is a field, or should be one."""
    forks: tuple[tuple[Place, str | int], ...]
    """The places on the way where several things may stand, and which of them this is said of."""


def refused(error: ValidationError, spec: type[Spec], given: object) -> RefusedError:
    """All that is wrong with what was given for a spec, by the paths of its author."""
    name = _inside(given, "name")
    subject = f"{spec.__name__} {name}" if isinstance(name, str) and name else spec.__name__
    return RefusedError(subject, [_told(each, spec, given) for each in problems(error, spec, given)])


def problems(error: ValidationError, spec: type[Spec], given: object) -> list[Problem]:
    """Each thing that is wrong, once: where a field may be several things, of what was probably meant."""
    found = [_problem(each, spec, given) for each in error.errors(include_url=False, include_input=False)]
    return list(_meant(found))


def _problem(each: ErrorDetails, spec: type[Spec], given: object) -> Problem:
    place: Place = ()
    forks: list[tuple[Place, str | int]] = []
    missing = each["type"] == "missing"
    here = given
    for step in each["loc"][: -1 if missing else None]:
        if _holds(here, step):
            place, here = (*place, step), _inside(here, step)
        elif step != "[key]":
            forks.append((place, step))
    if missing:
        place, here = (*place, each["loc"][-1]), None
    refusal = _refusal(each, here, place, spec)
    beyond = tuple(refusal.path.split(".")) if refusal.path else ()
    of_field = missing or each["type"] == "extra_forbidden" or bool(beyond)
    return Problem((*place, *beyond), replace(refusal, path=""), of_field, tuple(forks))


def _meant(found: Iterable[Problem], depth: int = 0) -> Iterator[Problem]:
    branches: dict[Place, dict[str | int, list[Problem]]] = {}
    for each in found:
        if len(each.forks) == depth:
            yield each
        else:
            fork, branch = each.forks[depth]
            branches.setdefault(fork, {}).setdefault(branch, []).append(each)
    for fork, several in branches.items():
        yield from _best(fork, [list(_meant(branch, depth + 1)) for branch in several.values()])


def _best(fork: Place, branches: list[list[Problem]]) -> Iterable[Problem]:
    """What is wrong with the one that fits best; where none has the form, all that there may be."""
    formed = [branch for branch in branches if any(each.place != fork for each in branch)]
    if formed or len(branches) == 1:
        return min(formed or branches, key=len)
    firsts = [branch[0] for branch in branches]
    *others, last = dict.fromkeys(each.refusal.possible.removeprefix("it is ") for each in firsts)
    possible = f"it is {', '.join(others)} or {last}" if others else f"it is {last}"
    said = replace(firsts[0].refusal, possible=possible, remedy="write one of these")
    return [firsts[0]._replace(refusal=said)]


def _refusal(each: ErrorDetails, value: object, place: Place, spec: type[Spec]) -> Refusal:
    kind, context = each["type"], each.get("ctx", {})
    if is_wire(value) and kind != "extra_forbidden":
        return Refusal("", f"{_kind(value)} asked", "it has to be known when the program runs", "give the plain value")
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1]), sorted(_fields(place[:-1], spec)), n=3)
        remedy = f"did you mean {' or '.join(near)}?" if near else "take it out"
        return Refusal("", "asked", "there is no such field", remedy)
    if kind in ("missing", "union_tag_not_found"):
        field = context["discriminator"].strip("'") if context else ""
        return Refusal(field, f"no {field or place[-1]} asked", "there is no default", "give one")
    if kind == "union_tag_invalid":
        field, tags = context["discriminator"].strip("'"), context["expected_tags"]
        return Refusal(field, f"{context['tag']!r} asked", f"it is {tags}", _near(context["tag"], tags))
    if kind == "value_error":
        return _own(context["error"], f"{_kind(value)} asked")
    return Refusal("", f"{_asked(kind, value)} asked", *_possible(each, value))


def _asked(kind: str, value: object) -> str:
    # What takes words or numbers holds no secret; any other value may be one.
    return _shown(value) if kind in _HARMLESS or _WANTED.get(kind) in _PLAIN else _kind(value)


def _possible(each: ErrorDetails, value: object) -> tuple[str, str]:
    """What is possible, and what to do."""
    kind, context = each["type"], each.get("ctx", {})
    if kind == "literal_error":
        return f"it is {context['expected']}", _near(value, context["expected"])
    if kind in _KNOWN:
        possible, remedy = _KNOWN[kind]
        return possible.format(**context), remedy
    wanted = _WANTED.get(kind)
    if wanted is None:
        return each["msg"][:1].lower() + each["msg"][1:], "mend it"
    return f"it is {wanted}", _quoted(wanted, value) or f"write {wanted}"


def _quoted(wanted: str, value: object) -> str:
    if wanted == "a text":
        return "quote it" if isinstance(value, int | float) else ""
    return "remove the quotes" if wanted in _PLAIN and isinstance(value, str) and value.isdecimal() else ""


def _own(error: Exception, asked: str) -> Refusal:
    """What a validator of a spec says."""
    if isinstance(error, UnfitError):
        return error.refusal
    said, _, remedy = str(error).partition("; ")
    return Refusal("", asked, said, remedy or "mend it")


def _near(value: object, expected: str) -> str:
    """The word that was probably meant, of those that pydantic lists."""
    words = {word.lower(): word for word in expected.split("'")[1::2]}
    near = difflib.get_close_matches(str(value).lower(), words, n=1)
    return f"did you mean {words[near[0]]!r}?" if near else f"choose {'one of these' if len(words) > 1 else 'it'}"


def _told(problem: Problem, spec: type[Spec], given: object) -> Refusal:
    """The refusal with the path that its author would write: items by their names."""
    path, here = "", given
    for index, step in enumerate(problem.place):
        here = _inside(here, step)
        name = _inside(here, "name") if isinstance(step, int) else None
        is_last = index == len(problem.place) - 1
        is_field = step in _fields(problem.place[:index], spec) or (is_last and problem.of_field)
        path += f".{step}" if is_field else f"[{name if isinstance(name, str) and name else step}]"
    return replace(problem.refusal, path=path.removeprefix("."))


def _fields(place: Place, spec: type[Spec]) -> set[str]:
    """The fields that there may be at a place."""
    return {name for each in _specs(place, spec) for name in each.model_fields}


def _specs(steps: Iterable[str | int], spec: type[Spec]) -> set[type[Spec]]:
    """The specs that may stand at a place: a step that is no field of theirs is a key or the number of an item."""
    found: set[type[Spec]] = {spec}
    for step in steps:
        fields = [each.model_fields[str(step)] for each in found if step in each.model_fields]
        found = {inner for field in fields for inner in _within(field.annotation)} or found
    return found


def _within(annotation: Any) -> Iterator[type[Spec]]:
    """The specs within an annotation: of what it may be, or hold."""
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str | int | float) else _kind(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _kind(value: object) -> str:
    kind = value.__class__
    if _is_mapping(value):
        return "a mapping"
    if _is_listed(value):
        return "a list"
    name = kind.__name__
    return _KINDS.get(kind) or f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _holds(here: object, step: str | int) -> bool:
    if _is_mapping(here):
        return step in here
    return _is_listed(here) and isinstance(step, int) and step < len(here)


def _inside(here: object, step: str | int) -> object:
    """What is there at a step; None where there is nothing."""
    if _is_mapping(here):
        return here.get(step)
    return here[step] if _is_listed(here) and isinstance(step, int) and step < len(here) else None


def _is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _is_listed(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)
