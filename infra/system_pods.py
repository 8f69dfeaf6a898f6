"""The pods of add-ons that are not on every node: whether the system nodes hold them."""

from collections.abc import Iterator
from typing import Final

from rayform.fit.demand import Demand
from rayform.fit.packing import TooLargeError, pack
from rayform.fit.resources import MIB, Resources
from rayform.spec.refusal import Refusal

from .pools import NodePoolSpec, node

__all__ = ["ADDON_PODS", "held_refusals", "kept_off", "system_warnings"]


def _pods(cpu_millis: int, memory_mib: int) -> Demand:
    return Demand(Resources(cpu_millis=cpu_millis, memory_bytes=memory_mib * MIB, pods=1), 2)


ADDON_PODS: Final = {
    "coredns": _pods(100, 70),
    "metrics-server": _pods(100, 200),
    "ebs-csi-controller": _pods(60, 240),
}
"""The Deployments of the add-ons that ``EksCluster`` installs: two pods each, with the requests of their manifests."""


def held_refusals(spec: NodePoolSpec) -> Iterator[Refusal]:
    """Why the fewest nodes of a system pool that nothing else refuses do not hold the add-ons' pods."""
    one = node(spec)
    names = ", ".join(ADDON_PODS)
    try:
        wanted = pack(list(ADDON_PODS.values()), one.allocatable).nodes
    except TooLargeError:
        possible = f"it has no room for the pods of {names}"
        yield Refusal("instance_types", f"{one.type_name} asked", possible, "choose a larger type")
        return
    if wanted > spec.min_nodes:
        possible = f"the pods of {names} take {wanted} nodes of {one.type_name}"
        yield Refusal("min_nodes", f"{spec.min_nodes} asked", possible, f"set {wanted}, or choose a larger type")


def kept_off(spec: NodePoolSpec) -> Iterator[Refusal]:
    """Taints that keep the add-ons' pods and operators off the system nodes."""
    for index, taint in enumerate(spec.taints):
        if taint.effect != "PreferNoSchedule":
            possible = f"the pods of {', '.join(ADDON_PODS)} and of operators do not tolerate it"
            remedy = "take it out; other pools keep what they run by their own selectors"
            yield Refusal(f"taints[{index}]", f"{taint.key} asked", possible, remedy)


def system_warnings(spec: NodePoolSpec, zones: int) -> Iterator[Refusal]:
    """System nodes that go together: bought as spot, or in one of the network's zones."""
    if spec.capacity == "spot":
        possible = "AWS takes spot nodes away with two minutes' notice, and with them DNS and the operators"
        yield Refusal("system_pool.capacity", "spot asked", possible, 'set capacity="on_demand"')
    if len(spec.zones) == 1 and zones > 1:
        possible = f"DNS and the operators end with that zone, the network is in {zones}"
        yield Refusal("system_pool.zones", f"{spec.zones[0]} alone asked", possible, "name two, or leave it out")
