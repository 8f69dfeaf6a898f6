"""What goes between the nodes of a pool: EFA that brings nothing or that nobody asks for, and zones in between."""

from collections.abc import Iterator
from typing import Final

from rayform.spec.refusal import Refusal

from .group import Group
from .manifest import items, mapping
from .pod_fit import MEASURES
from .pool_fit import PoolFit
from .resources import UNKNOWN
from .selection import REQUIRED, possible

__all__ = ["between_nodes"]

ZONE: Final = "topology.kubernetes.io/zone"
"""The label of a node's zone."""


def between_nodes(one: PoolFit) -> Iterator[Refusal]:
    """Warnings of how a pool's pods reach each other."""
    yield from _alone(one)
    yield from _unasked(one)
    yield from _scattered(one)


def _alone(one: PoolFit) -> Iterator[Refusal]:
    """EFA of pods that are never on two nodes."""
    asking = [group for group in one.groups if group.pod.efa]
    if one.at_most.nodes != 1 or one.pool.max_nodes == 1 or any(group.most is None for group in asking):
        return
    for group in asking:
        measure = MEASURES["efa"]
        reason = f"all pods of pool {one.pool.name} fit one node, and EFA carries what goes between nodes"
        remedy = "take it out, or let the group have more replicas"
        yield Refusal(f"{group.path}.{measure.field}", f"{measure.asked(group.pod.efa)} asked", reason, remedy)


def _unasked(one: PoolFit) -> Iterator[Refusal]:
    """Nodes with EFA of which no group asks for any: NCCL takes TCP instead, and says so only in its own log."""
    there, groups = one.pool.allocatable.efa, [group for group in one.groups if group.pod.gpus]
    if not 0 < there < UNKNOWN or one.at_most.nodes < 2 or not groups or any(group.pod.efa for group in one.groups):
        return
    measure = MEASURES["efa"]
    reason = f"a {one.pool.node_type} of pool {one.pool.name} has {there}, and without any NCCL goes over TCP"
    remedy = "ask for them in accelerators, or set efa=False on the pool"
    yield Refusal(f"{groups[0].path}.{measure.field}", "none asked", reason, remedy)


def _scattered(one: PoolFit) -> Iterator[Refusal]:
    """Replicas of several pods, on a pool in several zones, that nothing keeps in one."""
    zones = sorted(possible(one.pool, ZONE) or ())
    for group in one.groups:
        if group.per_replica > 1 and group.pod.gpus and len(zones) > 1 and not _kept_together(group):
            reason = f"they may be in any of {', '.join(zones)}, and what goes between zones is slow and costs"
            remedy = f"give pool {one.pool.name} one zone, or select one with node_selector[{ZONE}]"
            yield Refusal(f"{group.path}.num_of_hosts", f"{group.per_replica} asked", reason, remedy)


def _kept_together(group: Group) -> bool:
    """Whether the pods choose their zone, or each other's."""
    affinity = mapping(group.spec, "affinity")
    terms = items(mapping(affinity, "podAffinity"), REQUIRED)
    chosen = ZONE in mapping(group.spec, "nodeSelector") or bool(mapping(affinity, "nodeAffinity"))
    return chosen or any(term.get("topologyKey") == ZONE for term in terms)
