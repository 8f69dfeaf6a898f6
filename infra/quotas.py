"""What pools take of an account's quotas, against what the account is said to have. AWS itself is not asked.

Quotas and defaults of a new account after "Amazon EC2 instance type quotas" in the guide Amazon EC2 Instance Types,
whose column "Adjustable" links to each by its code, as read in 2026; the addresses' after "Amazon EC2 endpoints and
quotas" in the AWS General Reference. All of these count vCPUs, but the addresses. The spot quotas know no P6; its nodes
are not counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rayform.spec.model import Count, Spec
from rayform.spec.refusal import Refusal

from .network_spec import NetworkSpec
from .pools import NodePoolSpec, PoolSpec, node

__all__ = ["QUOTAS", "Quota", "Quotas", "quota_refusals", "quota_warnings", "vcpus_at_most"]


class Quotas(Spec):
    """The quotas that an account has in the region; what is not told is not checked."""

    on_demand_standard: Count | None = None
    """vCPUs of on-demand instances of families A, C, D, H, I, M, R, T and Z; code L-1216C47A, 5 for a new account."""
    on_demand_g: Count | None = None
    """vCPUs of on-demand instances of families G and VT; code L-DB2E81BA, 0 for a new account."""
    on_demand_p: Count | None = None
    """vCPUs of on-demand instances of family P; code L-417A185B, 0 for a new account."""
    spot_standard: Count | None = None
    """vCPUs of spot instances of families A, C, D, H, I, M, R, T and Z; code L-34B43A08, 5 for a new account."""
    spot_g: Count | None = None
    """vCPUs of spot instances of families G and VT; code L-3819A6DF, 0 for a new account."""
    spot_p: Count | None = None
    """vCPUs of spot instances of P4, P3 and P2; code L-7212CCBC, 0 for a new account."""
    spot_p5: Count | None = None
    """vCPUs of spot instances of P5; code L-C4BD4855, 0 for a new account."""
    elastic_ips: Count | None = None
    """Elastic IP addresses, of which each NAT gateway takes one; code L-0263D0A3, 5 for a new account."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota of vCPUs."""

    field: str
    """The field of :class:`Quotas`."""
    name: str
    """What it is of, in words."""
    code: str
    """Its code."""
    default: int
    """What a new account has."""


QUOTAS: Final = (
    Quota("on_demand_standard", "on-demand A, C, D, H, I, M, R, T and Z", "L-1216C47A", 5),
    Quota("on_demand_g", "on-demand G and VT", "L-DB2E81BA", 0),
    Quota("on_demand_p", "on-demand P", "L-417A185B", 0),
    Quota("spot_standard", "spot A, C, D, H, I, M, R, T and Z", "L-34B43A08", 5),
    Quota("spot_g", "spot G and VT", "L-3819A6DF", 0),
    Quota("spot_p", "spot P4, P3 and P2", "L-7212CCBC", 0),
    Quota("spot_p5", "spot P5", "L-C4BD4855", 0),
)
"""The quotas of vCPUs that pools may meet."""

_ADDRESSES: Final = "L-0263D0A3"
_STANDARD: Final = frozenset({"a", "c", "d", "h", "i", "im", "is", "m", "r", "t", "z"})
_KINDS: Final = {"g": "g", "gr": "g", "vt": "g", "p": "p"}
_LETTERS: Final = re.compile(r"[a-z]+")


def vcpus_at_most(pools: Mapping[str, PoolSpec]) -> dict[Quota, int]:
    """The vCPUs that all pools take at their most nodes, by quota, as far as there is any."""
    return _vcpus(pools, most=True)


def quota_refusals(pools: Mapping[str, PoolSpec], network: NetworkSpec, quotas: Quotas) -> Iterator[Refusal]:
    """Quotas that the fewest nodes pass already, or the NAT gateways' addresses: the ground never comes up."""
    yield from _beyond(pools, quotas, most=False)
    addresses = {"per_zone": network.zone_count, "single": 1, "none": 0}[network.nat]
    if quotas.elastic_ips is not None and addresses > quotas.elastic_ips:
        possible = f"nat: {network.nat} takes {addresses} in {network.zone_count} zones"
        remedy = f"ask AWS to raise {_ADDRESSES}, or set nat: {'single' if addresses > 1 else 'none'}"
        yield Refusal("elastic_ips", f"{quotas.elastic_ips} told", possible, remedy)


def quota_warnings(pools: Mapping[str, PoolSpec], quotas: Quotas) -> Iterator[Refusal]:
    """Quotas that the fewest nodes keep and the most pass: the autoscaler asks for the last nodes in vain."""
    early = {refusal.path for refusal in _beyond(pools, quotas, most=False)}
    yield from (warning for warning in _beyond(pools, quotas, most=True) if warning.path not in early)


def _beyond(pools: Mapping[str, PoolSpec], quotas: Quotas, *, most: bool) -> Iterator[Refusal]:
    for quota, taken in _vcpus(pools, most=most).items():
        there: int | None = getattr(quotas, quota.field)
        if there is None or taken <= there:
            continue
        names = ", ".join(name for name, spec in pools.items() if _quota(spec) == quota)
        bound = "most" if most else "fewest"
        remedy = f"ask AWS to raise {quota.code}, or lower {'max' if most else 'min'}_nodes"
        yield Refusal(
            quota.field, f"{there} vCPUs told", f"pools of {quota.name} take {taken} at the {bound}: {names}", remedy
        )


def _vcpus(pools: Mapping[str, PoolSpec], *, most: bool) -> dict[Quota, int]:
    taken: dict[Quota, int] = {}
    for spec in pools.values():
        if quota := _quota(spec):
            fewest = spec.min_nodes if isinstance(spec, NodePoolSpec) else 0
            nodes = spec.max_nodes if most else fewest
            taken[quota] = taken.get(quota, 0) + nodes * max(kind.vcpus for kind in node(spec).types)
    return taken


def _quota(spec: PoolSpec) -> Quota | None:
    """The quota that a pool's nodes count for; None for families without one here, and for capacity blocks."""
    bought = {"spot": "spot", "capacity_block": None}.get(spec.capacity, "on_demand")
    family = node(spec).types[0].family
    letters = (_LETTERS.findall(family) or [""])[0]
    kind = "standard" if letters in _STANDARD else _KINDS.get(letters)
    if bought == "spot" and kind == "p" and not family.startswith(("p2", "p3", "p4")):
        kind = "p5" if family.startswith("p5") else None
    return next((quota for quota in QUOTAS if quota.field == f"{bought}_{kind}"), None)
