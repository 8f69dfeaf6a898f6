"""A pool as pods see it: all that a group of pods needs to know to meet it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from .resources import Resources
from .taint import Taint

__all__ = ["GPU_RESOURCE", "Architecture", "Placement", "Pool"]

GPU_RESOURCE = "nvidia.com/gpu"
"""The resource name of GPUs where nobody says otherwise."""

Architecture = Literal["x86_64", "arm64"]
"""The architecture of processors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A pool of like nodes, as far as pods care."""

    name: str
    """The name by which groups ask for the pool."""
    node_type: str
    """The kind of node, for messages: ``g5.12xlarge``."""
    allocatable: Resources
    """What one node leaves to pods; GPUs count shares of GPUs where pods share them."""
    architecture: Architecture | None = None
    """The processors' architecture; None is not known."""
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels that only its nodes have."""
    more_labels: Mapping[str, Collection[str]] | None = None
    """The values that further labels of its nodes may have, by key; then a label that is not here is not there, unless
    its domain is one that others write. None knows nothing of further labels."""
    more_resources: Mapping[str, int] | None = None
    """What one node leaves of resources that ``allocatable`` has no field for, by name; None is not known."""
    taints: tuple[Taint, ...] = ()
    """Taints of its nodes."""
    gpu_resource: str = GPU_RESOURCE
    """The resource name of its GPUs."""
    gpu_model: str | None = None
    """Their model; None has none, or is not known."""
    shared_in_turns: bool = False
    """Whether pods share its GPUs in turns, and then get one each."""
    nvme: bool = False
    """Whether the pods' own files are on local NVMe disks, fit for spilled objects."""
    fleeting: str | None = None
    """Why its nodes may go while pods run on them, in words; None is that they stay."""
    min_nodes: int = 0
    """The fewest nodes it has."""
    max_nodes: int | None = None
    """The most nodes it grows to; None is not known."""
    price_per_hour: float | None = None
    """On-demand price of a node, in US dollars an hour; None is not known."""


class Pool(Protocol):
    """A pool of nodes, whoever made it."""

    @property
    def placement(self) -> Placement:
        """The pool as pods see it."""
        ...
