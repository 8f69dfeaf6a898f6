"""What simulated AWS asks of the Kubernetes cluster behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..nodes.wanted import WantedNode


@dataclass(frozen=True)
class Plane:
    """Where a cluster's API server is.

    Attributes:
        endpoint: its URL.
        authority: its certificate authority, PEM in base64.
    """

    endpoint: str
    authority: str


class Fleet(Protocol):
    """A control plane, and the nodes in it that are instances."""

    def plane(self) -> Plane:
        """Where it is."""
        ...

    def want(self, group: str, machines: Sequence[WantedNode]) -> None:
        """Let exactly these be the nodes of ``group`` from now on."""
        ...

    def ready(self, group: str) -> bool:
        """Whether the nodes of ``group`` are as they were last wanted."""
        ...

    def nodes(self, group: str) -> int:
        """How many nodes of ``group`` are ready."""
        ...

    def admit(self, cluster: str, others: Sequence[str]) -> None:
        """Refuse a new cluster beside ``others`` with an :class:`AwsError`, where there can be no more."""
        ...

    def forget(self, cluster: str) -> None:
        """Let nothing of ``cluster`` be left."""
        ...

    def left(self) -> Sequence[str]:
        """What is in it that no control plane brings: kind and name of each."""
        ...

    def token(self) -> str:
        """A bearer token of an administrator."""
        ...


@dataclass
class Imagined:
    """A fleet without Kubernetes: its nodes are ready when they are wanted; for tests and for AWS alone."""

    groups: dict[str, tuple[WantedNode, ...]] = field(default_factory=dict[str, tuple[WantedNode, ...]])

    def plane(self) -> Plane:
        """An address where nobody listens, under an authority that never signed."""
        return Plane("https://127.0.0.1:1", "bm9ib2R5")

    def want(self, group: str, machines: Sequence[WantedNode]) -> None:
        """Remember them."""
        self.groups[group] = tuple(machines)

    def ready(self, group: str) -> bool:
        """Always."""
        del group
        return True

    def nodes(self, group: str) -> int:
        """All that are wanted."""
        return len(self.groups.get(group, ()))

    def admit(self, cluster: str, others: Sequence[str]) -> None:
        """Any number of clusters."""

    def forget(self, cluster: str) -> None:
        """Forget its groups."""
        self.groups = {key: wanted for key, wanted in self.groups.items() if not key.startswith(f"{cluster}.")}

    def left(self) -> Sequence[str]:
        """Its nodes."""
        return [f"Node {machine.name}" for machines in self.groups.values() for machine in machines]

    def token(self) -> str:
        """One that opens nothing."""
        return "nobody"
