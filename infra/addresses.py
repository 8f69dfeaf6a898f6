"""The address plan: which subnets a network is cut into, and whether they hold nodes and pods at their most.

Limits after the Amazon VPC User Guide, "VPC CIDR blocks": blocks of /16 to /28, five addresses of each subnet kept by
AWS, and which second block may stand beside which first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, ip_network
from typing import Final

from rayform.spec.refusal import Refusal

from .allocatable import ADDRESSES_OF_PREFIX
from .pools import PoolSpec, node

__all__ = [
    "PRIVATE",
    "AddressPlan",
    "Subnets",
    "address_plan",
    "node_addresses",
    "overlaps",
    "plan_refusals",
    "pool_refusals",
]

KEPT_BY_AWS: Final = 5
"""Addresses of a subnet that AWS keeps."""

LARGEST_PREFIX: Final = 16
"""The prefix length of the largest block that a VPC takes."""

SMALLEST_PREFIX: Final = 28
"""The prefix length of the smallest block that a VPC takes."""

PRIVATE: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
"""The blocks of private addresses (RFC 1918)."""

_NO_HOSTS: Final = tuple(map(IPv4Network, ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")))
_KEPT: Final = tuple(map(IPv4Network, ("169.254.0.0/16", "198.19.0.0/16")))

CONTROL_PLANE_ADDRESSES: Final = 16
"""Addresses that EKS wants free in each subnet for its own interfaces; 6 are the least (EKS User Guide)."""


@dataclass(frozen=True, slots=True)
class Subnets:
    """The subnets of one zone."""

    public: IPv4Network
    """Load balancers that face the internet, and NAT gateways."""
    private: IPv4Network
    """The control plane's interfaces, inner load balancers, endpoints; nodes and pods as well without ``nodes``."""
    nodes: IPv4Network | None
    """Nodes and their pods, of the block for pods; None without such a block."""

    @property
    def of_nodes(self) -> IPv4Network:
        """Where nodes and pods are."""
        return self.nodes or self.private


@dataclass(frozen=True, slots=True)
class AddressPlan:
    """A network, cut into subnets: an eighth of it is public, the rest private, in equal parts for each zone."""

    cidr: IPv4Network
    """The block of the network."""
    pod_cidr: IPv4Network | None
    """The block of nodes and pods; None shares the network's own."""
    zones: tuple[Subnets, ...]
    """The subnets by zone."""

    @property
    def node_addresses(self) -> int:
        """Addresses of one zone that nodes and pods can have."""
        subnet = self.zones[0].of_nodes.num_addresses - KEPT_BY_AWS
        return subnet if self.pod_cidr else subnet - CONTROL_PLANE_ADDRESSES


def plan_refusals(cidr: str, pod_cidr: str | None, zones: int) -> Iterator[Refusal]:
    """Why a network of those blocks cannot be cut up for so many zones."""
    blocks = {"cidr": cidr} | ({"pod_cidr": pod_cidr} if pod_cidr else {})
    parsed: dict[str, IPv4Network] = {}
    for path, text in blocks.items():
        try:
            parsed[path] = IPv4Network(text)
        except ValueError:
            remedy = "write the network's first address and its size, such as 10.20.0.0/16"
            yield Refusal(path, f"{text} asked", "it is no IPv4 network", remedy)
    for path, block in parsed.items():
        yield from _size(path, block, zones)
    if len(parsed) == 2 and parsed["cidr"].overlaps(parsed["pod_cidr"]):
        yield Refusal(
            "pod_cidr", f"{pod_cidr} asked", f"it overlaps {cidr}", "choose a block beside it, of 100.64.0.0/10"
        )
    elif len(parsed) == 2:
        yield from _beside(parsed["cidr"], parsed["pod_cidr"])


def address_plan(cidr: str, pod_cidr: str | None, zones: int) -> AddressPlan:
    """The plan of blocks that nothing refuses."""
    block = IPv4Network(cidr)
    bits = _bits(zones)
    # Public subnets are the upper half of the last of four quarters of each zone's share: an eighth of everything.
    shares = list(block.subnets(prefixlen_diff=bits))[:zones]
    pods = IPv4Network(pod_cidr) if pod_cidr else None
    of_pods: Sequence[IPv4Network | None] = list(pods.subnets(prefixlen_diff=bits))[:zones] if pods else [None] * zones
    return AddressPlan(
        block,
        pods,
        tuple(
            Subnets(public=list(share.subnets(prefixlen_diff=3))[-1], private=next(share.subnets()), nodes=nodes)
            for share, nodes in zip(shares, of_pods, strict=True)
        ),
    )


def node_addresses(spec: PoolSpec) -> int:
    """Addresses that one node of the pool takes at its fullest, with prefix delegation.

    One for each interface of the default card, whole prefixes for its pods and one more that is kept ready. Further
    interfaces for EFA carry no addresses.
    """
    one = node(spec)
    prefixes = -(-one.reserved.max_pods // ADDRESSES_OF_PREFIX) + 1
    interfaces = max(min(kind.enis, -(-prefixes // max(1, kind.ips_per_eni - 1))) for kind in one.types)
    return interfaces + prefixes * ADDRESSES_OF_PREFIX


def pool_refusals(plan: AddressPlan, zones: Sequence[str], pools: Iterable[tuple[str, PoolSpec]]) -> Iterator[Refusal]:
    """Why the plan does not hold all pools at their most nodes; pools of several zones are spread evenly over them."""
    named = tuple(pools)
    needed = dict.fromkeys(zones, 0)
    for _, spec in named:
        where = [zone for zone in (spec.zones or zones) if zone in needed]
        for zone in where:
            needed[zone] += -(-spec.max_nodes // len(where)) * node_addresses(spec)
    fullest = max(needed, key=needed.__getitem__, default=None)
    if fullest is None or needed[fullest] <= plan.node_addresses:
        return
    path = "pod_cidr" if plan.pod_cidr else "cidr"
    names = ", ".join(name for name, _ in named)
    there = f"{plan.zones[tuple(zones).index(fullest)].of_nodes} has {plan.node_addresses}"
    yield Refusal(
        path,
        f"{plan.pod_cidr or plan.cidr} asked",
        f"pools {names} take {needed[fullest]} addresses in {fullest} at their most, {there}",
        _larger(plan, needed[fullest]),
    )


def overlaps(blocks: Sequence[tuple[str, str]]) -> Iterator[Refusal]:
    """Blocks, each with the path that asks for it, of which some overlap an earlier one."""
    for index, (path, text) in enumerate(blocks):
        for other, earlier in blocks[:index]:
            if ip_network(text).overlaps(ip_network(earlier)):
                yield Refusal(path, f"{text} asked", f"it overlaps {other} {earlier}", "choose one that does not")


def _beside(block: IPv4Network, pods: IPv4Network) -> Iterator[Refusal]:
    """Second blocks that AWS does not let into a VPC with the first."""
    ours, theirs = _range(block), _range(pods)
    why = ""
    if any(pods.subnet_of(kept) for kept in _KEPT):
        why = "AWS keeps that block for itself"
    elif theirs is not None and theirs != ours:
        why = f"beside {block} a VPC takes none of {theirs}"
    elif pods.subnet_of(IPv4Network("172.31.0.0/16")) and ours == theirs:
        why = f"beside {block} a VPC takes none of 172.31.0.0/16"
    elif pods.subnet_of(IPv4Network("10.0.0.0/16")) and block.subnet_of(IPv4Network("10.0.0.0/15")):
        why = f"beside {block} a VPC takes none of 10.0.0.0/16"
    if why:
        yield Refusal("pod_cidr", f"{pods} asked", why, "choose a block of 100.64.0.0/10")


def _range(block: IPv4Network) -> IPv4Network | None:
    """The private range that a block is of; None is another address space."""
    return next((private for private in PRIVATE if block.subnet_of(private)), None)


def _size(path: str, block: IPv4Network, zones: int) -> Iterator[Refusal]:
    if not LARGEST_PREFIX <= block.prefixlen <= SMALLEST_PREFIX:
        possible = f"a VPC takes blocks of /{LARGEST_PREFIX} to /{SMALLEST_PREFIX}"
        yield Refusal(path, f"{block} asked", possible, f"write one of /{LARGEST_PREFIX}")
        return
    if any(block.subnet_of(kept) for kept in _NO_HOSTS):
        possible = "its addresses are kept for other ends, no host has one (RFC 6890)"
        yield Refusal(path, f"{block} asked", possible, "choose a block of 10.0.0.0/8")
    # A zone's share of the network holds its public subnet in an eighth.
    smallest = SMALLEST_PREFIX - _bits(zones) - (3 if path == "cidr" else 0)
    if block.prefixlen > smallest:
        possible = f"{zones} zones need a block of /{smallest} or larger, for subnets of /{SMALLEST_PREFIX}"
        yield Refusal(path, f"{block} asked", possible, "write a larger one, or take fewer zones")


def _larger(plan: AddressPlan, addresses: int) -> str:
    """The smallest change that makes room: a block for pods, a larger one, or smaller pools."""
    wanted = SMALLEST_PREFIX
    while 2 ** (32 - wanted) - KEPT_BY_AWS < addresses:
        wanted -= 1
    block = wanted - _bits(len(plan.zones))
    if block < LARGEST_PREFIX:
        return "lower max_nodes of the pools, no block of a VPC is that large"
    return f'set pod_cidr="100.64.0.0/{block}", or lower max_nodes of the pools'


def _bits(zones: int) -> int:
    return max(0, (zones - 1).bit_length())
