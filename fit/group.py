"""Pods that want a pool."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .apart import per_node
from .resources import NOTHING, Resources

__all__ = ["Group", "Overlap"]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Why there is more than one set of the same pods for a while."""

    sets: int
    """How many sets there are then."""
    reason: str
    """Why, in words."""
    otherwise: str
    """What happens where they have no room, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Like pods that ask for a pool, whoever describes them."""

    path: str
    """Where they are described, for messages: ``workers[gpu]``."""
    pool: str
    """The name of the pool."""
    pod: Resources
    """What each pod asks, ``pods`` being 1."""
    spec: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The pod's spec in Kubernetes' own form, for what it selects and tolerates; empty is not judged for that."""
    labels: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The pod's labels, as far as they are known."""
    more: Mapping[str, int] = field(default_factory=dict[str, int])
    """What each pod asks of resources that ``pod`` has no field for, by name."""
    beside: Resources = NOTHING
    """What of it containers ask that the author did not describe there: sidecars, and what an operator adds."""
    fewest: int = 0
    """The fewest pods there are once the group is up."""
    most: int | None = None
    """The most pods there ever are; None is without bound."""
    per_replica: int = 1
    """Pods of each replica."""
    fewest_field: str | None = None
    """The field that says how few replicas there are; None is a pod that cannot be more or fewer."""
    most_field: str = "max_replicas"
    """The field that says how many there are at most."""
    overlap: Overlap | None = None
    """Why there are more sets of the pods for a while; None never has more than one."""
    precious: bool = False
    """Whether losing one of them loses the whole, as with a head."""

    @property
    def per_node(self) -> int | None:
        """The most of its pods that a node takes beside each other; None is as many as there is room for."""
        return per_node(self.spec, self.labels)

    def of(self, subject: str) -> "Group":
        """The group, with the object it belongs to in its path."""
        return replace(self, path=f"{subject}: {self.path}")
