"""From what the CRDs write to the fields of specs: the mirror of ``manifest.fields``."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from rayform.spec.model import Spec

from ...documents import is_mapping, is_sequence
from ..crd import crd_name
from ..manifest.fields import Manifest, written
from .same import same

__all__ = ["Words", "attempt", "built", "exact", "exactly", "part", "reads", "spec_within", "stated", "told"]

S = TypeVar("S", bound=Spec)
Words = dict[str, Any]
"""Fields of a spec by name, as they are to be given."""

_READERS: dict[type[Spec], Callable[[Manifest], Words]] = {}


def reads(spec: type[Spec]) -> Callable[[Callable[[Manifest], Words]], Callable[[Manifest], Words]]:
    """Mark what reads a spec whose form is its own: the mirror of ``written.register``."""

    def registered(reader: Callable[[Manifest], Words]) -> Callable[[Manifest], Words]:
        _READERS[spec] = reader
        return reader

    return registered


def stated(spec: type[Spec], given: Mapping[str, Any], *names: str) -> Words:
    """The named fields of a spec (all without names) as they are given.

    What is not given is said to be nothing, wherever the spec would say something by itself.
    """
    known = spec.model_fields
    keys = ((name, crd_name(name)) for name in names or known)
    return {
        name: _value(spec, name, given[key]) if key in given else _nothing(known[name])
        for name, key in keys
        if key in given or _says_something(known[name])
    }


def attempt(spec: type[S], words: Words) -> S | None:
    """The spec of these words; None where it cannot say one of them."""
    try:
        return spec.read(words)
    except ValidationError:
        return None


def built(spec: type[S], words: Words) -> S:
    """The spec of as many of these words as it can say; the others are left to the escape hatch around it."""
    try:
        return spec.read(words)
    except ValidationError as error:
        unsaid = {problem["loc"][0] for problem in error.errors()} & words.keys()
        if not unsaid:
            raise
        return built(spec, {name: value for name, value in words.items() if name not in unsaid})


def told(spec: Spec) -> Words:
    """The words a spec was built of."""
    return {name: vars(spec)[name] for name in sorted(spec.model_fields_set)}


def exact(spec: type[S], given: Any, key: str = "") -> S | None:
    """The spec that says this and nothing else, in the field ``key``; None where there is none."""
    if not is_mapping(given):
        return None
    said = attempt(spec, _READERS.get(spec, _plainly(spec))(given))
    return said if said is not None and same(written(said), given, key) else None


def exactly(spec: type[S], given: Any, key: str = "") -> Sequence[S] | None:
    """The specs that say each of these and nothing else; None where one of them cannot."""
    found = [exact(spec, item, key) for item in given] if is_sequence(given) else [None]
    said = [each for each in found if each is not None]
    return said if len(said) == len(found) else None


def part(whole: Any, name: str) -> Manifest:
    """A mapping within a value; empty where there is none."""
    inner = whole.get(name) if is_mapping(whole) else None
    return inner if is_mapping(inner) else {}


def _plainly(spec: type[Spec]) -> Callable[[Manifest], Words]:
    return lambda given: stated(spec, given)


def _value(spec: type[Spec], name: str, given: Any) -> Any:
    within = spec_within(spec, name)
    if within is None:
        return given
    read = _READERS.get(within, _plainly(within))
    if is_sequence(given):
        return [read(item) if is_mapping(item) else item for item in given]
    return read(given) if is_mapping(given) else given


@cache
def spec_within(spec: type[Spec], name: str) -> type[Spec] | None:
    """The one spec that a field holds, or holds several of."""
    return next((each for each in _parts(spec.model_fields[name].annotation) if _is_spec(each)), None)


def _parts(annotation: Any) -> list[Any]:
    return [annotation, *(part for argument in get_args(annotation) for part in _parts(argument))]


def _is_spec(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Spec)


def _says_something(field: FieldInfo) -> bool:
    """Whether a spec that leaves the field out still says something by it, and can be told not to."""
    if field.is_required() or field.get_default(call_default_factory=True) in (None, (), {}):
        return False
    return _may_be_none(field) or get_origin(field.annotation) is tuple


def _nothing(field: FieldInfo) -> Any:
    return None if _may_be_none(field) else ()


def _may_be_none(field: FieldInfo) -> bool:
    return NoneType in _parts(field.annotation)
