"""Values of a manifest that are only known at deploy time."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from rayform.spec.model import is_wire

from .manifest import Manifest

__all__ = ["Place", "filled", "wires"]

Place = tuple[str | int, ...]
"""Where a value stands."""


def wires(part: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value that is a Pulumi output, with its place."""
    if _is_mapping(part):
        for key, value in part.items():
            yield from wires(value, (*place, key))
    elif _is_list(part):
        for index, value in enumerate(part):
            yield from wires(value, (*place, index))
    elif is_wire(part):
        yield place, part


def filled(manifest: Manifest, values: Mapping[Place, Any]) -> Manifest:
    """The manifest with other values in these places; where nothing changes, the parts are shared."""
    changed: Manifest = manifest
    for place, value in values.items():
        changed = _with(changed, place, value)
    return changed


def _with(part: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    first, *rest = place
    copy: Any = part.copy()
    copy[first] = _with(part[first], tuple(rest), value)
    return copy


def _is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
