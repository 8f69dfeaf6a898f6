"""Where in an object a field of its description stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...documents import is_mapping, is_sequence
from ..crd import IRREGULAR, crd_name
from .same import Place

__all__ = ["place_of"]

_METADATA = {"name": "name", "namespace": "namespace", "object_labels": "labels", "object_annotations": "annotations"}
_OTHER_NAMES = {**IRREGULAR, "name": "groupName"}


def place_of(fields: Sequence[str | int], manifest: Mapping[str, Any]) -> Place:
    """The place of a field, as far as the object has it."""
    first, *more = fields or ("",)
    root = ("metadata", _METADATA[first]) if isinstance(first, str) and first in _METADATA else ("spec",)
    place: Place = root
    here: Any = manifest
    for above in root:
        here = here.get(above) if is_mapping(here) else None
    for field in more if root[0] == "metadata" else fields:
        step = _step(field, here)
        if step is None:
            return place
        place, here = (*place, step), here[step]
    return place


def _step(field: str | int, here: Any) -> str | int | None:
    """The name of a field in the object; None where it has none, nor anything near it."""
    if isinstance(field, int):
        return None if _is_missing(here, field) else field
    names = (field, crd_name(field), _OTHER_NAMES.get(field, field))
    return next((name for name in names if not _is_missing(here, name)), None)


def _is_missing(here: Any, step: str | int) -> bool:
    if is_mapping(here):
        return step not in here
    return not (is_sequence(here) and isinstance(step, int) and step < len(here))
