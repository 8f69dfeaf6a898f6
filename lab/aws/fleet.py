"""What simulated AWS asks of the Kubernetes cluster behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True)
class Door:
    """Something in the control plane that is reached through a load balancer.

    Attributes:
        kind: ``Service`` or ``Ingress``.
        namespace: its namespace.
        name: its name.
        uid: its uid.
        wanted: whether it is to have one.
        held: whether it stays until that has gone.
    """

    kind: str
    namespace: str
    name: str
    uid: str
    wanted: bool = True
    held: bool = True


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

    def doors(self) -> Sequence[Door]:
        """What has a load balancer or wants one."""
        ...

    def open(self, door: Door, hostname: str) -> None:
        """Say where ``door`` is reached, and hold it until it is closed."""
        ...

    def close(self, door: Door) -> None:
        """Let ``door`` go."""
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
    exposed: list[Door] = field(default_factory=list[Door])
    reached: dict[str, str] = field(default_factory=dict[str, str])

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

    def doors(self) -> Sequence[Door]:
        """Those that a test put there."""
        return tuple(self.exposed)

    def open(self, door: Door, hostname: str) -> None:
        """Remember where."""
        self.reached[door.name] = hostname
        self.exposed[self.exposed.index(door)] = replace(door, held=True)

    def close(self, door: Door) -> None:
        """Forget it."""
        self.exposed.remove(door)
        self.reached.pop(door.name, None)

    def left(self) -> Sequence[str]:
        """Its nodes."""
        return [f"Node {machine.name}" for machines in self.groups.values() for machine in machines]

    def token(self) -> str:
        """One that opens nothing."""
        return "nobody"
