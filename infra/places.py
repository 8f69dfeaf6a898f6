"""Zones: whether names are any, whether they are of one region, and whether pools are within their network's."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rayform.spec.refusal import Refusal

__all__ = ["abroad", "away", "zone_refusals"]

_ZONE: Final = re.compile(r"([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)[a-z]")


def zone_refusals(names: Sequence[str]) -> Iterator[Refusal]:
    """Names that are no zones of a region, that are of several regions, or that are there twice."""
    regions: dict[str, str] = {}
    for index, name in enumerate(names):
        path, asked = f"zones[{index}]", f"{name} asked"
        found = _ZONE.fullmatch(name)
        if name in names[:index]:
            yield Refusal(path, f"{asked} twice", "once is enough", "remove it")
        elif found is None:
            yield Refusal(path, asked, "it is no name of a zone", "write a region and a letter, as us-east-1a")
        elif regions and found[1] not in regions:
            first = next(iter(regions.values()))
            yield Refusal(path, asked, f"{first} is of another region", "name zones of one region")
        else:
            regions[found[1]] = name


def abroad(zones: Sequence[str], region: str | None) -> Iterator[Refusal]:
    """Zones that are not of the region of the AWS provider, where that is known."""
    for index, zone in enumerate(zones):
        found = _ZONE.fullmatch(zone)
        if region and found and found[1] != region:
            possible = f"the AWS provider's region is {region}"
            yield Refusal(f"zones[{index}]", f"{zone} asked", possible, "name its zones, or set aws:region")


def away(zones: Sequence[str], there: Sequence[str] | None) -> Iterator[Refusal]:
    """Zones of a pool that its network does not have, or does not know by name."""
    for index, zone in enumerate(zones):
        if there is None:
            possible = "the network leaves the choice of zones to AWS"
            yield Refusal(f"zones[{index}]", f"{zone} asked", possible, "name the zones of the network")
        elif zone not in there:
            possible = f"the network is in {', '.join(there)}"
            yield Refusal(f"zones[{index}]", f"{zone} asked", possible, "choose one of these")
