"""One changed field, and what it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Change", "Edit", "Effect"]


class Effect(StrEnum):
    """What the operator does with a change, mildest first."""

    LIVE = "applied live"
    NEW_PODS = "only to new pods"
    RECREATES = "recreates pods"
    SECOND_CLUSTER = "second cluster"
    IGNORED = "ignored until re-created"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two manifests."""

    path: tuple[str, ...]
    """The steps to the field; items of lists by name, in brackets."""
    before: Any
    """What it was, or ``ABSENT``."""
    after: Any
    """What it is to be, or ``ABSENT``."""
    spec: Mapping[str, Any]
    """The whole new spec."""

    def __str__(self) -> str:
        return ".".join(self.path).replace(".[", "[")

    def does(self, effect: Effect, why: str) -> "Edit":
        """The edit that this change amounts to."""
        return Edit(str(self), effect, why)


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed field and what follows from it."""

    path: str
    """The field in the manifest; list items by name: ``spec.workerGroupSpecs[gpu].template``; empty for the whole."""
    effect: Effect
    """What the operator does."""
    why: str
    """The reason, and where the effect is not what was meant, the way out."""

    def __str__(self) -> str:
        return f"{self.path}: {self.effect}; {self.why}" if self.path else f"{self.effect}; {self.why}"
