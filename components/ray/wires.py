"""Values of a manifest that are only known at deploy time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rayform.spec.model import is_wire

from .manifest import Manifest

__all__ = ["Place", "filled", "wires"]

Place = tuple[str | int, ...]
"""Where a value stands."""
_PLAIN = frozenset((str, int, bool, float, type(None)))


def wires(part: Any) -> list[tuple[Place, Any]]:
    """Every value that is a Pulumi output, with its place."""
    known: Any = part
    if isinstance(part, dict):
        return _within(known.items())
    if isinstance(part, list):
        values: Sequence[Any] = known
        return _within(enumerate(values))
    return [((), part)] if is_wire(part) else []


def _within(parts: Iterable[tuple[str | int, Any]]) -> list[tuple[Place, Any]]:
    found: list[tuple[Place, Any]] = []
    for step, value in parts:
        if value.__class__ not in _PLAIN and (inner := wires(value)):
            found += [((step, *place), wire) for place, wire in inner]
    return found


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
