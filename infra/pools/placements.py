"""A pool as pods see it: what a group of pods needs to know to meet it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..instances import Architecture
from ..resources import Resources
from .nodes import Node, node
from .spec import NodePoolSpec, PoolSpec
from .taint import GPU_TAINT, Taint

__all__ = ["GPU_RESOURCE", "LABEL_DOMAIN", "Placement", "labels", "placement", "taints"]

GPU_RESOURCE: Final = "nvidia.com/gpu"
"""The resource name of whole, sliced and cut-up GPUs alike (MIG strategy ``single``)."""

LABEL_DOMAIN: Final = "rayform"
"""The domain of the labels that a pool gives to its nodes."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A pool of like nodes, as far as pods care; amounts are what one node leaves to pods."""

    name: str
    """The name by which groups ask for the pool."""
    node_type: str
    """The kind of node, for messages: ``g5.12xlarge``."""
    architecture: Architecture
    """The processors' architecture."""
    labels: Mapping[str, str]
    """Labels that only its nodes have."""
    taints: tuple[Taint, ...]
    """Taints of its nodes."""
    gpus: int
    """GPUs of a node, counting shares of GPUs where pods share them."""
    max_gpus_per_pod: int
    """The most of them that one pod gets."""
    gpu_resource: str
    """The resource name of its GPUs."""
    gpu_model: str | None
    """Their model; None has none."""
    efa: int
    """EFA interfaces of a node."""
    cpu: str
    """CPUs of a node, as a Kubernetes quantity."""
    memory: str
    """Memory of a node, as a Kubernetes quantity."""
    allocatable: Resources
    """All that a node leaves to pods."""
    nvme: bool
    """Whether the pods' own files are on local NVMe disks, fit for spilled objects."""
    interruptible: bool
    """Whether AWS may take a node away at any time: spot capacity."""
    min_nodes: int
    """The fewest nodes it has."""
    max_nodes: int
    """The most nodes it grows to."""
    price_per_hour: float | None
    """On-demand price of a node of the first type, in US dollars an hour; None is not known."""


def placement(name: str, spec: PoolSpec) -> Placement:
    """The placement of a pool that nothing refuses."""
    one = node(spec)
    return Placement(
        name=name,
        node_type=one.type_name,
        architecture=one.architecture,
        labels=labels(name, one),
        taints=taints(spec, one),
        gpus=one.allocatable.gpus,
        max_gpus_per_pod=one.max_gpus_per_pod,
        gpu_resource=GPU_RESOURCE,
        gpu_model=one.gpu.model if one.gpu else None,
        efa=one.allocatable.efa,
        cpu=f"{one.allocatable.cpu_millis}m",
        memory=str(one.allocatable.memory_bytes),
        allocatable=one.allocatable,
        nvme=one.nvme,
        interruptible=spec.capacity == "spot",
        min_nodes=spec.min_nodes if isinstance(spec, NodePoolSpec) else 0,
        max_nodes=spec.max_nodes,
        price_per_hour=one.types[0].price_per_hour,
    )


def labels(name: str, one: Node) -> dict[str, str]:
    """The labels that say which pool a node is of, and what GPUs it has."""
    own = {f"{LABEL_DOMAIN}/pool": name}
    if one.gpu is None:
        return own
    return own | {
        f"{LABEL_DOMAIN}/gpu-model": one.gpu.model.lower().replace(" ", "-"),
        f"{LABEL_DOMAIN}/gpu-count": str(one.gpu.count),
        f"{LABEL_DOMAIN}/gpu-memory-mib": str(one.gpu.memory_mib),
    }


def taints(spec: PoolSpec, one: Node) -> tuple[Taint, ...]:
    """The pool's own taints, after the one of GPUs where it has any."""
    own = tuple(taint for taint in spec.taints if taint != GPU_TAINT)
    return (GPU_TAINT, *own) if one.gpu else own
