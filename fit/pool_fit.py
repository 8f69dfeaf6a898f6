"""How many nodes of a pool its groups take, at least and at most, and what of them stays idle."""

from collections.abc import Sequence
from dataclasses import dataclass

from rayform.spec.refusal import Refusal

from .demand import Demand
from .group import Group
from .packing import Packing, pack
from .placement import Placement
from .resources import Resources

__all__ = ["PoolFit", "beyond", "idle_gpus", "overlapping", "pool_fit"]


@dataclass(frozen=True, slots=True)
class PoolFit:
    """A pool with the pods that want it; groups without bound are counted at the fewest."""

    pool: Placement
    """The pool."""
    groups: tuple[Group, ...]
    """The groups, in the order of the packings' pods."""
    at_least: Packing
    """The fewest pods of each on nodes."""
    at_most: Packing
    """The most pods of each on nodes."""

    @property
    def min_nodes(self) -> int:
        """Nodes with the fewest pods."""
        return max(self.pool.min_nodes, self.at_least.nodes)

    @property
    def max_nodes(self) -> int:
        """Nodes with the most pods, as far as the pool grows."""
        wanted = max(self.pool.min_nodes, self.at_most.nodes)
        return wanted if self.pool.max_nodes is None else min(wanted, self.pool.max_nodes)

    @property
    def gpus_used(self) -> int:
        """GPUs that pods have with the most pods, were the pool large enough."""
        return sum(_used(self.groups, pattern.pods).gpus * pattern.nodes for pattern in self.at_most.patterns)

    @property
    def gpus_stranded(self) -> int:
        """GPUs of those nodes that no further pod of any group could have."""
        return sum(idle_gpus(self, pattern.pods)[0] * pattern.nodes for pattern in self.at_most.patterns)

    @property
    def min_price_per_hour(self) -> float | None:
        """On-demand price of ``min_nodes``, in US dollars an hour; None is not known."""
        return _price(self.pool, self.min_nodes)

    @property
    def max_price_per_hour(self) -> float | None:
        """On-demand price of ``max_nodes``, in US dollars an hour; None is not known."""
        return _price(self.pool, self.max_nodes)


def pool_fit(pool: Placement, groups: Sequence[Group]) -> PoolFit:
    """The pool with groups of which every pod fits a node."""
    return PoolFit(pool, tuple(groups), at_least=_packed(pool, groups), at_most=_packed(pool, groups, most=True))


def overlapping(fit: PoolFit) -> tuple[int, int]:
    """Nodes, and GPUs more than usual, while there are several sets of the fewest pods of some groups."""
    sets = [group.overlap.sets if group.overlap else 1 for group in fit.groups]
    demands = [_demand(group, group.fewest * number) for group, number in zip(fit.groups, sets, strict=True)]
    more = sum(group.pod.gpus * group.fewest * (number - 1) for group, number in zip(fit.groups, sets, strict=True))
    return pack(demands, fit.pool.allocatable).nodes, more


def idle_gpus(fit: PoolFit, pods: Sequence[int]) -> tuple[int, Resources]:
    """GPUs that stay idle beside such pods since no further pod of any group fits, and the room there."""
    room = fit.pool.allocatable - _used(fit.groups, pods)
    usable = any(
        group.pod.gpus and room.covers(group.pod) and (group.per_node is None or number < group.per_node)
        for group, number in zip(fit.groups, pods, strict=True)
    )
    return (0 if usable else room.gpus), room


def beyond(fit: PoolFit, *, most: bool) -> Refusal | None:
    """More nodes than the pool grows to, with the smallest change that helps; with the most pods or the fewest."""
    nodes, limit = (fit.at_most if most else fit.at_least).nodes, fit.pool.max_nodes
    if limit is None or nodes <= limit:
        return None
    group = max(fit.groups, key=lambda one: (one.fewest_field is not None, _pods(one, most=most)))
    others = "with the pool's other groups " if len(fit.groups) > 1 else ""
    possible = f"{others}that takes {nodes} nodes, pool {fit.pool.name} grows to {limit}"
    raised = f"set max_nodes={nodes} on pool {fit.pool.name}"
    if group.fewest_field is None:
        return Refusal(f"{group.path}.pool", f"{group.pool} asked", possible, raised)
    replicas = _pods(group, most=most) // group.per_replica
    fitting = _replicas_that_fit(fit, group, most=most)
    lower = f"lower it to {fitting} or " if fitting else ""
    field = group.most_field if most else group.fewest_field
    return Refusal(f"{group.path}.{field}", f"{replicas} asked", possible, f"{lower}{raised}")


def _packed(pool: Placement, groups: Sequence[Group], *, most: bool = False) -> Packing:
    return pack([_demand(group, _pods(group, most=most)) for group in groups], pool.allocatable)


def _demand(group: Group, count: int) -> Demand:
    return Demand(group.pod, count, group.per_node)


def _replicas_that_fit(fit: PoolFit, group: Group, *, most: bool) -> int:
    """The most replicas of a group with which all groups fit the pool, by halving."""
    low, high = 0, _pods(group, most=most) // group.per_replica
    while low < high:
        middle = (low + high + 1) // 2
        demands = [
            _demand(one, middle * one.per_replica if one is group else _pods(one, most=most)) for one in fit.groups
        ]
        if pack(demands, fit.pool.allocatable).nodes <= (fit.pool.max_nodes or 0):
            low = middle
        else:
            high = middle - 1
    return low


def _pods(group: Group, *, most: bool) -> int:
    return group.most if most and group.most is not None else group.fewest


def _used(groups: Sequence[Group], pods: Sequence[int]) -> Resources:
    return sum((group.pod * number for group, number in zip(groups, pods, strict=True)), Resources())


def _price(pool: Placement, nodes: int) -> float | None:
    return None if pool.price_per_hour is None else pool.price_per_hour * nodes
