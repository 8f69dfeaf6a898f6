"""What makes an object itself: its type token, its name, its id in the engine's state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...wire import UNKNOWN
from ..provider.asked import unique
from .parts import Object, annotation, built_in, part, with_metadata

AUTONAMED = "pulumi.com/autonamed"
FIELD_MANAGER = "pulumi.com/patchFieldManager"
PREFIX = "pulumi-kubernetes"
"""How the names of this provider's field managers begin."""


class NamingError(Exception):
    """A resource that cannot be named as it was asked."""


@dataclass(frozen=True)
class Type:
    """A resource's type, from its token ``kubernetes:GROUP/VERSION:KIND``.

    Attributes:
        api_version: as in manifests; the core group's is ``v1``.
        name: the kind, with ``Patch`` or ``List`` behind it for those types of the SDKs.
    """

    api_version: str
    name: str

    @classmethod
    def of(cls, token: str) -> "Type":
        """The type that ``token`` names."""
        api_version, _, name = token.removeprefix("kubernetes:").rpartition(":")
        return cls(api_version.removeprefix("core/"), name)

    def is_patch(self, manifest: Mapping[str, Any]) -> bool:
        """Whether the resource only owns some fields of an object that somebody else made."""
        return self.name.endswith("Patch") and manifest.get("kind") != self.name

    @property
    def is_list(self) -> bool:
        """Whether it is one of the SDKs' types for lists of objects."""
        return self.name.endswith("List") and built_in(self.api_version)

    def manifest(self, properties: Mapping[str, Any]) -> Object:
        """The object that properties describe; apiVersion and kind are the type's where they have none."""
        return {"apiVersion": self.api_version, "kind": self.name.removesuffix("Patch"), **properties}


def named(manifest: Object, old: Mapping[str, Any], autoname: str, *, forbidden: bool) -> Object:
    """The object with a name: its own, else the one that was made for it before, else ``autoname``."""
    metadata = part(manifest, "metadata")
    if manifest.get("metadata") is UNKNOWN or metadata.get("name") is not None:
        return manifest
    if metadata.get("generateName") is not None:
        raise NamingError("metadata.generateName: not supported with server-side apply; give metadata.name, or neither")
    if not is_autonamed(old) and forbidden:
        raise NamingError("metadata.name: missing, and automatic naming is disabled; give one")
    name = part(old, "metadata")["name"] if is_autonamed(old) else autoname
    return with_metadata(manifest, name=name, annotations={**part(metadata, "annotations"), AUTONAMED: "true"})


def is_autonamed(manifest: Mapping[str, Any]) -> bool:
    """Whether the name was made here."""
    return annotation(manifest, AUTONAMED) == "true"


def field_manager(manifest: Mapping[str, Any], state: Mapping[str, Any]) -> str:
    """Who owns the fields: as annotated, else as before, else a new name."""
    return annotation(manifest, FIELD_MANAGER) or str(state.get("__fieldManager") or unique(PREFIX))


def resource_id(manifest: Mapping[str, Any]) -> str:
    """The id of an object in the engine's state: ``namespace/name``, or the name alone."""
    metadata = part(manifest, "metadata")
    return "/".join(filter(None, (metadata.get("namespace"), metadata["name"])))


def of_id(identifier: str) -> dict[str, str]:
    """The metadata that an id stands for."""
    namespace, _, name = identifier.rpartition("/")
    return {"namespace": namespace, "name": name} if namespace else {"name": name}
