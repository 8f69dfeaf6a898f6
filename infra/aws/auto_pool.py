"""Pools of nodes that EKS Auto Mode fills and empties."""

from collections.abc import Iterator, Sequence

import pulumi
import pulumi_kubernetes as k8s
from rayform.fit.placement import Placement
from rayform.spec.refusal import Refusal, require

from ..auto_mode import AUTO_CLASS_VERSION, NODE_POOL_VERSION, node_class, node_pool
from ..pools import AutoModePoolSpec, placement, refusals
from .host import EksHost, HostsAutoMode
from .subnets import joining, subnets_of

__all__ = ["AutoModePool"]


class AutoModePool(pulumi.ComponentResource):
    """A pool of nodes, with GPUs or without, that EKS Auto Mode launches when pods need them.

    Auto Mode brings drivers and device plugins of its own: such a pool needs no :class:`GpuSupport`.

    Args:
        name: Name of the pool.
        spec: What it is like; an impossible one is refused with every reason.
        cluster: The cluster it joins, with Auto Mode switched on.
        opts: Resource options of the component.

    Raises:
        RefusedError: The pool cannot be.
    """

    name: str
    """The name by which groups ask for the pool."""
    spec: AutoModePoolSpec
    """What it is like."""
    placement: Placement
    """The pool as pods see it."""
    ends: Sequence[pulumi.Resource]
    """What is there last of it; who waits for these waits for all that it needs."""

    def __init__(
        self, name: str, spec: AutoModePoolSpec, *, cluster: HostsAutoMode, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        host = cluster.host
        require(f"AutoModePool {name}", (*refusals(name, spec), *_refusals(name, spec, host)))
        super().__init__("rayform:infra:AutoModePool", name, {}, opts)
        self.name, self.spec, self.placement = name, spec, placement(name, spec, host.network.zone_names)
        described = node_class(
            name,
            spec,
            role=host.auto_role_name,
            subnet_ids=subnets_of(f"AutoModePool {name}", spec, host, pulumi.InvokeOptions(parent=self)),
            security_group_id=host.security_group_id,
            tags=host.tags,
        )
        here = pulumi.ResourceOptions(parent=self, provider=cluster.provider, depends_on=list(host.before_nodes))
        machines = k8s.apiextensions.CustomResource(
            f"{name}-class", api_version=AUTO_CLASS_VERSION, kind="NodeClass", **described, opts=here
        )
        after = pulumi.ResourceOptions(parent=self, provider=cluster.provider, depends_on=[machines])
        nodes = k8s.apiextensions.CustomResource(
            f"{name}-nodes", api_version=NODE_POOL_VERSION, kind="NodePool", **node_pool(name, spec), opts=after
        )
        self.ends = [nodes]
        self.register_outputs({})


def _refusals(name: str, spec: AutoModePoolSpec, host: EksHost) -> Iterator[Refusal]:
    if host.auto_role_name is None:
        yield Refusal("cluster", "one without Auto Mode asked", "nobody would launch nodes", "set auto_mode=True on it")
    yield from joining(name, spec, host)
