"""GPUs and EFA, told to Kubernetes."""

from collections.abc import Sequence

import pulumi
import pulumi_kubernetes as k8s

from ..cluster import Cluster
from ..gpu_support import NAMESPACE, GpuSupportSpec, daemon_sets, plugin_configs
from .pool import GpuNodePool

__all__ = ["GpuSupport"]


class GpuSupport(pulumi.ComponentResource):
    """Device plugins and metrics of GPU pools, as plain objects of Kubernetes, only where the image brings none.

    Args:
        name: Name in this program.
        spec: The images; None takes the ones that rayform is tested with.
        cluster: The cluster of the pools.
        pools: The pools; each has one device plugin at most.
        opts: Resource options of the component.
    """

    def __init__(
        self,
        name: str,
        spec: GpuSupportSpec | None = None,
        *,
        cluster: Cluster,
        pools: Sequence[GpuNodePool],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("rayform:infra:GpuSupport", name, {}, opts)
        by_name = {pool.name: pool.spec for pool in pools}
        child = pulumi.ResourceOptions(parent=self, provider=cluster.provider)
        configs = [
            k8s.core.v1.ConfigMap(
                f"{name}-{config}",
                metadata={"name": config, "namespace": NAMESPACE},
                data={"config.yaml": text},
                opts=child,
            )
            for config, text in plugin_configs(by_name).items()
        ]
        # A pool of no nodes has no pods of these, and nothing to wait for.
        calm = {"pulumi.com/skipAwait": "true"}
        after = pulumi.ResourceOptions(parent=self, provider=cluster.provider, depends_on=configs)
        for daemon, described in daemon_sets(spec or GpuSupportSpec(), by_name).items():
            k8s.apps.v1.DaemonSet(
                f"{name}-{daemon}",
                metadata={"name": daemon, "namespace": NAMESPACE, "annotations": calm},
                spec=described,
                opts=after,
            )
        self.register_outputs({})
