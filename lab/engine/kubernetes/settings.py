"""The provider's own configuration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .secrecy import plain


@dataclass(frozen=True)
class Settings:
    """How one provider reaches its cluster, and how it treats objects."""

    kubeconfig: str | None = None
    """Its text or a path; None is the ambient one."""
    context: str | None = None
    """A context of the kubeconfig; None is its current one."""
    namespace: str | None = None
    """Where objects go that name no namespace; None is the context's."""
    upsert_existing_objects: bool = False
    """Whether creating an object that exists takes it over."""
    enable_patch_force: bool = False
    """Whether conflicts with other managers are always won."""
    delete_unreachable: bool = False
    """Whether objects of a cluster that does not answer count as deleted."""


def settings(properties: Mapping[str, Any]) -> Settings:
    """The settings among the provider's inputs; what the lab has no use for is left to the official provider."""
    given = plain(properties)
    return Settings(
        kubeconfig=given.get("kubeconfig") or None,
        context=given.get("context") or None,
        namespace=given.get("namespace") or None,
        upsert_existing_objects=_flag(given.get("upsertExistingObjects")),
        enable_patch_force=_flag(given.get("enablePatchForce")),
        delete_unreachable=_flag(given.get("deleteUnreachable")),
    )


def _flag(value: Any) -> bool:
    return str(value).lower() == "true"
