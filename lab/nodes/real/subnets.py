"""Choosing the four addresses between the host and a lab so that they belong to nobody else."""

import json
from collections.abc import Iterable
from ipaddress import IPv4Network

from ...controlplane import SERVICE_CIDR
from ...errors import LabError

POD_CIDR = "10.244.0.0/16"
"""The addresses of pods; the host never sees them."""

# Private ranges, the less usual corners first; the last is set aside for measuring network devices.
_POOLS = ("10.213.0.0/16", "172.29.0.0/16", "192.168.213.0/24", "198.18.0.0/15")


def choose(routes: str) -> IPv4Network:
    """Four addresses that none of the host's ``routes`` (as ``ip -json`` lists them) leads to, but its default one."""
    taken = [*_destinations(routes), IPv4Network(SERVICE_CIDR), IPv4Network(POD_CIDR)]
    for pool in _POOLS:
        for subnet in IPv4Network(pool).subnets(new_prefix=30):
            if not any(subnet.overlaps(other) for other in taken):
                return subnet
    remedy = "end labs that are not needed ('rayform lab down'), or use simulated nodes"
    raise LabError(f"network: the host has routes to every address in {', '.join(_POOLS)}; {remedy}")


def _destinations(routes: str) -> Iterable[IPv4Network]:
    for route in json.loads(routes or "[]"):
        if route["dst"] != "default":
            yield IPv4Network(route["dst"], strict=False)
