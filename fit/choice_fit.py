"""Whether a pod's own choice of nodes lets it onto those of its pool: labels, taints, places, and rarer resources."""

from collections.abc import Iterator
from typing import Final

from rayform.spec.refusal import Refusal

from .group import Group
from .manifest import items
from .placement import Placement
from .selection import Unmet, possible, unmet_affinity, unmet_selector
from .taint import Taint
from .toleration import untolerated

__all__ = ["choice_refusals"]

MAKERS: Final = ("hugepages-", "nvidia.com/", "amd.com/", "gpu.intel.com/", "google.com/", "aws.amazon.com/")
"""What names of resources begin with that a pool tells of; others are of devices that somebody may have plugged in."""


def choice_refusals(group: Group, pool: Placement) -> Iterator[Refusal]:
    """Why no node of the pool may take such a pod, though there be room."""
    yield from _more(group, pool)
    if not group.spec:
        return
    for unmet in unmet_selector(group.spec, pool):
        yield _unmet(f"{group.path}.node_selector[{unmet.key}]", unmet.required, unmet, pool)
    if missed := unmet_affinity(group.spec, pool):
        yield _unmet(f"{group.path}.affinity", f"{missed.key} {missed.required}", missed, pool)
    for taint in untolerated(group.spec, pool):
        possible_there = f"nodes of pool {pool.name} keep off what does not tolerate it"
        yield Refusal(f"{group.path}.tolerations", f"none asked for {_said(taint)}", possible_there, "add one for it")
    yield from _spread(group, pool)


def _unmet(path: str, asked: str, unmet: Unmet, pool: Placement) -> Refusal:
    # A label that the pool's nodes are known for not having is not the pool's to give.
    addable = not unmet.there and unmet.key not in (pool.more_labels or {})
    other = f"add it to the labels of pool {pool.name}" if addable else "choose a pool whose nodes have it"
    there = f"nodes of pool {pool.name} have {unmet.there or 'no such label'}"
    return Refusal(path, f"{asked} asked", there, f"take it out, or {other}")


def _spread(group: Group, pool: Placement) -> Iterator[Refusal]:
    """Places by a label that no node has: such nodes are nowhere, and take no pod that must be spread."""
    for index, each in enumerate(items(group.spec, "topologySpreadConstraints")):
        key = str(each.get("topologyKey"))
        there = possible(pool, key)
        if each.get("whenUnsatisfiable") != "ScheduleAnyway" and there is not None and not there:
            path = f"{group.path}.topology_spread_constraints[{index}].topology_key"
            yield _unmet(path, key, Unmet(key, "", ""), pool)


def _more(group: Group, pool: Placement) -> Iterator[Refusal]:
    """Resources that nodes of the pool have not, or not enough of."""
    if pool.more_resources is None:
        return
    for name, asked in group.more.items():
        if name not in pool.more_resources and not name.startswith(MAKERS):
            continue
        there = pool.more_resources.get(name, 0)
        if asked > there:
            possible_there = f"a {pool.node_type} of pool {pool.name} gives {there or 'none'}"
            remedy = f"lower it to {there}" if there else "take it out"
            more = f"{remedy}, or choose a pool whose nodes have it"
            yield Refusal(f"{group.path}.accelerators[{name}]", f"{asked} asked", possible_there, more)


def _said(taint: Taint) -> str:
    return f"{taint.key}{f'={taint.value}' if taint.value else ''}:{taint.effect}"
