"""How many nodes of a pool its groups take, at least and at most, and what of them stays idle."""

from collections.abc import Sequence
from dataclasses import dataclass

from rayform.spec.refusal import Refusal

from ..pools import Placement
from ..resources import Resources
from .demand import Demand
from .group import Group
from .packing import Packing, pack

__all__ = ["PoolFit", "idle_gpus", "pool_fit", "too_many"]


@dataclass(frozen=True, slots=True)
class PoolFit:
    """A pool with the pods that want it; groups without bound are counted at the least."""

    pool: Placement
    """The pool."""
    groups: tuple[Group, ...]
    """The groups, in the order of the packings' pods."""
    at_least: Packing
    """The fewest replicas of each on nodes."""
    at_most: Packing
    """The most replicas of each on nodes."""

    @property
    def min_nodes(self) -> int:
        """Nodes with the fewest replicas."""
        return max(self.pool.min_nodes, self.at_least.nodes)

    @property
    def max_nodes(self) -> int:
        """Nodes with the most replicas."""
        return max(self.pool.min_nodes, self.at_most.nodes)

    @property
    def gpus_used(self) -> int:
        """GPUs that pods have with the most replicas."""
        return sum(_used(self.groups, pattern.pods).gpus * pattern.nodes for pattern in self.at_most.patterns)

    @property
    def gpus_stranded(self) -> int:
        """GPUs of those nodes that no further pod of any group could have."""
        return sum(
            idle * pattern.nodes for pattern in self.at_most.patterns if (idle := idle_gpus(self, pattern.pods)[0])
        )

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
    return PoolFit(
        pool,
        tuple(groups),
        at_least=pack([Demand(group.pod, _pods(group, most=False)) for group in groups], pool.allocatable),
        at_most=pack([Demand(group.pod, _pods(group, most=True)) for group in groups], pool.allocatable),
    )


def idle_gpus(fit: PoolFit, pods: Sequence[int]) -> tuple[int, Resources]:
    """GPUs that stay idle beside such pods since no further pod of any group fits, and the room there."""
    room = fit.pool.allocatable - _used(fit.groups, pods)
    usable = any(group.pod.gpus and room.covers(group.pod) for group in fit.groups)
    return (0 if usable else room.gpus), room


def too_many(fit: PoolFit) -> Refusal | None:
    """More nodes than the pool grows to, with the smallest change that helps."""
    if fit.at_most.nodes <= fit.pool.max_nodes:
        return None
    group = max(fit.groups, key=lambda one: _pods(one, most=True))
    beside = "beside the pool's other groups " if len(fit.groups) > 1 else ""
    fitting = _most_replicas(fit, group)
    lower = f"lower it to {fitting}, or " if fitting else ""
    return Refusal(
        f"{group.path}.max_replicas",
        f"{group.max_replicas} asked",
        f"{beside}they need {fit.at_most.nodes} nodes, pool {fit.pool.name} grows to {fit.pool.max_nodes}",
        f"{lower}set max_nodes={fit.at_most.nodes} on pool {fit.pool.name}",
    )


def _most_replicas(fit: PoolFit, group: Group) -> int:
    """The most replicas of a group with which all groups fit the pool, by halving."""
    low, high = 0, group.max_replicas or 0
    while low < high:
        middle = (low + high + 1) // 2
        demands = [
            Demand(one.pod, middle * one.pods_per_replica if one is group else _pods(one, most=True))
            for one in fit.groups
        ]
        if pack(demands, fit.pool.allocatable).nodes <= fit.pool.max_nodes:
            low = middle
        else:
            high = middle - 1
    return low


def _pods(group: Group, *, most: bool) -> int:
    replicas = group.max_replicas if most and group.max_replicas is not None else group.min_replicas
    return replicas * group.pods_per_replica


def _used(groups: Sequence[Group], pods: Sequence[int]) -> Resources:
    return sum((group.pod * number for group, number in zip(groups, pods, strict=True)), Resources())


def _price(pool: Placement, nodes: int) -> float | None:
    return None if pool.price_per_hour is None else pool.price_per_hour * nodes
