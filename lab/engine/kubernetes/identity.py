"""What makes an object itself: its type token, its name, and the fields that cannot change while it lives."""

import copy
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from .parts import part

AUTONAMED = "pulumi.com/autonamed"

_ALWAYS = ("kind", "metadata.name", "metadata.namespace")
_IMMUTABLE: Mapping[str, tuple[str, ...]] = {
    "ClusterRoleBinding": ("roleRef",),
    "ConfigMap": (),
    "Deployment": ("spec.selector",),
    "DaemonSet": ("spec.selector",),
    "Job": ("spec.completions", "spec.selector", "spec.template"),
    "PersistentVolumeClaim": (
        "spec.accessModes",
        "spec.selector",
        "spec.storageClassName",
        "spec.volumeMode",
        "spec.volumeName",
    ),
    "RoleBinding": ("roleRef",),
    "Secret": ("type",),
    "Service": ("spec.clusterIP",),
    "StatefulSet": ("spec.podManagementPolicy", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"),
    "StorageClass": ("parameters", "provisioner"),
}


def manifest_of(token: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The object that properties describe, with apiVersion and kind from the type token where it has none."""
    api_version, _, kind = token.removeprefix("kubernetes:").rpartition(":")
    defaults = {"apiVersion": api_version.removeprefix("core/"), "kind": kind}
    return {**defaults, **copy.deepcopy(dict(properties))}


def named(manifest: Mapping[str, Any], resource: str, old: Mapping[str, Any], seed: bytes) -> dict[str, Any]:
    """The object with a name: its own, the one it got before, or a new one after the resource.

    ``seed`` is the engine's, so that an update takes the name that its plan showed; without one the name is random.
    """
    metadata, before = part(manifest, "metadata"), part(old, "metadata")
    if not metadata.get("name") and not metadata.get("generateName"):
        autonamed = is_autonamed(old)
        metadata["name"] = before["name"] if autonamed else f"{resource}-{_suffix(seed)}"
        metadata["annotations"] = {**part(metadata, "annotations"), AUTONAMED: "true"}
    return {**manifest, "metadata": metadata}


def is_autonamed(manifest: Mapping[str, Any]) -> bool:
    """Whether the name was made here."""
    return part(manifest, "metadata", "annotations").get(AUTONAMED) == "true"


def replaced_by(kind: str, path: str) -> bool:
    """Whether a change of ``path`` makes another object."""
    fields = (*_ALWAYS, *_IMMUTABLE.get(kind, ()))
    return any(path == field or path.startswith((f"{field}.", f"{field}[")) for field in fields)


def resource_id(manifest: Mapping[str, Any], *, namespaced: bool) -> str:
    """The id of an object in the engine's state."""
    metadata = manifest["metadata"]
    return f"{metadata.get('namespace') or 'default'}/{metadata['name']}" if namespaced else str(metadata["name"])


def of_id(text: str) -> dict[str, str]:
    """The metadata that an id stands for."""
    namespace, slash, name = text.partition("/")
    return {"namespace": namespace, "name": name} if slash else {"name": namespace}


def _suffix(seed: bytes) -> str:
    return (hashlib.sha256(seed).hexdigest() if seed else secrets.token_hex(4))[:8]
