"""The ground of a stack as components: declared in the order in which it is made, and unmade in the reverse."""

from dataclasses import dataclass

from rayform import infra
from rayform.components import Pool

from .ground import GroundSettings

__all__ = ["Standing", "stand"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What workloads stand on."""

    cluster: infra.Cluster
    """The cluster."""
    pools: tuple[Pool, ...] = ()
    """The pools that groups may ask for."""


def stand(stack: str, ground: GroundSettings) -> Standing:
    """Declares the ground: network, cluster, pools, what tells Kubernetes of GPUs, identities."""
    # Each is loaded when it is named: a stack on a cluster that is there pays for none of it.
    network = infra.Network(stack, ground.network)
    cluster = infra.EksCluster(stack, ground.cluster, network=network)
    gpu_pools = [infra.GpuNodePool(name, spec, cluster=cluster) for name, spec in ground.gpu_pools.items()]
    pools: list[Pool] = [cluster.system_pool]
    pools += [infra.NodePool(name, spec, cluster=cluster) for name, spec in ground.node_pools.items()]
    pools += gpu_pools
    pools += [infra.AutoModePool(name, spec, cluster=cluster) for name, spec in ground.auto_pools.items()]
    if gpu_pools:
        infra.GpuSupport(stack, ground.gpu_support, cluster=cluster, pools=gpu_pools)
    for name, spec in ground.identities.items():
        infra.WorkloadIdentity(name, spec, cluster=cluster)
    return Standing(cluster, tuple(pools))
