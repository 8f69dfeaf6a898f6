"""The Pulumi component of a Ray cluster."""

from collections.abc import Iterable
from typing import Any

import pulumi
from rayform.fit.placement import Pool

from ..order import Others, after
from .address import url
from .check import checked_cluster
from .cluster import RayClusterSpec
from .manifest import Manifest, annotated, cluster_awaits, cluster_fixed, cluster_others
from .preview import foretold
from .remembered import fixed
from .resource import RayResource, judged_when_known, warned
from .rules import InstalledOperator, Operator
from .timeout import cluster_seconds

__all__ = ["RayCluster"]


class RayCluster(pulumi.ComponentResource):
    """A Ray cluster on Kubernetes: up when its head is ready and the workers it wants are.

    ``operator`` is what runs it (its version and gates decide what is possible; it is waited for); None assumes one of
    the default version that is there already. ``pools`` are the node pools its groups may name. An edit of which the
    operator reports nothing, as preview says, is not worth a wait: ``pulumi.com/skipAwait: "true"`` among
    ``object_annotations`` ends it where a Kubernetes provider waits for ``status.observedGeneration`` in vain.

    Raises:
        RefusedError: with every reason why the spec cannot work, before anything is declared.
    """

    dashboard_url: pulumi.Output[str]
    """The dashboard and the job API, from within the Kubernetes cluster."""
    client_url: pulumi.Output[str]
    """What Ray Client connects to, from within the Kubernetes cluster."""
    head_service: pulumi.Output[str]
    """The name of the head's Service."""
    status: pulumi.Output[dict[str, Any]]
    """What the operator says of the cluster."""

    def __init__(
        self,
        name: str,
        spec: RayClusterSpec,
        *,
        operator: InstalledOperator | None = None,
        pools: Iterable[Pool] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        pools, met = tuple(pools), Operator.met(operator)
        subject = f"RayCluster {name}"
        checked = checked_cluster(name, spec, met, pools)
        plain = checked.manifest
        remembered = fixed(plain, cluster_fixed(plain))
        super().__init__("rayform:components:RayCluster", name, remembered, foretold(opts, met))
        warned(subject, checked.warnings, self)
        manifest = judged_when_known(subject, annotated(plain, cluster_awaits(plain)), met)
        own = self._options(plain, cluster_seconds(spec), after((operator, *pools), opts))
        cluster = RayResource(f"{name}-cluster", manifest, met, own)
        service = _head_service(plain)
        self.head_service = cluster.metadata.apply(lambda _: service)
        self.dashboard_url = cluster.metadata.apply(lambda metadata: url("http", service, metadata, 8265))
        self.client_url = cluster.metadata.apply(lambda metadata: url("ray", service, metadata, 10001))
        self.status = cluster.status
        self.register_outputs(
            {
                "dashboardUrl": self.dashboard_url,
                "clientUrl": self.client_url,
                "headService": self.head_service,
                "status": self.status,
            }
        )

    def _options(self, manifest: Manifest, seconds: int, others: Others) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=others,
            delete_before_replace=True,
            ignore_changes=cluster_others(manifest),
            replace_on_changes=cluster_fixed(manifest),
            custom_timeouts=pulumi.CustomTimeouts(create=f"{seconds}s", update=f"{seconds}s", delete="1200s"),
        )


def _head_service(manifest: dict[str, Any]) -> str:
    asked: dict[str, Any] = manifest["spec"]["headGroupSpec"].get("headService", {}).get("metadata", {})
    return asked.get("name") or f"{manifest['metadata']['name']}-head-svc"
