"""How a group of pods meets a pool of nodes, whoever made the pool."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from pydantic import Field
from rayform.spec.model import Count, Listed, Spec
from rayform.spec.names import LabelKey, LabelValue
from rayform.spec.quantity import Quantity

__all__ = ["Effect", "ExistingPool", "NodeTaint", "Pool", "Taint", "placed"]

Effect = Literal["NoSchedule", "PreferNoSchedule", "NoExecute"]
"""What a taint does to pods that do not tolerate it."""


class Taint(Protocol):
    """What keeps pods off a node unless they tolerate it."""

    @property
    def key(self) -> str:
        """The key of the taint."""
        ...

    @property
    def value(self) -> str | None:
        """The value of the taint; None has none."""
        ...

    @property
    def effect(self) -> Effect:
        """What the taint does."""
        ...


class Pool(Protocol):
    """A pool of like nodes, as far as pods care; amounts are what one node leaves to pods."""

    @property
    def name(self) -> str:
        """The name by which groups ask for the pool."""
        ...

    @property
    def node_type(self) -> str:
        """The kind of node, for messages: ``g5.12xlarge``."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """Labels that only its nodes have."""
        ...

    @property
    def taints(self) -> Sequence[Taint]:
        """Taints of its nodes."""
        ...

    @property
    def gpus(self) -> int:
        """GPUs of a node."""
        ...

    @property
    def gpu_resource(self) -> str:
        """The resource name of its GPUs: ``nvidia.com/gpu``."""
        ...

    @property
    def cpu(self) -> str | int | float | None:
        """CPUs of a node; None is not known."""
        ...

    @property
    def memory(self) -> str | int | float | None:
        """Memory of a node; None is not known."""
        ...

    @property
    def max_nodes(self) -> int | None:
        """The most nodes it grows to; None is not known."""
        ...


class NodeTaint(Spec):
    """A taint of a pool made elsewhere."""

    key: LabelKey
    """The key of the taint."""
    value: LabelValue | None = None
    """The value of the taint; None has none."""
    effect: Effect = "NoSchedule"
    """What the taint does."""


class ExistingPool(Spec):
    """A pool of nodes that exists already, told to rayform so that groups can ask for it."""

    name: str
    """The name by which groups ask for the pool."""
    node_type: str = "node of the pool"
    """The kind of node, for messages: ``g5.12xlarge``."""
    labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels that only its nodes have."""
    taints: Listed[NodeTaint] = ()
    """Taints of its nodes."""
    gpus: Count = 0
    """GPUs of a node."""
    gpu_resource: str = "nvidia.com/gpu"
    """The resource name of its GPUs."""
    cpu: Quantity | None = None
    """CPUs a node leaves to pods; None is not known, and then not checked."""
    memory: Quantity | None = None
    """Memory a node leaves to pods; None is not known, and then not checked."""
    max_nodes: Count | None = None
    """The most nodes it grows to; None is not known, and then not checked."""


class Asks(Protocol):
    """What may ask for a pool."""

    @property
    def pool(self) -> str | None:
        """The name of the pool; None asks for none."""
        ...


def placed(pod: Asks, pools: Mapping[str, Pool]) -> Pool | None:
    """The pool a pod asks for; None where it asks for none, or for one that is not there."""
    return None if pod.pool is None else pools.get(pod.pool)
