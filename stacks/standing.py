"""The ground of a stack as components: declared in the order in which it is made, and unmade in the reverse."""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
from rayform import infra
from rayform.components import Pool

from .ground import GroundSettings

__all__ = ["Standing", "locked", "stand"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What workloads stand on."""

    cluster: infra.Cluster
    """The cluster."""
    pools: tuple[Pool, ...] = ()
    """The pools that groups may ask for."""
    parts: tuple[pulumi.Resource, ...] = ()
    """All that the stack made of it."""
    protected: bool = False
    """Whether the cluster is kept from deletion."""


def stand(stack: str, ground: GroundSettings) -> Standing:
    """Declares the ground: network, cluster, pools, what tells Kubernetes of GPUs, identities."""
    # Each is loaded when it is named: a stack on a cluster that is there pays for none of it.
    network = infra.Network(stack, ground.network)
    cluster = infra.EksCluster(stack, ground.cluster, network=network)
    gpu_pools = [infra.GpuNodePool(name, spec, cluster=cluster) for name, spec in ground.gpu_pools.items()]
    own = [infra.NodePool(name, spec, cluster=cluster) for name, spec in ground.node_pools.items()]
    auto = [infra.AutoModePool(name, spec, cluster=cluster) for name, spec in ground.auto_pools.items()]
    support = [infra.GpuSupport(stack, ground.gpu_support, cluster=cluster, pools=gpu_pools)] if gpu_pools else []
    roles = [infra.WorkloadIdentity(name, spec, cluster=cluster) for name, spec in ground.identities.items()]
    parts = (network, cluster, *own, *gpu_pools, *auto, *support, *roles)
    pools: tuple[Pool, ...] = (cluster.system_pool, *own, *gpu_pools, *auto)
    return Standing(cluster, pools, parts, protected=ground.cluster.deletion_protection)


def locked(stack: str, standing: Standing, on_it: Iterable[object]) -> None:
    """Keeps a destroy from the ground and from all that is on it, where the cluster is to be kept."""
    if standing.parts:
        over = (*standing.parts, *(each for each in on_it if isinstance(each, pulumi.Resource)))
        infra.DestroyLock(f"{stack}-lock", over, locked=standing.protected)
