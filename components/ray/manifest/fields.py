"""Fields of specs under the names that the CRDs and Kubernetes give them."""

from collections.abc import Callable, Mapping
from functools import cache, singledispatch
from typing import Any

from rayform.spec.model import Spec

from ..crd import Names, named

__all__ = ["Manifest", "fields", "given", "writer", "written"]

Manifest = dict[str, Any]
"""A Kubernetes object, or part of one, as it is sent."""

_NUMBERS = frozenset({bool, int, float})
_SCALARS = _NUMBERS | {str}


def given(entries: Mapping[str, Any]) -> Manifest:
    """The entries that say something: neither None nor an empty list, mapping or text."""
    return {key: value for key, value in entries.items() if value or value.__class__ in _NUMBERS}


def fields(spec: Spec, names: Names | None = None) -> Manifest:
    """These fields of a spec (None is all) as they stand in the CRD; what is not given is left out.

    An empty text is given: its author wrote it.
    """
    values = spec.__dict__
    found: Manifest = {}
    for name, key in (_all(spec.__class__) if names is None else names).items():
        value = values[name]
        if value is None:
            continue
        if value.__class__ in _SCALARS:
            found[key] = value
        elif value:
            found[key] = _plain(value)
    return found


@cache
def _all(kind: type[Spec]) -> Names:
    return named(*kind.model_fields)


@singledispatch
def written(spec: Spec) -> Manifest:
    """A spec within another one, as Kubernetes writes it: field by field, unless its kind is registered otherwise."""
    return fields(spec)


def _plain(value: Any) -> Any:
    """A value that is no scalar."""
    kind = value.__class__
    if kind is tuple or kind is list:
        return [item if item.__class__ in _SCALARS else _plain(item) for item in value]
    if kind is dict:
        return {key: item if item.__class__ in _SCALARS else _plain(item) for key, item in value.items()}
    write = writer(kind)
    return value if write is None else write(value)


@cache
def writer(kind: type[object]) -> Callable[[Any], Manifest] | None:
    """What writes the specs of a kind; None for anything else."""
    return written.dispatch(kind) if issubclass(kind, Spec) else None
