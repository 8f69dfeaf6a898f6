"""Environment variables: plain values, and references to where the value lies."""

from collections.abc import Mapping
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator
from rayform.spec.model import Flag, Spec, Wire
from rayform.spec.names import EnvName
from rayform.spec.refusal import UnfitError

from .volume import Fragment

__all__ = ["ConfigMapKey", "EnvFrom", "EnvValue", "Environment", "PodField", "ResourceField", "SecretKey", "ValueFrom"]


class SecretKey(Spec):
    """A value that lies in a Secret."""

    secret: Wire[str]
    """The name of the Secret, in the namespace of the pods."""
    key: str
    """The key within it."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class ConfigMapKey(Spec):
    """A value that lies in a ConfigMap."""

    config_map: Wire[str]
    """The name of the ConfigMap, in the namespace of the pods."""
    key: str
    """The key within it."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class PodField(Spec):
    """A value that is a field of the pod itself."""

    field_path: str
    """The path of the field, such as ``status.podIP``."""


class ResourceField(Spec):
    """A value that is a resource amount of the container itself."""

    resource: str
    """The amount, such as ``limits.memory``."""


class ValueFrom(Spec):
    """A value that lies anywhere else."""

    reference: Fragment
    """Where, in Kubernetes' own form, such as ``{"fileKeyRef": {...}}``."""


EnvValue: TypeAlias = Annotated[
    # Most are plain texts, and the fewest are outputs.
    str | SecretKey | ConfigMapKey | PodField | ResourceField | ValueFrom | Wire[str],
    Field(union_mode="left_to_right"),
]
"""The value of an environment variable."""

Environment: TypeAlias = Mapping[EnvName, EnvValue]
"""Environment variables by name, in the order written."""


class EnvFrom(Spec):
    """All keys of a Secret or of a ConfigMap as environment variables; give exactly one of the two."""

    secret: Wire[str] | None = None
    """The name of the Secret."""
    config_map: Wire[str] | None = None
    """The name of the ConfigMap."""
    prefix: str | None = None
    """What is put before each name."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.secret is None) == (self.config_map is None):
            given = "both a Secret and a ConfigMap asked" if self.secret else "neither a Secret nor a ConfigMap asked"
            raise UnfitError(given, "variables come from one of the two", "give exactly one")
        return self
