"""What the lab asks of its nodes, real or simulated."""

from dataclasses import dataclass
from typing import Protocol

from ..controlplane import ControlPlane
from ..progress import Progress


@dataclass(frozen=True)
class Ground:
    """Where the nodes want the control plane to stand.

    Attributes:
        address: what the API server listens on, reachable by the host and by the nodes' pods.
        netns: the network namespace of the control plane's processes, None for the host's own.
    """

    address: str = "127.0.0.1"
    netns: str | None = None


class NodeProvider(Protocol):
    """Makes nodes in one lab. Every method may be called again, and from any half-made state."""

    def prepare(self, progress: Progress) -> Ground:
        """Make what must be there before the control plane: networks, packages."""
        ...

    def up(self, plane: ControlPlane, progress: Progress) -> None:
        """Make the nodes join ``plane`` and be ready."""
        ...

    def down(self, progress: Progress) -> None:
        """End all of it, also when the control plane is dead already."""
        ...

    def components(self) -> tuple[str, ...]:
        """The processes that run while the nodes are up, in the order of their start."""
        ...
