"""One changed field, and what it does."""

from dataclasses import dataclass
from enum import StrEnum

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
    """The reason, and where the effect is not what was meant, the way out; in the words of the spec."""
    field: str = ""
    """The same field in the words of the spec that made the manifest: ``workers[gpu].image``."""

    def __str__(self) -> str:
        return f"{self.path}: {self.effect}; {self.why}" if self.path else f"{self.effect}; {self.why}"


def does(change: Difference, effect: Effect, why: str) -> Edit:
    """The edit that a change amounts to."""
    return Edit(".".join(change.path).replace(".[", "["), effect, why)
