"""One node of a pool: what its types have in common, and what it leaves to pods."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rayform.fit.resources import GIB, MIB, Resources

from ..allocatable import SYSTEM_PODS, Reserved, SystemPod, allocatable, capacity, reserved
from ..instances import Architecture, Gpu, InstanceType, instance_type
from .mig import mig
from .spec import AutoModePoolSpec, GpuNodePoolSpec, NodePoolSpec, PoolSpec

__all__ = ["EFA_POD", "GPU_PODS", "Node", "node"]

GPU_PODS: Final = (
    SystemPod("nvidia-device-plugin", Resources(pods=1)),
    SystemPod("dcgm-exporter", Resources(cpu_millis=100, memory_bytes=256 * MIB, pods=1)),
)
"""The DaemonSets that ``GpuSupport`` adds to nodes with GPUs, with their requests."""

EFA_POD: Final = SystemPod("aws-efa-k8s-device-plugin", Resources(cpu_millis=10, memory_bytes=20 * MIB, pods=1))
"""The DaemonSet that ``GpuSupport`` adds to nodes with EFA, with its requests."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a pool, the least that any of the pool's types gives."""

    types: tuple[InstanceType, ...]
    """The pool's types."""
    architecture: Architecture
    """The processors' architecture."""
    gpu: Gpu | None
    """The GPUs of a node; None has none."""
    shares: int
    """Pods' GPUs of each GPU: time slices or MIG instances; 1 where it is whole."""
    shared_in_turns: bool
    """Whether pods share its GPUs in turns, and then get one each."""
    nvme: bool
    """Whether images and the pods' own files are on local NVMe disks."""
    reserved: Reserved
    """What the kubelets are told to keep."""
    allocatable: Resources
    """What a node leaves to pods."""

    @property
    def type_name(self) -> str:
        """The type for messages: the first of the pool's, since the others are like it."""
        return self.types[0].name


def node(spec: PoolSpec) -> Node:
    """A node of a pool that nothing refuses."""
    types = tuple(instance_type(name) for name in spec.instance_types)
    shares = _shares(spec, types[0].gpu)
    nvme = _nvme(spec, types)
    kept = _kept(types)
    pods = _system_pods(spec, types[0])
    left = [allocatable(_capacity(spec, kind, shares, nvme=nvme), kept, pods) for kind in types]
    return Node(
        types=types,
        architecture=types[0].architecture,
        gpu=types[0].gpu,
        shares=shares,
        shared_in_turns=isinstance(spec, GpuNodePoolSpec) and spec.time_slices is not None,
        nvme=nvme,
        reserved=kept,
        allocatable=Resources(*(min(amounts) for amounts in zip(*(one.vector() for one in left), strict=True))),
    )


def _shares(spec: PoolSpec, gpu: Gpu | None) -> int:
    """Pods' GPUs of each GPU."""
    if isinstance(spec, GpuNodePoolSpec) and spec.time_slices:
        return spec.time_slices
    if isinstance(spec, GpuNodePoolSpec) and spec.mig_profile and gpu and (cut := mig(gpu)):
        return cut.profiles[spec.mig_profile]
    return 1


def _nvme(spec: PoolSpec, types: Sequence[InstanceType]) -> bool:
    if isinstance(spec, NodePoolSpec) and spec.nvme is False:
        return False
    # EKS Auto Mode leaves disks alone that are no larger than the volume asked (User Guide, "Managed instances").
    least = spec.ephemeral_gib * GIB if isinstance(spec, AutoModePoolSpec) else 0
    return all(kind.nvme_gb * 10**9 > least for kind in types)


def _kept(types: Sequence[InstanceType]) -> Reserved:
    """One reservation for all nodes of a pool, since they share their configuration: the most that any type needs."""
    each = [reserved(kind) for kind in types]
    return Reserved(
        max_pods=min(one.max_pods for one in each),
        cpu_millis=max(one.cpu_millis for one in each),
        memory_mib=max(one.memory_mib for one in each),
    )


def _system_pods(spec: PoolSpec, kind: InstanceType) -> tuple[SystemPod, ...]:
    # On nodes of EKS Auto Mode all of these are processes of the operating system.
    if isinstance(spec, AutoModePoolSpec):
        return ()
    efa = (EFA_POD,) if isinstance(spec, NodePoolSpec) and spec.efa else ()
    return SYSTEM_PODS + (GPU_PODS if kind.gpu else ()) + efa


def _capacity(spec: PoolSpec, kind: InstanceType, shares: int, *, nvme: bool) -> Resources:
    root = spec.root_gib if isinstance(spec, NodePoolSpec) else 0
    root = spec.ephemeral_gib if isinstance(spec, AutoModePoolSpec) else root
    whole = capacity(kind, root_gib=root, memory_overhead_percent=spec.memory_overhead_percent)
    efa = isinstance(spec, NodePoolSpec) and spec.efa
    return replace(
        whole,
        gpus=kind.gpu.count * shares if kind.gpu else 0,
        efa=kind.efa_interfaces if efa else 0,
        ephemeral_bytes=kind.nvme_gb * 10**9 if nvme else whole.ephemeral_bytes,
    )
