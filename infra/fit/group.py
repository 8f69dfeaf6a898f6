"""Pods that want a pool."""

from dataclasses import dataclass

from ..resources import Resources

__all__ = ["Group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Like pods that ask for a pool, whoever describes them."""

    path: str
    """Where they are described, for messages: ``RayCluster train: workers[gpu]``."""
    pool: str
    """The name of the pool."""
    pod: Resources
    """What each pod asks, ``pods`` being 1."""
    min_replicas: int = 0
    """The fewest there are."""
    max_replicas: int | None
    """The most there are; None is without bound."""
    pods_per_replica: int = 1
    """Pods of each replica."""
    precious: bool = False
    """Whether losing one of them loses the whole, as with a head."""
