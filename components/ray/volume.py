"""Volumes of a pod and where its containers mount them."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from rayform.spec.model import Count, Flag, Listed, Spec, Wire
from rayform.spec.names import Label, Subdomain
from rayform.spec.quantity import Quantity
from rayform.spec.refusal import UnfitError

__all__ = [
    "Claim",
    "ClaimTemplate",
    "ConfigMapFiles",
    "EmptyDir",
    "Fragment",
    "SecretFiles",
    "Volume",
    "VolumeMount",
]

Fragment: TypeAlias = Mapping[str, Any]
"""Part of a Kubernetes object in Kubernetes' own form and spelling."""

AccessMode: TypeAlias = Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]


MountPath: TypeAlias = Annotated[str, Field(min_length=1)]
"""Where a container sees a volume."""


class EmptyDir(Spec):
    """Space that lives as long as the pod."""

    medium: Literal["Memory"] | None = None
    """Memory makes it a tmpfs, whose content counts as memory of the containers; None is the node's disk."""
    size_limit: Quantity | None = None
    """The most it may hold; None is no limit but the node's."""


class Claim(Spec):
    """A PersistentVolumeClaim that exists."""

    claim_name: Wire[Subdomain]
    """Its name, in the namespace of the pods."""
    read_only: Flag | None = None
    """Whether it is mounted read-only; None means no."""


class ClaimTemplate(Spec):
    """A PersistentVolumeClaim made for each pod and deleted with it."""

    size: Quantity
    """How much storage to ask for."""
    storage_class_name: Wire[str] | None = None
    """The storage class; None is the cluster's default."""
    access_modes: Listed[AccessMode] = ("ReadWriteOnce",)
    """How it may be mounted."""


class ConfigMapFiles(Spec):
    """The keys of a ConfigMap as files."""

    name: Wire[Subdomain]
    """The name of the ConfigMap."""
    items: Mapping[str, str] = Field(default_factory=dict)
    """The file for each key; empty means every key under its own name."""
    default_mode: Count | None = None
    """The permission bits of the files; None is 0644."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class SecretFiles(Spec):
    """The keys of a Secret as files."""

    secret_name: Wire[Subdomain]
    """The name of the Secret."""
    items: Mapping[str, str] = Field(default_factory=dict)
    """The file for each key; empty means every key under its own name."""
    default_mode: Count | None = None
    """The permission bits of the files; None is 0644."""
    optional: Flag | None = None
    """Whether the pod starts without it; None means no."""


class Volume(Spec):
    """A volume of the pod; give exactly one of the sources."""

    name: Label
    """What the mounts call it."""
    empty_dir: EmptyDir | None = None
    """Space that lives as long as the pod."""
    persistent_volume_claim: Claim | None = None
    """A claim that exists."""
    ephemeral: ClaimTemplate | None = None
    """A claim made for each pod."""
    config_map: ConfigMapFiles | None = None
    """Files from a ConfigMap."""
    secret: SecretFiles | None = None
    """Files from a Secret."""
    source: Fragment | None = None
    """Any other source in Kubernetes' own form, such as ``{"csi": {...}}``."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = (
            self.empty_dir,
            self.persistent_volume_claim,
            self.ephemeral,
            self.config_map,
            self.secret,
            self.source,
        )
        given = len(sources) - sources.count(None)
        if given != 1:
            raise UnfitError(f"{given} sources asked", "a volume has one", "give exactly one of them")
        return self


class VolumeMount(Spec):
    """Where a container sees a volume."""

    name: Label
    """The volume."""
    mount_path: MountPath
    """The directory in the container."""
    sub_path: str | None = None
    """The path within the volume; None is its root."""
    read_only: Flag | None = None
    """Whether the container may only read; None means no."""
