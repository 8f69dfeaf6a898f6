"""Amounts of what nodes offer and pods ask, in the units the Kubernetes scheduler counts in."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final, Self

__all__ = ["EFA_RESOURCE", "GIB", "MIB", "NOTHING", "UNKNOWN", "Resources"]

MIB: Final = 1024**2
"""Bytes of a MiB."""
GIB: Final = 1024**3
"""Bytes of a GiB."""
UNKNOWN: Final = 2**62
"""An amount of a node that nobody told: more than any pod asks, so that it is never judged."""
EFA_RESOURCE: Final = "vpc.amazonaws.com/efa"
"""The resource name of EFA interfaces."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a node offers, or a pod asks."""

    cpu_millis: int = 0
    """Thousandths of a CPU."""
    memory_bytes: int = 0
    """Memory, in bytes."""
    gpus: int = 0
    """GPUs, whole or shared, by the pool's resource name."""
    efa: int = 0
    """EFA interfaces."""
    ephemeral_bytes: int = 0
    """Ephemeral storage, in bytes."""
    pods: int = 0
    """Pods: how many a node takes; one for a pod."""

    def vector(self) -> tuple[int, ...]:
        """The amounts in the order of the fields."""
        return _vector(self)

    def named(self) -> dict[str, int]:
        """The amounts by field."""
        return dict(zip(_NAMES, self.vector(), strict=True))

    def covers(self, asked: "Resources") -> bool:
        """Whether nothing asked is more than there is."""
        return all(there >= wanted for there, wanted in zip(self.vector(), asked.vector(), strict=True))

    def __add__(self, other: Self) -> "Resources":
        return Resources(*(mine + theirs for mine, theirs in zip(self.vector(), other.vector(), strict=True)))

    def __sub__(self, other: Self) -> "Resources":
        return Resources(*(mine - theirs for mine, theirs in zip(self.vector(), other.vector(), strict=True)))

    def __mul__(self, times: int) -> "Resources":
        return Resources(*(mine * times for mine in self.vector()))


# Asked for a thousand times of each stack: dataclasses' own astuple copies, for twenty times the time.
_NAMES: Final = tuple(each.name for each in fields(Resources))
_vector: Final[Callable[[Resources], tuple[int, ...]]] = attrgetter(*_NAMES)

NOTHING: Final = Resources()
"""What asks for nothing asks."""
