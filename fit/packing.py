"""Puts pods on as few nodes as it can find, and says below how many nobody can go.

Nodes of a pool are alike, and pods come in few kinds with many copies: whole patterns of a node are made and repeated,
so that the time depends on the kinds and not on the number of pods.

Heuristic: of the kinds that fit, the one whose needs point where the node has room and the pods are many (dot product,
Panigrahy and others, "Heuristics for Vector Bin Packing", Microsoft Research 2011), with several weights and starts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import gt, mul, sub
from typing import Final, TypeAlias

from .bound import fewest_nodes
from .demand import Demand
from .resources import Resources

__all__ = ["Packing", "Pattern", "TooLargeError", "pack"]

EXPONENTS: Final = (0.0, 0.5, 1.0, 2.0)
"""How strongly a resource counts that the pods need much of: each is tried, then each resource alone."""

Vector: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Nodes that hold the same pods."""

    pods: tuple[int, ...]
    """Pods of each kind, in the order of the demands, on one such node."""
    nodes: int
    """How many such nodes there are."""


@dataclass(frozen=True, slots=True)
class Packing:
    """Pods on nodes."""

    patterns: tuple[Pattern, ...]
    """The nodes, by what they hold."""

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return sum(pattern.nodes for pattern in self.patterns)


class TooLargeError(ValueError):
    """A pod that fits no empty node."""

    def __init__(self, demand: Demand, node: Resources) -> None:
        self.demand = demand
        """What does not fit."""
        self.node = node
        """What an empty node has."""
        super().__init__(f"a pod of {demand.pod} does not fit a node of {node}")


def pack(demands: Sequence[Demand], node: Resources) -> Packing:
    """The best packing found of all the pods on nodes that each have ``node``."""
    for demand in demands:
        if demand.count and not node.covers(demand.pod):
            raise TooLargeError(demand, node)
    problem, least = _Problem(demands, node), fewest_nodes(demands, node)
    best: Packing | None = None
    for weights, first in product(problem.weights(), (True, False)):
        packing = problem.packed(weights, largest_first=first)
        best = packing if best is None or packing.nodes < best.nodes else best
        if best.nodes == least:
            break
    return best or Packing(())


class _Problem:
    """Needs as shares of a node, over the resources that are needed at all."""

    def __init__(self, demands: Sequence[Demand], node: Resources) -> None:
        counts = [demand.count for demand in demands]
        needs = [demand.pod.vector() for demand in demands]
        used = [axis for axis, room in enumerate(node.vector()) if room and any(need[axis] for need in needs)]
        self.counts = counts
        self.per_node = [demand.count if demand.per_node is None else demand.per_node for demand in demands]
        # Whole numbers: a node that is exactly full must not overflow by a rounding.
        self.needs = [tuple(need[axis] for axis in used) for need in needs]
        self.node = tuple(node.vector()[axis] for axis in used)
        self.shares = [tuple(part / whole for part, whole in zip(need, self.node, strict=True)) for need in self.needs]

    def weights(self) -> Iterator[Vector]:
        totals = [
            sum(share[axis] * count for share, count in zip(self.shares, self.counts, strict=True))
            for axis in range(len(self.node))
        ]
        for exponent in EXPONENTS:
            yield tuple(total**exponent for total in totals)
        for axis in range(len(totals)):
            yield tuple(float(axis == other) for other in range(len(totals)))

    def packed(self, weights: Vector, *, largest_first: bool) -> Packing:
        left, patterns = list(self.counts), list[Pattern]()
        while any(left):
            pods = self._filled(left, weights, largest_first=largest_first)
            nodes = min(left[kind] // number for kind, number in enumerate(pods) if number)
            patterns.append(Pattern(pods, nodes))
            left = [count - number * nodes for count, number in zip(left, pods, strict=True)]
        return Packing(tuple(patterns))

    def _filled(self, left: Sequence[int], weights: Vector, *, largest_first: bool) -> tuple[int, ...]:
        """Pods of each kind on one more node."""
        room, waiting = list(self.node), [min(pair) for pair in zip(left, self.per_node, strict=True)]
        pods = [0] * len(waiting)
        fitting = [kind for kind, count in enumerate(waiting) if count]
        kind = max(fitting, key=self._size) if largest_first else None
        while kind is not None or (kind := self._next(room, fitting, weights)) is not None:
            pods[kind] += 1
            room = [*map(sub, room, self.needs[kind])]
            # Room only shrinks: what does not fit now is never asked again.
            fitting = [
                each for each in fitting if pods[each] < waiting[each] and not any(map(gt, self.needs[each], room))
            ]
            kind = None
        return tuple(pods)

    def _next(self, room: Sequence[int], fitting: Sequence[int], weights: Vector) -> int | None:
        """The kind, of those that fit, that points where there is room."""
        free = [weight * there / whole for weight, there, whole in zip(weights, room, self.node, strict=True)]
        return max(fitting, key=lambda kind: sum(map(mul, free, self.shares[kind])), default=None)

    def _size(self, kind: int) -> float:
        return max(self.shares[kind], default=0.0)
