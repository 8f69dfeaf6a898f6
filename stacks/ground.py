"""The ground that a stack may bring: network, cluster, pools, and who its workloads are."""

from collections.abc import Iterator, Mapping

from pydantic import Field
from rayform.components import Name, Spec
from rayform.infra import (
    AutoModePoolSpec,
    EksClusterSpec,
    GpuNodePoolSpec,
    GpuSupportSpec,
    NetworkSpec,
    NodePoolSpec,
    WorkloadIdentitySpec,
)
from rayform.infra.addresses import pool_refusals
from rayform.infra.eks_spec import address_refusals, cluster_refusals, foreign_refusals, zone_refusals
from rayform.infra.identity_spec import identity_refusals
from rayform.infra.network_spec import network_refusals, network_warnings, plan
from rayform.infra.offerings import offering_refusals
from rayform.infra.places import abroad, away
from rayform.infra.pools import PoolSpec, refusals
from rayform.infra.pools.capacity_checks import alone
from rayform.infra.pools.reservation_checks import beyond
from rayform.infra.quotas import Quotas, quota_refusals, quota_warnings
from rayform.infra.releases import release_refusals
from rayform.infra.system_pods import system_warnings
from rayform.infra.tags import joined_refusals
from rayform.spec.refusal import Refusal

__all__ = ["GroundSettings", "ground_refusals", "ground_warnings", "pool_specs"]


class GroundSettings(Spec):
    """A network, a cluster of EKS in it, and its pools of nodes, under the stack's own name."""

    network: NetworkSpec = Field(default_factory=NetworkSpec)
    """The network."""

    cluster: EksClusterSpec
    """The cluster, with the nodes of add-ons and operators; groups ask for these as ``<stack>-system``."""

    node_pools: dict[Name, NodePoolSpec] = Field(default_factory=dict)
    """Pools without GPUs, by the name that groups ask for."""

    gpu_pools: dict[Name, GpuNodePoolSpec] = Field(default_factory=dict)
    """Pools with GPUs, by the name that groups ask for."""

    auto_pools: dict[Name, AutoModePoolSpec] = Field(default_factory=dict)
    """Pools of EKS Auto Mode, by the name that groups ask for."""

    gpu_support: GpuSupportSpec = Field(default_factory=GpuSupportSpec)
    """What tells Kubernetes of the GPUs of ``gpu_pools``."""

    identities: dict[Name, WorkloadIdentitySpec] = Field(default_factory=dict)
    """What workloads may do at AWS, by name."""

    quotas: Quotas = Field(default_factory=Quotas)
    """What the account may have of instances and addresses; AWS is not asked."""


def pool_specs(stack: str, ground: GroundSettings) -> dict[str, PoolSpec]:
    """All pools by the name that groups ask for, the system's among them."""
    own: dict[str, PoolSpec] = {f"{stack}-system": ground.cluster.system_pool}
    return {**own, **ground.node_pools, **ground.gpu_pools, **ground.auto_pools}


def ground_refusals(stack: str, ground: GroundSettings, region: str | None = None) -> Iterator[Refusal]:
    """Why the ground cannot be, in all its parts, as a whole, and in the AWS provider's region, where that is known."""
    found = [
        *_at("ground.network", network_refusals(ground.network)),
        *_at("ground.network", abroad(ground.network.zone_names or (), region)),
        *_at("ground.cluster", cluster_refusals(stack, ground.cluster)),
        *_at("ground.cluster", foreign_refusals(ground.cluster, region)),
        *_twice(stack, ground),
        *_claimed(ground),
    ]
    for kind, pools in _pools(ground).items():
        for name, spec in pools.items():
            found += _at(f"ground.{kind}[{name}]", refusals(name, spec))
    for name, identity in ground.identities.items():
        found += _at(f"ground.identities[{name}]", identity_refusals(name, identity))
    if ground.auto_pools and not ground.cluster.auto_mode:
        asked, possible = "auto_pools asked", "nobody would launch their nodes"
        found.append(Refusal("ground.cluster.auto_mode", asked, possible, "set auto_mode: true"))
    yield from found or (
        *_at("ground", zone_refusals(ground.network.zone_count)),
        *_at("ground.cluster", address_refusals(ground.cluster, plan(ground.network))),
        *_joining(ground),
        *_at("ground.network", _crowded(stack, ground)),
        *_at("ground.quotas", quota_refusals(pool_specs(stack, ground), ground.network, ground.quotas)),
    )


def ground_warnings(stack: str, ground: GroundSettings) -> tuple[Refusal, ...]:
    """What will be regretted of a ground that nothing refuses, and what it never has at its most."""
    system = system_warnings(ground.cluster.system_pool, ground.network.zone_count)
    quotas = quota_warnings(pool_specs(stack, ground), ground.quotas)
    network = network_warnings(ground.network)
    pools = [warning for path, spec in _by_path(ground) for warning in _at(f"ground.{path}", alone(spec))]
    return (*_at("ground.network", network), *_at("ground.cluster", system), *pools, *_at("ground.quotas", quotas))


def _pools(ground: GroundSettings) -> Mapping[str, Mapping[str, PoolSpec]]:
    return {"node_pools": ground.node_pools, "gpu_pools": ground.gpu_pools, "auto_pools": ground.auto_pools}


def _by_path(ground: GroundSettings) -> Iterator[tuple[str, PoolSpec]]:
    """All pools by the path of their settings."""
    yield "cluster.system_pool", ground.cluster.system_pool
    for kind, pools in _pools(ground).items():
        yield from ((f"{kind}[{name}]", spec) for name, spec in pools.items())


def _twice(stack: str, ground: GroundSettings) -> Iterator[Refusal]:
    """Pools of one name: groups could not tell them apart."""
    seen = {f"{stack}-system": "cluster.system_pool"}
    for kind, pools in _pools(ground).items():
        for name in pools:
            if name in seen:
                possible = f"{seen[name]} has one of that name"
                yield Refusal(f"ground.{kind}[{name}]", f"{name} asked twice", possible, "rename one")
            seen[name] = kind


def _claimed(ground: GroundSettings) -> Iterator[Refusal]:
    """Identities of one service account: EKS has one association of it (EKS User Guide, Pod Identity)."""
    seen: dict[tuple[str, str], str] = {}
    for name, spec in ground.identities.items():
        account = spec.namespace, spec.service_account
        first = seen.setdefault(account, name)
        if first != name:
            asked, possible = f"{'/'.join(account)} asked", f"it is who {first} is for, and EKS gives it one role"
            path = f"ground.identities[{name}].service_account"
            yield Refusal(path, asked, possible, "join their grants, or choose another")


def _joining(ground: GroundSettings) -> Iterator[Refusal]:
    """Pools in zones that the network is not in, or of releases that the control plane does not take."""
    there, version = ground.network.zone_names, ground.cluster.version
    for path, spec in _by_path(ground):
        found = [*away(spec.zones, there), *release_refusals(spec, version), *beyond(spec, there)]
        found += joined_refusals(spec.tags, ground.cluster.tags, "the cluster's")
        if not isinstance(ground.network.offerings, str):
            found += offering_refusals(spec, there or (), ground.network.offerings)
        yield from _at(f"ground.{path}", tuple(found))


def _crowded(stack: str, ground: GroundSettings) -> Iterator[Refusal]:
    """Pools that have not enough addresses together; each alone might."""
    network = ground.network
    zones = network.zone_names or [f"zone {number}" for number in range(1, network.zone_count + 1)]
    yield from pool_refusals(plan(network), zones, pool_specs(stack, ground).items())


def _at(place: str, found: Iterator[Refusal] | tuple[Refusal, ...]) -> list[Refusal]:
    return [Refusal(f"{place}.{each.path}", each.asked, each.possible, each.remedy) for each in found]
