"""Why a pool does not get what its reservation holds, as far as that is told."""

from collections.abc import Iterator, Sequence

from rayform.spec.refusal import Refusal

from .spec import NodePoolSpec, PoolSpec

__all__ = ["beyond", "held"]


def held(spec: PoolSpec) -> Iterator[Refusal]:
    """Other zones, another type, or more nodes than the reservation has."""
    told = spec.reservation
    if told is None:
        return
    if spec.reservation_id is None:
        yield Refusal("reservation", "one told", "the pool draws on none", "give its reservation_id, or take it out")
        return
    if told.zone and spec.zones and told.zone not in spec.zones:
        asked = f"{', '.join(spec.zones)} asked"
        yield Refusal("zones", asked, f"the reservation is in {told.zone}", f"name {told.zone}")
    if told.instance_type and told.instance_type not in spec.instance_types:
        asked = f"{', '.join(spec.instance_types)} asked"
        yield Refusal("instance_types", asked, f"the reservation is of {told.instance_type}", "name that type")
    yield from _few(spec, told.count)


def beyond(spec: PoolSpec, zones: Sequence[str] | None) -> Iterator[Refusal]:
    """A reservation in a zone that the network is not in, where the pool names no zone itself."""
    zone = spec.reservation.zone if spec.reservation else None
    if zone and zones is not None and not spec.zones and zone not in zones:
        possible = f"the network is in {', '.join(zones)}"
        yield Refusal("reservation.zone", f"{zone} told", possible, "add it to the network's zones")


def _few(spec: PoolSpec, count: int | None) -> Iterator[Refusal]:
    """More nodes than are reserved: AWS launches none beyond, and a node group waits for them until it fails."""
    if count is None:
        return
    bounds = {"min_nodes": spec.min_nodes} if isinstance(spec, NodePoolSpec) else {}
    for path, nodes in {**bounds, "max_nodes": spec.max_nodes}.items():
        if nodes > count:
            yield Refusal(path, f"{nodes} asked", f"the reservation holds {count}", f"lower it to {count}")
