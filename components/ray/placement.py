"""How a group of pods meets a pool of nodes, whoever made the pool."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pydantic import Field
from rayform.fit.placement import GPU_RESOURCE, Architecture, Placement, Pool
from rayform.fit.resources import UNKNOWN, Resources
from rayform.fit.taint import Taint
from rayform.spec.model import Count, Flag, Listed, Spec
from rayform.spec.names import LabelKey, LabelValue
from rayform.spec.quantity import Quantity, millis, units
from rayform.spec.refusal import Refusal

__all__ = ["ExistingPool", "Pools", "by_name", "placed", "twins"]

Pools = Mapping[str, Placement]
"""Pools by name, as pods see them."""


class ExistingPool(Spec):
    """A pool of nodes that exists already, told to rayform so that groups can ask for it."""

    name: str
    """The name by which groups ask for the pool."""
    node_type: str = "node of the pool"
    """The kind of node, for messages: ``g5.12xlarge``."""
    architecture: Architecture | None = None
    """The processors' architecture; None is not known, and then images are not judged."""
    labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels that only its nodes have."""
    taints: Listed[Taint] = ()
    """Taints of its nodes."""
    gpus: Count = 0
    """GPUs of a node."""
    gpu_resource: str = GPU_RESOURCE
    """The resource name of its GPUs."""
    devices: Mapping[str, Count] | None = None
    """Other devices of a node by resource name, such as ``nvidia.com/mig-1g.5gb``, or its huge pages in bytes; None is
    not known, and then not checked."""
    cpu: Quantity | None = None
    """CPUs a node leaves to pods; None is not known, and then not checked."""
    memory: Quantity | None = None
    """Memory a node leaves to pods; None is not known, and then not checked."""
    nvme: Flag = False
    """Whether the pods' own files are on local NVMe disks, fit for spilled objects."""
    spot: Flag = False
    """Whether its nodes may be taken away at any time."""
    max_nodes: Count | None = None
    """The most nodes it grows to; None is not known, and then not checked."""

    @property
    def placement(self) -> Placement:
        """The pool as pods see it."""
        return Placement(
            name=self.name,
            node_type=self.node_type,
            allocatable=Resources(
                cpu_millis=UNKNOWN if self.cpu is None else millis(self.cpu),
                memory_bytes=UNKNOWN if self.memory is None else units(self.memory),
                gpus=self.gpus,
                efa=UNKNOWN,
                ephemeral_bytes=UNKNOWN,
                pods=UNKNOWN,
            ),
            architecture=self.architecture,
            labels=self.labels,
            more_resources=self.devices,
            taints=tuple(self.taints),
            gpu_resource=self.gpu_resource,
            nvme=self.nvme,
            fleeting=f"spot nodes of pool {self.name} are taken away at short notice" if self.spot else None,
            max_nodes=self.max_nodes,
        )


class Asks(Protocol):
    """What may ask for a pool."""

    @property
    def pool(self) -> str | None:
        """The name of the pool; None asks for none."""
        ...


def by_name(pools: Iterable[Pool]) -> dict[str, Placement]:
    """The pools as pods see them, by name."""
    return {pool.placement.name: pool.placement for pool in pools}


def twins(pools: Iterable[Pool]) -> Iterator[Refusal]:
    """Pools of one name that are not alike: groups could not tell them apart."""
    given = [pool.placement for pool in pools]
    found = {placement.name: placement for placement in given}
    for name in dict.fromkeys(each.name for each in given if found[each.name] != each):
        yield Refusal("pools", f"two called {name} asked", "groups ask for a pool by its name", "rename one")


def placed(pod: Asks, pools: Pools) -> Placement | None:
    """The pool a pod asks for; None where it asks for none, or for one that is not there."""
    return None if pod.pool is None else pools.get(pod.pool)
