"""Who reaches a control plane, and from where: why it cannot be as asked."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv6Network, ip_network
from typing import Final

from rayform.spec.model import Wire, is_wire
from rayform.spec.refusal import Refusal

from .addresses import PRIVATE
from .arns import principal_refusals

__all__ = ["admin_refusals", "public_refusals"]

SMALLEST_PUBLIC: Final = 8
"""The prefix length of the largest block that may reach a public endpoint."""

MOST_PUBLIC: Final = 40
"""Blocks that may reach a public endpoint (EKS User Guide, service quotas)."""


def admin_refusals(admins: Sequence[Wire[str]]) -> Iterator[Refusal]:
    """Nobody at all, who is no role or user, and who is there twice: EKS has one access entry of a principal."""
    if not admins:
        possible = "nobody could use the cluster, not even this program"
        yield Refusal("admins", "none asked", possible, "give the ARN of the role that runs it")
    for index, admin in enumerate(admins):
        yield from principal_refusals(f"admins[{index}]", admin)
        if not is_wire(admin) and admin in admins[:index]:
            possible = "EKS has one access entry of a principal"
            yield Refusal(f"admins[{index}]", f"{admin} asked twice", possible, "remove it")


def public_refusals(cidrs: Sequence[str]) -> Iterator[Refusal]:
    """Blocks that are too many, too large, no networks, or that nobody comes from over the internet."""
    if len(cidrs) > MOST_PUBLIC:
        asked = f"{len(cidrs)} asked"
        yield Refusal("public_access_cidrs", asked, f"EKS takes {MOST_PUBLIC}", "name fewer, or larger ones")
    for index, cidr in enumerate(cidrs):
        if found := _block(cidr):
            yield Refusal(f"public_access_cidrs[{index}]", f"{cidr} asked", *found)


def _block(cidr: str) -> tuple[str, str] | None:
    """Why a block reaches no public endpoint, and what to do."""
    try:
        block = ip_network(cidr)
    except ValueError:
        return "it is no network", "write an address and a size, as 203.0.113.0/24"
    if isinstance(block, IPv6Network):
        return "the public endpoint of an IPv4 cluster has no IPv6 address", "name IPv4 networks"
    if block.prefixlen < SMALLEST_PUBLIC:
        return "it is most of the internet", "name the networks of your people"
    if any(block.subnet_of(private) for private in PRIVATE):
        remedy = "name the address that they leave your network by; inside the VPC the private endpoint is always there"
        return "nobody comes over the internet from private addresses", remedy
    return None
