"""Environment variables: plain values, and references to where the value lies.

What a pod can be told of itself, after the Kubernetes documentation on the downward API.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from rayform.spec.model import Flag, Spec, Wire
from rayform.spec.names import EnvName, Subdomain, is_label_key
from rayform.spec.refusal import UnfitError

from .volume import Fragment

__all__ = [
    "AMOUNT_REMEDY",
    "FIELD_REMEDY",
    "ConfigMapKey",
    "EnvFrom",
    "EnvValue",
    "Environment",
    "PodField",
    "ResourceField",
    "SecretKey",
    "ValueFrom",
    "is_amount",
    "is_field",
]

_FIELDS = (
    *("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName"),
    *("status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"),
)
_KEYED = re.compile(r"metadata\.(labels|annotations)\['(.*)'\]", re.DOTALL)
_AMOUNT = re.compile(r"(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)")
FIELD_REMEDY = f"write one of {', '.join(_FIELDS)}, metadata.labels['KEY'], metadata.annotations['KEY']"
"""What to do about a field that no variable can be."""
AMOUNT_REMEDY = "write limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-2Mi: limits.memory"
"""What to do about an amount that no variable can be."""


def is_field(path: str) -> bool:
    """Whether a variable can be this field of its pod."""
    keyed = _KEYED.fullmatch(path)
    if keyed is None:
        return path in _FIELDS or path == "spec.host"  # the node's name of old
    labels, key = keyed[1] == "labels", keyed[2]
    return is_label_key(key if labels else key.lower())


def is_amount(resource: str) -> bool:
    """Whether a variable can be this amount of its container."""
    return _AMOUNT.fullmatch(resource) is not None


def _told(accepts: Callable[[str], bool], possible: str, remedy: str) -> AfterValidator:
    def check(text: str) -> str:
        if not accepts(text):
            raise UnfitError(f"{text!r} asked", possible, remedy)
        return text

    return AfterValidator(check)


class SecretKey(Spec):
    """A value that lies in a Secret."""

    secret: Wire[Subdomain]
    """The name of the Secret, in the namespace of the pods."""
    key: str
    """The key within it."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class ConfigMapKey(Spec):
    """A value that lies in a ConfigMap."""

    config_map: Wire[Subdomain]
    """The name of the ConfigMap, in the namespace of the pods."""
    key: str
    """The key within it."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class PodField(Spec):
    """A value that is a field of the pod itself."""

    field_path: Annotated[str, _told(is_field, "a pod can be told few of its own fields", FIELD_REMEDY)]
    """The path of the field, such as ``status.podIP``."""


class ResourceField(Spec):
    """A value that is a resource amount of the container itself."""

    resource: Annotated[str, _told(is_amount, "a container can be told few of its amounts", AMOUNT_REMEDY)]
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

    secret: Wire[Subdomain] | None = None
    """The name of the Secret."""
    config_map: Wire[Subdomain] | None = None
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
