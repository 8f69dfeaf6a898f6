"""Where in a network a pool's nodes go."""

from collections.abc import Iterator

import pulumi
from rayform.spec.refusal import Refusal

from ..addresses import pool_refusals
from ..pools import PoolSpec, refusals
from .host import EksHost

__all__ = ["subnets_of", "zone_refusals"]


def zone_refusals(name: str, spec: PoolSpec, host: EksHost) -> Iterator[Refusal]:
    """Zones that the network does not have, or does not know by name, and addresses that it does not have."""
    there = host.network.zone_names
    for index, zone in enumerate(spec.zones):
        if there is None:
            possible = "the network leaves the choice of zones to AWS"
            yield Refusal(f"zones[{index}]", f"{zone} asked", possible, "name the zones of the network")
        elif zone not in there:
            possible = f"the network is in {', '.join(there)}"
            yield Refusal(f"zones[{index}]", f"{zone} asked", possible, "choose one of these")
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
