"""What the cluster writes into an object, and its author does not."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...documents import is_mapping, is_sequence
from ..manifest.fields import Manifest
from .same import Place

__all__ = ["authored", "owned"]

_METADATA = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
    # A program declares one object, and names it.
    "generateName",
)
_ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
_FINALIZERS = "ray.io/"


def owned(manifest: Mapping[str, Any]) -> Iterator[Place]:
    """Every place of an object that the API server, the operator or kubectl has written."""
    if "status" in manifest:
        yield ("status",)
    metadata = manifest.get("metadata")
    if not is_mapping(metadata):
        return
    yield from (("metadata", name) for name in _METADATA if name in metadata)
    annotations, finalizers = metadata.get("annotations"), metadata.get("finalizers")
    if is_mapping(annotations) and _ANNOTATION in annotations:
        yield ("metadata", "annotations", _ANNOTATION)
    if is_sequence(finalizers) and all(str(each).startswith(_FINALIZERS) for each in finalizers):
        yield ("metadata", "finalizers")


def authored(manifest: Mapping[str, Any]) -> Manifest:
    """The object without all that."""
    left = dict(manifest)
    for place in owned(manifest):
        left = _without(left, place)
    return left


def _without(part: Manifest, place: Place) -> Manifest:
    first, *rest = place
    if not rest:
        return {name: value for name, value in part.items() if name != first}
    return {**part, str(first): _without(part[str(first)], tuple(rest))}
