"""A cluster of EKS, described."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Final

from pydantic import Field
from rayform.spec.model import Flag, Listed, Spec, Wire
from rayform.spec.refusal import Refusal

from .addresses import PRIVATE, AddressPlan, overlaps
from .arns import foreign_key, foreign_principal, key_refusals
from .eks_access import admin_refusals, public_refusals
from .eks_versions import ADDONS, DEFAULT, EXTENDED, VERSIONS
from .network_spec import RetentionDays
from .pools import NodePoolSpec
from .pools import refusals as pool_refusals
from .releases import proxy_refusals
from .system_pods import held_refusals, kept_off
from .tags import tag_refusals

__all__ = ["EksClusterSpec", "address_refusals", "cluster_refusals", "foreign_refusals", "zone_refusals"]

_NAME: Final = re.compile(r"[a-z](?:[-a-z0-9]{0,30}[a-z0-9])?")
_ADDON_VERSION: Final = re.compile(r"v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+")

FEWEST_ZONES: Final = 2
"""Zones that EKS puts a control plane in (EKS User Guide, subnet requirements for clusters)."""


def _system_pool() -> NodePoolSpec:
    return NodePoolSpec(instance_types=["m7i.large", "m6i.large"], min_nodes=2, max_nodes=4, root_gib=50)


class EksClusterSpec(Spec):
    """A control plane of EKS, its add-ons, and the nodes that the add-ons and the KubeRay operator run on."""

    version: str = DEFAULT
    """The version of Kubernetes."""
    admins: Listed[Wire[str]]
    """ARNs of IAM roles (or users) that may do everything in the cluster; the one that runs this program is among them.
    Nobody else can do anything: neither who made the cluster nor a config map gives rights."""
    extended_support: Flag = False
    """Whether the cluster stays on a version in extended support, at six times the price; otherwise AWS upgrades it."""
    public_access_cidrs: Listed[str] = ()
    """Blocks that reach the API server over the internet; empty is nobody. The private endpoint is always there."""
    service_cidr: str = "172.20.0.0/16"
    """The block of Services' addresses, inside the cluster only."""
    kms_key_arn: Wire[str] | None = None
    """The key that encrypts Secrets; None makes one, which is rotated every year."""
    log_retention_days: RetentionDays = 90
    """How long the control plane's logs are kept, in days; all five kinds are."""
    deletion_protection: Flag = False
    """Whether AWS refuses to delete the cluster, and the engine to begin with it; for production. What stands
    on the cluster goes before its own deletion is refused, unless a :class:`DestroyLock` keeps it: stacks have one."""
    addon_versions: Mapping[str, str] = Field(default_factory=dict)
    """Versions of add-ons by name, such as ``{"coredns": "v1.12.4-eksbuild.1"}``; one that is not named gets what EKS
    recommends when it is made, and keeps it."""
    auto_mode: Flag = False
    """Whether EKS Auto Mode launches nodes for pools that ask for it, beside those of node groups; it costs a share of
    these nodes' price."""
    oidc_provider: Flag = False
    """Whether IAM trusts the cluster's own tokens (IRSA), for what does not know Pod Identity yet."""
    system_pool: NodePoolSpec = Field(default_factory=_system_pool)
    """The nodes of add-ons and operators, in at least two zones where the network has them."""
    tags: Mapping[str, str] = Field(default_factory=dict)
    """AWS tags of everything that belongs to the cluster."""


def cluster_refusals(name: str, spec: EksClusterSpec) -> Iterator[Refusal]:
    """Why the cluster cannot be."""
    if _NAME.fullmatch(name) is None:
        remedy = "use at most 32 lower case letters, digits and dashes, a letter first"
        yield Refusal("name", f"{name!r} asked", "names of nodes and roles begin with it", remedy)
    yield from _version(spec)
    yield from admin_refusals(spec.admins)
    yield from public_refusals(spec.public_access_cidrs)
    yield from _services(spec)
    yield from _addons(spec)
    yield from key_refusals("kms_key_arn", spec.kms_key_arn)
    yield from tag_refusals(spec.tags)
    yield from _system_pool_refusals(spec.system_pool)


def foreign_refusals(spec: EksClusterSpec, region: str | None) -> Iterator[Refusal]:
    """A key and admins that are not of the AWS provider's region, where that is known."""
    yield from foreign_key("kms_key_arn", spec.kms_key_arn, region)
    for index, admin in enumerate(spec.admins):
        yield from foreign_principal(f"admins[{index}]", admin, region)


def zone_refusals(zones: int) -> Iterator[Refusal]:
    """Why a control plane cannot stand in a network of so many zones."""
    if zones < FEWEST_ZONES:
        possible = f"EKS puts a control plane in {FEWEST_ZONES} at least"
        yield Refusal("network.zones", f"{zones} asked", possible, "add one; pools may keep to one of them")


def address_refusals(spec: EksClusterSpec, plan: AddressPlan | None) -> Iterator[Refusal]:
    """Why Services cannot have their addresses beside those of the network, where these are known."""
    if plan is not None and not list(_services(spec)):
        blocks = [("the network's", str(block)) for block in (plan.cidr, plan.pod_cidr) if block]
        yield from overlaps([*blocks, ("service_cidr", spec.service_cidr)])


def _addons(spec: EksClusterSpec) -> Iterator[Refusal]:
    for addon, version in spec.addon_versions.items():
        path = f"addon_versions[{addon}]"
        if addon not in ADDONS:
            yield Refusal(path, "asked", f"the add-ons are {', '.join(ADDONS)}", "choose one of these")
        elif _ADDON_VERSION.fullmatch(version) is None:
            yield Refusal(path, f"{version} asked", "it is no version of an add-on", "write one as v1.20.4-eksbuild.2")
        elif addon == "kube-proxy":
            yield from proxy_refusals(path, version, spec.version)


def _system_pool_refusals(spec: NodePoolSpec) -> Iterator[Refusal]:
    found = list(pool_refusals("system", spec))
    if spec.min_nodes == 0:
        remedy = "set 1, or 2 to survive one"
        found.append(Refusal("min_nodes", "0 asked", "add-ons need a node to start on", remedy))
    found += kept_off(spec)
    for refusal in found or held_refusals(spec):
        yield Refusal(f"system_pool.{refusal.path}", refusal.asked, refusal.possible, refusal.remedy)


def _version(spec: EksClusterSpec) -> Iterator[Refusal]:
    if spec.version not in VERSIONS:
        yield Refusal("version", f"{spec.version} asked", f"known are {', '.join(VERSIONS)}", "choose one of these")
    elif spec.version in EXTENDED and not spec.extended_support:
        newest = VERSIONS[-1]
        possible = "it has only extended support, at six times the price"
        yield Refusal("version", f"{spec.version} asked", possible, f"choose {newest}, or set extended_support=True")


def _services(spec: EksClusterSpec) -> Iterator[Refusal]:
    path, asked = "service_cidr", f"{spec.service_cidr} asked"
    try:
        block = IPv4Network(spec.service_cidr)
    except ValueError:
        yield Refusal(path, asked, "it is no IPv4 network", "write one such as 172.20.0.0/16")
        return
    if not (any(block.subnet_of(private) for private in PRIVATE) and 12 <= block.prefixlen <= 24):
        possible = f"EKS takes blocks of /12 to /24, of {', '.join(map(str, PRIVATE))}"
        yield Refusal(path, asked, possible, "write one such as 172.20.0.0/16")
