"""The provider's own configuration: what it means, what of it is not possible here, when it is another cluster."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...wire import UNKNOWN
from ..provider.difference import differences
from ..provider.secrecy import plain
from .connect import active_cluster

_LEADS_TO_THE_CLUSTER = ("kubeconfig", "context", "cluster")


@dataclass(frozen=True)
class Settings:
    """How one provider reaches its cluster, and how it treats objects."""

    kubeconfig: str = ""
    """Its text or a path; empty for the ambient one."""
    context: str = ""
    """A context of the kubeconfig; empty for its current one."""
    cluster: str = ""
    """A cluster of the kubeconfig; empty for the context's."""
    namespace: str = ""
    """Where objects go that name no namespace; empty for the context's."""
    upsert_existing_objects: bool = False
    """Whether creating an object that exists takes it over."""
    enable_patch_force: bool = False
    """Whether conflicts with other managers are always won."""
    delete_unreachable: bool = False
    """Whether objects of a cluster that does not answer count as deleted."""
    skip_update_unreachable: bool = False
    """Whether objects of a cluster that does not answer are left as they are known."""
    mutable: frozenset[str] = frozenset()
    """Of ConfigMap and Secret, those whose data is updated in place."""


def settings(properties: Mapping[str, Any]) -> Settings:
    """The settings among the provider's inputs; flags that are not given come from the environment, as upstream."""
    given = plain(properties)

    def flag(name: str, variable: str) -> bool:
        value = given.get(name, os.environ.get(f"PULUMI_K8S_{variable}"))
        return str(value).lower() == "true"

    mutable = {"ConfigMap": flag("enableConfigMapMutable", "ENABLE_CONFIGMAP_MUTABLE")}
    mutable["Secret"] = flag("enableSecretMutable", "ENABLE_SECRET_MUTABLE")
    return Settings(
        **{key: str(given.get(key) or "") for key in (*_LEADS_TO_THE_CLUSTER, "namespace")},
        upsert_existing_objects=flag("upsertExistingObjects", "UPSERT_EXISTING_OBJECTS"),
        enable_patch_force=flag("enablePatchForce", "ENABLE_PATCH_FORCE"),
        delete_unreachable=flag("deleteUnreachable", "DELETE_UNREACHABLE"),
        skip_update_unreachable=flag("skipUpdateUnreachable", "SKIP_UPDATE_UNREACHABLE"),
        mutable=frozenset(kind for kind, is_mutable in mutable.items() if is_mutable),
    )


def refused(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Options that the lab's provider does not have, each with what to do."""
    given = plain(properties)
    remedy = "the lab's provider cannot do that; leave it out, or install the official plugin"
    if given.get("renderYamlToDirectory"):
        yield "renderYamlToDirectory", f"rendering to files asked; {remedy}"
    if str(given.get("enableServerSideApply", "true")).lower() == "false":
        yield "enableServerSideApply", f"client-side apply asked; {remedy}"


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The options that differ, and those of them that make it another cluster, whose objects are all other objects.

    A cluster is another one when its ``clusterIdentifier`` changes; as long as that stays, nothing is. Without one it
    is another one when the kubeconfig leads to another server, or when that cannot be known yet.
    """
    before, after = plain(old), plain(new)
    changed = sorted({str(each.steps[0]) for each in differences(before, after)})
    identifiers = before.get("clusterIdentifier"), after.get("clusterIdentifier")
    if all(identifiers):
        return changed, [key for key in changed if key == "clusterIdentifier"]
    if unknown := [key for key in _LEADS_TO_THE_CLUSTER if after.get(key) is UNKNOWN]:
        return changed, unknown
    clusters = [active_cluster(*(each.get(key) for key in _LEADS_TO_THE_CLUSTER)) for each in (before, after)]
    moved = clusters[0] != clusters[1] and None not in clusters
    return changed, [key for key in changed if key in _LEADS_TO_THE_CLUSTER and moved]
