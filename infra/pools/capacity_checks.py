"""Why a pool's capacity cannot be had as asked: bounds, ways of buying, zones, places, disks."""

from collections.abc import Iterator, Sequence

from rayform.spec.model import is_wire
from rayform.spec.refusal import Refusal

from ..instances import InstanceType
from ..places import zone_refusals
from .spec import AutoModePoolSpec, NodePoolSpec, PoolSpec

__all__ = ["alone", "bought", "bounds", "closely_placed", "disks", "fabric", "places_nodes_together", "zoned"]

RESERVED = ("reserved", "capacity_block")
"""Ways of buying that draw on a reservation."""


def bounds(spec: PoolSpec) -> Iterator[Refusal]:
    """Fewest nodes above the most."""
    if isinstance(spec, NodePoolSpec) and spec.min_nodes > spec.max_nodes:
        asked = f"{spec.min_nodes} asked"
        yield Refusal("min_nodes", asked, f"max_nodes is {spec.max_nodes}", "lower it, or raise max_nodes")


def bought(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Ways of buying that the types are not sold in, or that lack their reservation."""
    reserves = spec.capacity in RESERVED
    if reserves and spec.reservation_id is None:
        possible = f"capacity {spec.capacity} draws on a reservation"
        yield Refusal("reservation_id", "none asked", possible, "give the id of yours, cr-…")
    elif reserves and not is_wire(spec.reservation_id) and not str(spec.reservation_id).startswith("cr-"):
        asked = f"{spec.reservation_id} asked"
        yield Refusal("reservation_id", asked, "it is no id of a capacity reservation", "give the id of yours, cr-…")
    if not reserves and spec.reservation_id is not None:
        possible = f"capacity {spec.capacity} draws on none"
        yield Refusal("reservation_id", "one asked", possible, 'remove it, or set capacity="reserved"')
    if reserves and len(types) > 1:
        asked = f"{len(types)} types asked with capacity {spec.capacity}"
        yield Refusal("instance_types", asked, "a reservation is of one type", "name only the reserved type")
    if isinstance(spec, AutoModePoolSpec) and spec.capacity == "capacity_block":
        asked = "capacity_block asked"
        yield Refusal(
            "capacity", asked, "the pool is one of EKS Auto Mode", 'set capacity="reserved", or make it a GpuNodePool'
        )
    for kind in types:
        sold = {"spot": kind.spot, "capacity_block": kind.capacity_blocks}.get(spec.capacity, True)
        if not sold:
            remedy = 'choose another type, or set capacity="on_demand"'
            yield Refusal("capacity", f"{spec.capacity} asked", f"{kind.name} is not sold so", remedy)


def fabric(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """EFA on types without, or with different numbers of it."""
    if not (isinstance(spec, NodePoolSpec) and spec.efa):
        return
    for kind in types:
        if not kind.efa_interfaces:
            yield Refusal(
                "efa", "True asked", f"{kind.name} has no EFA interface", "set it False, or choose a type that has"
            )
    if len({kind.efa_interfaces for kind in types if kind.efa_interfaces}) > 1:
        counts = ", ".join(f"{kind.name} has {kind.efa_interfaces}" for kind in types)
        yield Refusal(
            "efa", "True asked", f"the types have different numbers of interfaces: {counts}", "make a pool of each"
        )


def alone(spec: PoolSpec) -> Iterator[Refusal]:
    """EFA where there is never a second node: a warning, since it brings nothing."""
    if isinstance(spec, NodePoolSpec) and spec.efa and spec.max_nodes == 1:
        possible = "EFA carries what goes between nodes, max_nodes is 1"
        yield Refusal("efa", "True asked", possible, "raise max_nodes, or leave efa out: any zone then has the node")


def zoned(spec: PoolSpec) -> Iterator[Refusal]:
    """Zones repeated, or more than one where traffic must not leave its zone."""
    yield from zone_refusals(spec.zones)
    if len(set(spec.zones)) == 1 or not isinstance(spec, NodePoolSpec):
        return
    reason = _one_zone(spec)
    if reason:
        asked = f"{len(set(spec.zones)) or 'all'} zones asked"
        yield Refusal("zones", asked, reason, "name one zone, such as the reservation's or the one with most capacity")


def closely_placed(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """A placement group for nodes that come from a reservation, or of types that none takes.

    Types after the EC2 User Guide, "Placement strategies": no burstable ones (T), and no flexible ones of M7i.
    """
    if not isinstance(spec, NodePoolSpec):
        return
    for kind in types:
        if spec.placement_group and (kind.name.startswith("t") or kind.family == "m7i-flex"):
            possible = f"a placement group of strategy cluster takes no {kind.family}"
            yield Refusal("placement_group", "True asked", possible, "leave it out, or choose another type")
    if spec.placement_group and spec.capacity in RESERVED:
        possible = f"capacity {spec.capacity} has a place of its own, and a group beside it finds no capacity"
        yield Refusal("placement_group", "True asked", possible, "leave it out")


def disks(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """NVMe disks asked of types without, and volumes asked for more than gp3 gives to their size."""
    if not isinstance(spec, NodePoolSpec):
        return
    for kind in types:
        if spec.nvme and not kind.nvme_disks:
            remedy = "leave it out, or choose a type with disks of its own"
            yield Refusal("nvme", "True asked", f"{kind.name} has no local NVMe disk", remedy)
    if spec.root_iops > 500 * spec.root_gib:
        possible = f"gp3 gives 500 for each GiB, {500 * spec.root_gib} to {spec.root_gib} GiB"
        yield Refusal("root_iops", f"{spec.root_iops} asked", possible, "lower it, or raise root_gib")
    if spec.root_mibps * 4 > spec.root_iops:
        possible = f"gp3 gives 1 for 4 operations a second, {spec.root_iops // 4} to {spec.root_iops}"
        yield Refusal("root_mibps", f"{spec.root_mibps} asked", possible, "lower it, or raise root_iops")


def places_nodes_together(spec: NodePoolSpec) -> bool:
    """Whether the pool has a placement group."""
    if spec.placement_group is None:
        return spec.efa and spec.capacity not in RESERVED
    return spec.placement_group


def _one_zone(spec: NodePoolSpec) -> str | None:
    """Why the pool's nodes must share a zone; None where they need not."""
    if spec.efa:
        return "EFA traffic stays within a zone"
    if places_nodes_together(spec):
        return "a placement group is in one zone"
    return f"capacity {spec.capacity} is reserved in one zone" if spec.capacity in RESERVED else None
