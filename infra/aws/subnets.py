"""Where in a network a pool's nodes go."""

from collections.abc import Iterator

import pulumi
from rayform.spec.refusal import Refusal

from ..addresses import pool_refusals
from ..offerings import offering_refusals
from ..places import away
from ..pools import PoolSpec, refusals
from ..pools.reservation_checks import beyond
from ..releases import release_refusals
from ..tags import joined_refusals
from .host import EksHost
from .offered import offered

__all__ = ["joining", "subnets_of"]


def joining(name: str, spec: PoolSpec, host: EksHost) -> Iterator[Refusal]:
    """Why the pool cannot join: zones and addresses that the network has not, kubelets that the cluster takes not."""
    there, offerings = host.network.zone_names, host.network.offerings
    yield from away(spec.zones, there)
    yield from release_refusals(spec, host.version)
    yield from joined_refusals(spec.tags, host.tags, "the cluster's")
    if refusals(name, spec):
        return
    yield from beyond(spec, there)
    if offerings != "ask":
        yield from offering_refusals(spec, there or (), offerings)
    plan = host.network.address_plan
    if plan is not None:
        zones = there or [f"zone {number}" for number in range(1, len(plan.zones) + 1)]
        yield from pool_refusals(plan, zones, [(name, spec)])


def subnets_of(subject: str, spec: PoolSpec, host: EksHost, opts: pulumi.InvokeOptions) -> list[pulumi.Input[str]]:
    """The subnets of the pool's zones, all of them where it names none; AWS is asked about them where it is to be."""
    subnets, zones = list(host.network.node_subnet_ids), host.network.zone_names
    if spec.zones and zones is not None:
        subnets = [subnet for zone, subnet in zip(zones, subnets, strict=True) if zone in spec.zones]
    told = offered(subject, spec, host, opts)
    if told is None:
        return subnets
    return [pulumi.Output.all(subnet, told).apply(lambda known: str(known[0])) for subnet in subnets]
