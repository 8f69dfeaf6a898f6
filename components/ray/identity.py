"""What every Ray kind carries besides its own fields: its name, its labels, and how long to wait for it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Self

from pydantic import Field
from rayform.spec.model import Listed, PositiveCount, Spec, Wire
from rayform.spec.names import Label, LabelKey, LabelValue
from rayform.spec.refusal import UnfitError

__all__ = ["ACCEPTS", "Identity", "no_object"]

ACCEPTS = "rayform/accepts"
"""The annotation that names the rules an object knowingly breaks, joined by commas."""


class Identity(Spec):
    """The metadata of an object, and how rayform treats it."""

    name: str | None = None
    """The name in Kubernetes; None is the name of the Pulumi resource."""
    namespace: Wire[Label] | None = None
    """The namespace, which must exist; None is the provider's default."""
    object_labels: Mapping[LabelKey, Wire[LabelValue]] = Field(default_factory=dict)
    """Labels of the object itself, such as a queue of Kueue."""
    object_annotations: Mapping[LabelKey, Wire[str]] = Field(default_factory=dict)
    """Annotations of the object itself."""
    accepts: Listed[str] = ()
    """Rules that are knowingly broken, by id, such as ``ray-vulnerable``; only those that allow it."""
    timeout_seconds: PositiveCount | None = None
    """How long an update waits for it; None is what fits the kind."""

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """The spec that is written as this object again: nothing is lost, and no default of rayform's is added.

        What the cluster itself wrote is left out: status, and metadata such as ``uid`` and ``managedFields``.

        Raises:
            RefusedError: with every place that a spec cannot say.
        """
        # Reading needs what is written, and both need this: it is loaded when it is used.
        found: Self = import_module(".reading", __package__).whole(cls.__name__.removesuffix("Spec"), manifest)
        return found


def no_object(field: str, nested: Identity, what: str, owner: str) -> None:
    """Refuses a name, a namespace and the like of what lies within another object.

    Raises:
        UnfitError: one is given.
    """
    if given := Identity.model_fields.keys() & nested.model_fields_set:
        path = f"{field}.{min(given)}"
        raise UnfitError("asked", f"{what} is no object of its own", f"set it on {owner}", path)
