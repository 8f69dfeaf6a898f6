"""Pods that are to be put on nodes."""

from dataclasses import dataclass

from .resources import Resources

__all__ = ["Demand"]


@dataclass(frozen=True, slots=True)
class Demand:
    """Pods of one kind."""

    pod: Resources
    """What each asks."""
    count: int
    """How many there are."""
    per_node: int | None = None
    """The most of them that a node takes; None is as many as there is room for."""
