"""Which zones offer a type of instance, against the zones of the pools that want it.

AWS sells a type in some zones of a region only, and the same name of a zone is another place in another account (EC2
User Guide, "Find an EC2 instance type" and "Availability Zone IDs"): no table can say it, only the account itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from rayform.spec.refusal import Refusal

from .instances import InstanceType, instance_type, names
from .pools import AutoModePoolSpec, PoolSpec

__all__ = ["Offerings", "offering_refusals", "would_do"]

Offerings: TypeAlias = Mapping[str, Sequence[str]]
"""The zones that offer a type, by type; of a type that is not there nothing is known."""

MOST_NAMED: Final = 3
"""Other types that a remedy names."""


def offering_refusals(spec: PoolSpec, zones: Sequence[str], offerings: Offerings) -> Iterator[Refusal]:
    """Types that the pool's zones do not offer, as far as that is known; ``zones`` are those of the network.

    A node group asks for its nodes in each of its zones, and fails in one that lacks the type. EKS Auto Mode looks for
    a zone that has it: its pools need one.
    """
    where = spec.zones or zones
    for index, kind in enumerate(spec.instance_types):
        lacking = [zone for zone in where if zone not in offerings.get(kind, where)]
        if lacking and not (isinstance(spec, AutoModePoolSpec) and len(lacking) < len(where)):
            possible, remedy = _instead(spec, zones, kind, lacking, offerings)
            yield Refusal(f"instance_types[{index}]", f"{kind} asked in {', '.join(lacking)}", possible, remedy)


def would_do(kind: InstanceType) -> tuple[str, ...]:
    """Types of the catalogue that could stand for one: with the same GPUs, or as large and of a like family."""

    def like(other: InstanceType) -> bool:
        if kind.gpu or other.gpu:
            return kind.gpu == other.gpu
        same = (kind.vcpus, kind.memory_mib, kind.bare_metal, kind.neuron)
        return same == (other.vcpus, other.memory_mib, other.bare_metal, other.neuron) and kind.name[0] == other.name[0]

    known = (instance_type(name) for name in names() if name != kind.name)
    return tuple(other.name for other in known if other.architecture == kind.architecture and like(other))


def _instead(
    spec: PoolSpec, zones: Sequence[str], kind: str, lacking: Sequence[str], offerings: Offerings
) -> tuple[str, str]:
    """Where the type is offered, and what to do: other zones of the network, a like type, a zone more."""
    offered = offerings[kind]
    here = [zone for zone in zones if all(zone in offerings.get(each, zones) for each in spec.instance_types)]
    others = [name for name in would_do(instance_type(kind)) if set(lacking) <= set(offerings.get(name, ()))]
    remedies = [f"set zones to {', '.join(here)}"] if here else []
    if others:
        remedies.append(f"choose {' or '.join(others[:MOST_NAMED])}, offered there")
    if not remedies and offered:
        remedies.append(f"add one of {', '.join(sorted(offered))} to the network, or choose another type")
    within = [zone for zone in zones if zone in offered]
    elsewhere = f", but in {', '.join(sorted(offered))}" if offered and not within else ""
    possible = f"it is offered in {', '.join(within) or 'none'} of the network's zones{elsewhere}"
    return possible, ", or ".join(remedies) or "choose another type"
