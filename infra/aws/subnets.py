"""Where in a network a pool's nodes go."""

from collections.abc import Iterator

import pulumi
from rayform.spec.refusal import Refusal

from ..addresses import pool_refusals
from ..places import away
from ..pools import PoolSpec, refusals
from ..releases import release_refusals
from .host import EksHost

__all__ = ["joining", "subnets_of"]


def joining(name: str, spec: PoolSpec, host: EksHost) -> Iterator[Refusal]:
    """Why the pool cannot join: zones and addresses that the network has not, kubelets that the cluster takes not."""
    there = host.network.zone_names
    yield from away(spec.zones, there)
    yield from release_refusals(spec, host.version)
    plan = host.network.address_plan
    if plan is not None and not refusals(name, spec):
        zones = there or [f"zone {number}" for number in range(1, len(plan.zones) + 1)]
        yield from pool_refusals(plan, zones, [(name, spec)])


def subnets_of(spec: PoolSpec, host: EksHost) -> list[pulumi.Input[str]]:
    """The subnets of the pool's zones, all of them where it names none."""
    subnets, zones = host.network.node_subnet_ids, host.network.zone_names
    if not spec.zones or zones is None:
        return list(subnets)
    return [subnet for zone, subnet in zip(zones, subnets, strict=True) if zone in spec.zones]
