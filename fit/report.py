"""Everything that is to be said about groups and the pools they want."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rayform.spec.refusal import Refusal

from .choice_fit import choice_refusals
from .fabric import between_nodes
from .group import Group
from .placement import Placement
from .pod_fit import MEASURES, pod_refusals
from .pool_fit import PoolFit, beyond, idle_gpus, overlapping, pool_fit

__all__ = ["Fit", "fit"]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether what runs fits the pools."""

    pools: tuple[PoolFit, ...]
    """Each pool with the groups that fit its nodes."""
    refusals: tuple[Refusal, ...]
    """What cannot work."""
    warnings: tuple[Refusal, ...]
    """What works and will be regretted."""


def fit(groups: Sequence[Group], pools: Iterable[Placement]) -> Fit:
    """Meets groups with pools: every pod with its node, all pods with the pool's most nodes, GPUs with their use."""
    by_name = {pool.name: pool for pool in pools}
    refusals: list[Refusal] = []
    fitting: dict[str, list[Group]] = {name: [] for name in by_name}
    for group in groups:
        found = tuple(_group_refusals(group, by_name))
        refusals.extend(found)
        if not found:
            fitting[group.pool].append(group)
    fits = tuple(pool_fit(by_name[name], members) for name, members in fitting.items())
    refusals.extend(refusal for one in fits if (refusal := beyond(one, most=False)))
    warnings = tuple(
        warning
        for one in fits
        for warning in (*_never_had(one), *_crowded(one), *_stranded(one), *_regretted(one), *between_nodes(one))
    )
    return Fit(fits, tuple(refusals), warnings)


def _group_refusals(group: Group, pools: Mapping[str, Placement]) -> Iterator[Refusal]:
    if group.pool in pools:
        others = (pool for name, pool in pools.items() if name != group.pool)
        yield from pod_refusals(group, pools[group.pool], others)
        yield from choice_refusals(group, pools[group.pool])
    else:
        given = f"given are {', '.join(sorted(pools))}" if pools else "none is given"
        yield Refusal(
            f"{group.path}.pool", f"pool {group.pool} asked", given, "pass it in pools, or choose one of these"
        )


def _never_had(one: PoolFit) -> Iterator[Refusal]:
    """More pods at most than the pool ever holds: the autoscaler asks for them in vain."""
    if beyond(one, most=False) is None and (refusal := beyond(one, most=True)):
        yield refusal


def _crowded(one: PoolFit) -> Iterator[Refusal]:
    """Groups of which there are several sets for a while, such as in an upgrade, and more than the pool holds."""
    overlaps = [(group, group.overlap) for group in one.groups if group.overlap and group.fewest]
    limit = one.pool.max_nodes
    if not overlaps or limit is None or beyond(one, most=False):
        return
    nodes, gpus = overlapping(one)
    if nodes > limit:
        group, overlap = max(overlaps, key=lambda pair: (pair[0].pod.gpus * pair[0].fewest, pair[0].fewest))
        more = f" and {gpus} GPUs more" if gpus else ""
        yield Refusal(
            f"{group.path}.pool",
            f"{group.pool} asked",
            f"{overlap.reason}, that takes {nodes} nodes{more}, pool {one.pool.name} grows to {limit}",
            f"set max_nodes={nodes} on pool {one.pool.name}, or {overlap.otherwise}",
        )


def _regretted(one: PoolFit) -> Iterator[Refusal]:
    """Groups that a pool can take away or that only the pool bounds."""
    for group in one.groups:
        if group.precious and one.pool.fleeting:
            yield Refusal(
                f"{group.path}.pool",
                f"{group.pool} asked",
                f"{one.pool.fleeting}, and what it runs is lost with it",
                "choose a pool whose nodes stay",
            )
        if group.precious and not group.pod.gpus and one.pool.allocatable.gpus:
            gpus = MEASURES["gpus"].asked(one.pool.allocatable.gpus)
            possible = f"without a GPU of its own it keeps a {one.pool.node_type} of {gpus} up as long as it lives"
            yield Refusal(f"{group.path}.pool", f"{group.pool} asked", possible, "choose a pool without GPUs")
        if group.most is None and one.pool.max_nodes is not None:
            possible = f"pool {one.pool.name} grows to {one.pool.max_nodes} nodes"
            yield Refusal(f"{group.path}.{group.most_field}", "no bound asked", possible, "set what the pool can hold")


def _stranded(one: PoolFit) -> Iterator[Refusal]:
    """GPUs that are paid for and that nobody can have."""
    stranded = one.gpus_stranded
    if not stranded:
        return
    asking = [group for group in one.groups if group.pod.gpus]
    node = one.pool.allocatable
    if not asking:
        first = one.groups[0]
        possible = f"none of its groups asks for any of the {node.gpus} GPUs of a {one.pool.node_type}"
        yield Refusal(f"{first.path}.pool", f"{first.pool} asked", possible, "choose a pool without GPUs")
        return
    pattern = max(one.at_most.patterns, key=lambda pattern: idle_gpus(one, pattern.pods)[0] * pattern.nodes)
    idle, room = idle_gpus(one, pattern.pods)
    group = min(asking, key=lambda group: group.pod.gpus)
    asked, there = group.pod.named(), room.named()
    short = next((name for name in MEASURES if asked[name] > there[name]), "gpus")
    yield Refusal(
        f"{group.path}.{MEASURES[short].field}",
        f"{MEASURES[short].asked(asked[short])} asked",
        f"beside the pods of a {one.pool.node_type} it leaves {idle} of {node.gpus} GPUs idle, "
        f"{stranded} in all at most replicas",
        _filled(one, group, short),
    )


def _filled(one: PoolFit, group: Group, resource: str) -> str:
    """What to ask for instead, so that the GPUs of a node are all used."""
    node, measure = one.pool.allocatable, MEASURES[resource]
    if resource == "gpus" and not group.per_node:
        even = [number for number in range(1, node.gpus + 1) if node.gpus % number == 0]
        return f"ask for {', '.join(map(str, even[:-1]))} or {even[-1]}, or add a group that takes the rest"
    if group.per_node:
        return f"ask for all {node.gpus}, or take out the anti-affinity that keeps its pods on nodes of their own"
    per_node = node.gpus // group.pod.gpus
    share = (node.named()[resource] // per_node) - group.beside.named()[resource]
    return f"ask for {measure.given(share)} or less, so that {per_node} fit a node"
