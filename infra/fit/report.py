"""Everything that is to be said about groups and the pools they want."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rayform.spec.refusal import Refusal

from ..pools import Placement
from .group import Group
from .pod_fit import FIELDS, pod_refusals
from .pool_fit import PoolFit, idle_gpus, pool_fit, too_many

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
    refusals.extend(refusal for one in fits if (refusal := too_many(one)))
    warnings = tuple(warning for one in fits for warning in (*_stranded(one), *_regretted(one)))
    return Fit(fits, tuple(refusals), warnings)


def _group_refusals(group: Group, pools: Mapping[str, Placement]) -> Iterator[Refusal]:
    if group.pool in pools:
        yield from pod_refusals(group, pools[group.pool])
    else:
        known = ", ".join(sorted(pools)) or "none"
        yield Refusal(f"{group.path}.pool", f"{group.pool} asked", f"there are {known}", "choose one of these")


def _regretted(one: PoolFit) -> Iterator[Refusal]:
    """Groups that a pool can take away or that no pool can bound."""
    for group in one.groups:
        if group.precious and one.pool.interruptible:
            possible = f"AWS takes spot nodes of pool {one.pool.name} away with two minutes' notice"
            yield Refusal(f"{group.path}.pool", f"{group.pool} asked", possible, "choose a pool of another capacity")
        if group.max_replicas is None:
            possible = f"pool {one.pool.name} grows to {one.pool.max_nodes} nodes"
            yield Refusal(f"{group.path}.max_replicas", "no bound asked", possible, "set what the pool can hold")


def _stranded(one: PoolFit) -> Iterator[Refusal]:
    """GPUs that are paid for and that nobody can have."""
    if not one.gpus_stranded:
        return
    asking = [group for group in one.groups if group.pod.gpus]
    if not asking:
        first = one.groups[0]
        possible = f"none of its groups asks for any of the {one.pool.gpus} GPUs of a {one.pool.node_type}"
        yield Refusal(f"{first.path}.pool", f"{first.pool} asked", possible, "choose a pool without GPUs")
        return
    pattern = max(one.at_most.patterns, key=lambda pattern: idle_gpus(one, pattern.pods)[0] * pattern.nodes)
    idle, room = idle_gpus(one, pattern.pods)
    group = min(asking, key=lambda group: group.pod.gpus)
    short = next((name for name in FIELDS if getattr(group.pod, name) > getattr(room, name)), "gpus")
    field, said = FIELDS[short]
    needed = getattr(group.pod, short)
    yield Refusal(
        f"{group.path}.{field}",
        f"{said(needed)} asked",
        f"beside the pods of a {one.pool.node_type} it leaves {idle} of {one.pool.gpus} GPUs idle, "
        f"{one.gpus_stranded} in all at most replicas",
        _filled(one, group, short),
    )


def _filled(one: PoolFit, group: Group, resource: str) -> str:
    """What to ask for instead, so that the GPUs of a node are all used."""
    node, (_, said) = one.pool.allocatable, FIELDS[resource]
    if resource == "gpus":
        even = [number for number in range(1, node.gpus + 1) if node.gpus % number == 0]
        return f"ask for {', '.join(map(str, even[:-1]))} or {even[-1]}, or add a group that takes the rest"
    per_node = node.gpus // group.pod.gpus
    return f"ask for {said(getattr(node, resource) // per_node)} or less, so that {per_node} fit a node"
