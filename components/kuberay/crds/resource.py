"""KubeRay's CRDs as one resource."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
import pulumi.dynamic

from ...versions import kuberay
from .provider import CrdsProvider
from .web import is_address

__all__ = ["KubeRayCrds"]


class KubeRayCrds(pulumi.dynamic.Resource, module="rayform", name="KubeRayCrds"):
    """The four CRDs of KubeRay in a cluster: applied on the server's side, upgraded in place, never deleted.

    One resource instead of four: as CustomResourceDefinitions they cost every preview half a minute. A downgrade is
    refused at preview, and so is a CRD without an API version in which objects are stored; a refresh sees whether
    somebody changed or deleted one. They stay when the resource is deleted.

    Args:
        name: Name of the resource.
        version: Version of KubeRay; one that rayform does not know is refused.
        source: A folder or an address that holds the files; None is the Go module of that version, else the upstream
            repository at the tag. The files must have the known checksums either way.
        kubeconfig: Text or path of a kubeconfig, kept as a secret; None is the ambient one. Exec plugins run where
            Pulumi runs.
        context: Context in the kubeconfig; None is its current one.
        opts: Resource options.
    """

    version: pulumi.Output[str]
    """The version of KubeRay."""
    applied: pulumi.Output[Mapping[str, str]]
    """The sha256 of each CRD's spec, by name, after it was applied."""
    live: pulumi.Output[Mapping[str, str]]
    """The same, when the cluster was last looked at."""

    def __init__(
        self,
        name: str,
        *,
        version: str,
        source: str | None = None,
        kubeconfig: pulumi.Input[str] | None = None,
        context: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        properties: dict[str, Any] = {
            "version": version,
            "sha256": dict(kuberay(version).crds),
            "source": source if source is None or is_address(source) else str(Path(source).expanduser().absolute()),
            "kubeconfig": None if kubeconfig is None else pulumi.Output.secret(kubeconfig),
            "context": context,
            "applied": None,
            "live": None,
        }
        own = pulumi.ResourceOptions(
            retain_on_delete=True,
            additional_secret_outputs=["kubeconfig"],
            # The version says it all.
            hide_diffs=["sha256", "source"],
        )
        super().__init__(CrdsProvider(), name, properties, pulumi.ResourceOptions.merge(own, opts))
