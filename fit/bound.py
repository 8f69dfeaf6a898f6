"""How few nodes could hold the pods at best: bounds that no packing beats.

Volume and dual feasible functions for each resource (Fekete and Schepers, "New Classes of Fast Lower Bounds for Bin
Packing Problems", 2001), and pods of which no two share a node.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from .demand import Demand
from .resources import Resources

__all__ = ["fewest_nodes"]

STEPS: Final = 12
"""How finely the dual feasible functions round; more change nothing for pods of a twelfth of a node and above."""


def fewest_nodes(demands: Sequence[Demand], node: Resources) -> int:
    """A number of nodes that every packing of these pods needs at least."""
    asked = [demand for demand in demands if demand.count]
    if not asked:
        return 0
    needs = [demand.pod.vector() for demand in asked]
    volumes = (
        volume
        for axis, room in enumerate(node.vector())
        if room
        for volume in _volumes([(need[axis], demand.count) for need, demand in zip(needs, asked, strict=True)], room)
    )
    return max(1, _apart(asked, node), *(_whole(each.count, each.per_node or each.count) for each in asked), *volumes)


def _volumes(needs: Sequence[tuple[int, int]], room: int) -> Iterator[int]:
    """Nodes for the needs of one resource, with their counts: plain, and rounded so that what fits still fits."""
    yield _whole(sum(need * count for need, count in needs), room)
    for steps in range(1, STEPS + 1):
        yield _rounded(needs, room, steps)
    for least in {need for need, _ in needs if 0 < need <= room // 2}:
        yield _cut(needs, room, least)


def _rounded(needs: Sequence[tuple[int, int]], room: int, steps: int) -> int:
    """By the function u: multiples of 1/(steps + 1) of a node stay, other shares go down to multiples of 1/steps."""
    exact = down = 0
    for need, count in needs:
        multiple, rest = divmod(need * (steps + 1), room)
        if rest:
            down += multiple * count
        else:
            exact += need * count
    return _whole(exact * steps + down * room, room * steps)


def _cut(needs: Sequence[tuple[int, int]], room: int, least: int) -> int:
    """By the function U: what leaves less than ``least`` fills the node, what is smaller than that counts nothing."""
    filled = sum((room if need > room - least else need) * count for need, count in needs if need >= least)
    return _whole(filled, room)


def _whole(amount: int, room: int) -> int:
    return -(-amount // room)


def _apart(demands: Sequence[Demand], node: Resources) -> int:
    """Pods of kinds of which no two, alike or not, share a node; chosen greedily, most pods first."""
    chosen: list[Demand] = []
    for demand in sorted(demands, key=lambda one: one.count, reverse=True):
        if all(not node.covers(demand.pod + other.pod) for other in (demand, *chosen)):
            chosen.append(demand)
    return sum(demand.count for demand in chosen)
