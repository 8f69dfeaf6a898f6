"""One changed field, and what it does."""

from dataclasses import dataclass, field
from enum import StrEnum

from ..rules.view import Path
from .difference import Difference

__all__ = ["Edit", "Effect", "does"]


class Effect(StrEnum):
    """What the operator does with a change, mildest first."""

    LIVE = "applied live"
    NEW_PODS = "only to new pods"
    RECREATES = "recreates pods"
    SECOND_CLUSTER = "second cluster"
    IGNORED = "ignored until re-created"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed field and what follows from it."""

    path: str
    """The field in the manifest; list items by name: ``spec.workerGroupSpecs[gpu].template``; empty for the whole."""
    effect: Effect
    """What the operator does."""
    why: str
    """The reason, and where the effect is not what was meant, the way out."""
    place: Path = field(default=(), compare=False)
    """The same field by number: in the new manifest, or in the old one where the new one lacks it."""

    def __str__(self) -> str:
        return f"{self.path}: {self.effect}; {self.why}" if self.path else f"{self.effect}; {self.why}"


def does(change: Difference, effect: Effect, why: str) -> Edit:
    """The edit that a change amounts to."""
    return Edit(".".join(change.path).replace(".[", "["), effect, why, change.place)
