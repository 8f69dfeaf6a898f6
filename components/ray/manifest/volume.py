"""Volumes as Kubernetes writes them."""

from ..crd import named
from ..volume import ClaimTemplate, ConfigMapFiles, SecretFiles, Volume
from .fields import Manifest, fields

__all__ = ["SPILLED", "shared_memory", "spilled", "volume"]

SPILLED = "spilled"
"""The name of the volume that objects are spilled to."""
_SHARED_MEMORY = "shared-mem"
_PATH = "/dev/shm"
_SOURCES = named("empty_dir", "persistent_volume_claim")
_CLAIM = named("storage_class_name", "access_modes")


def volume(spec: Volume) -> Manifest:
    """A volume of a pod."""
    return {"name": spec.name, **_source(spec)}


def shared_memory(size: str) -> tuple[Manifest, Manifest]:
    """The volume of /dev/shm and its mount, under the name the operator would use."""
    source = {"medium": "Memory", "sizeLimit": size}
    return {"name": _SHARED_MEMORY, "emptyDir": source}, {"name": _SHARED_MEMORY, "mountPath": _PATH}


def spilled(path: str) -> tuple[Manifest, Manifest]:
    """A folder of the node's own disks, and its mount."""
    return {"name": SPILLED, "emptyDir": {}}, {"name": SPILLED, "mountPath": path}


def _source(spec: Volume) -> Manifest:
    if spec.source is not None:
        return dict(spec.source)
    for files, kind in ((spec.config_map, "configMap"), (spec.secret, "secret")):
        if files is not None:
            return {kind: _files(files)}
    if spec.ephemeral is not None:
        return {"ephemeral": {"volumeClaimTemplate": {"spec": _claim(spec.ephemeral)}}}
    return fields(spec, _SOURCES)


def _files(spec: ConfigMapFiles | SecretFiles) -> Manifest:
    items = [{"key": key, "path": path} for key, path in spec.items.items()]
    names = [name for name in type(spec).model_fields if name != "items"]
    return {**fields(spec, named(*names)), **({"items": items} if items else {})}


def _claim(spec: ClaimTemplate) -> Manifest:
    return {**fields(spec, _CLAIM), "resources": {"requests": {"storage": spec.size}}}
