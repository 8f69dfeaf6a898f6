"""What pods get of the pool they meet, besides its taints and the name of its GPUs."""

from collections.abc import Iterator

from rayform.fit.placement import Placement
from rayform.fit.resources import MIB, UNKNOWN

from ..group import WorkerGroup
from ..pod import Pod
from .fields import Manifest
from .volume import SPILLED, shared_memory, spilled

__all__ = ["met_params", "met_volumes", "node_labels"]

_ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}
"""The processors' architecture as the label ``kubernetes.io/arch`` has it."""

_SPILLED = "/mnt/spilled"
"""Where workers see the local disks."""


def node_labels(pool: Placement) -> Manifest:
    """Labels that nodes of the pool have, and others may not."""
    known = {"kubernetes.io/arch": _ARCHITECTURES[pool.architecture]} if pool.architecture else {}
    return {**known, **pool.labels}


def met_volumes(pod: Pod, pool: Placement | None) -> Iterator[tuple[Manifest, Manifest]]:
    """Volumes with their mounts: shared memory where its size is known, and local disks for spilled objects."""
    size = str(pod.shared_memory) if pod.shared_memory is not None else _share_of_memory(pod, pool)
    if size is not None:
        yield shared_memory(size)
    if pool is not None and _spills(pod, pool):
        yield spilled(_SPILLED)


def met_params(pod: Pod, pool: Placement | None, params: Manifest) -> Manifest:
    """The flags of ``ray start`` with the local disks among them."""
    if pool is None or not _spills(pod, pool):
        return params
    return {**params, "object-spilling-directory": _SPILLED}


def _share_of_memory(pod: Pod, pool: Placement | None) -> str | None:
    """The size of /dev/shm of a pod that says no memory: its GPUs' share of the node, half of that being objects."""
    if pool is None or pod.memory is not None or not isinstance(pod, WorkerGroup):
        return None
    node = pool.allocatable
    if not (node.gpus and pod.gpus) or node.memory_bytes >= UNKNOWN:
        return None
    return f"{node.memory_bytes * min(pod.gpus, node.gpus) // node.gpus // 2 // MIB}Mi"


def _spills(pod: Pod, pool: Placement) -> bool:
    """Whether objects go to the pool's local disks: a worker's do, unless it says where else."""
    if not (pool.nvme and isinstance(pod, WorkerGroup)):
        return False
    params, own = pod.ray_start_params, {volume.name for volume in pod.volumes}
    if SPILLED in own:
        return False
    return params is None or (params.object_spilling_directory is None and params.temp_dir is None)
