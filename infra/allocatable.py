"""What a node leaves to pods: its capacity without what the kubelet keeps and the DaemonSets of every node take.

Formulae after nodeadm of the EKS AMIs (github.com/awslabs/amazon-eks-ami, nodeadm/internal/kubelet), which Bottlerocket
repeats (github.com/bottlerocket-os/bottlerocket-core-kit, schnauzer helpers): the two families reserve alike.
"""

from dataclasses import dataclass
from typing import Final

from rayform.fit.resources import GIB, MIB, Resources

from .instances import InstanceType

__all__ = [
    "MEMORY_OVERHEAD_PERCENT",
    "SYSTEM_PODS",
    "Reserved",
    "SystemPod",
    "allocatable",
    "capacity",
    "cpu_reserved_millis",
    "max_pods",
    "memory_reserved_mib",
    "reserved",
]

MEMORY_OVERHEAD_PERCENT: Final = 7.5
"""Nominal memory that firmware, hypervisor and kernel keep, in percent; the share differs by type and image.

The default of Karpenter's VM_MEMORY_OVERHEAD_PERCENT, which has the same use."""

GRAVITON_CMA_MIB: Final = 64
"""Memory that Graviton processors keep for contiguous allocation, in MiB (Karpenter, instance type capacity)."""

EVICTION_MEMORY_MIB: Final = 100
"""Memory below which the kubelet evicts, in MiB: it counts as not allocatable (both families' evictionHard)."""

EVICTION_STORAGE_PERCENT: Final = 10
"""Ephemeral storage below which the kubelet evicts, in percent (both families' evictionHard, nodefs.available)."""

RESERVED_STORAGE_GIB: Final = 1
"""Ephemeral storage that the kubelet reserves, in GiB (both families' kubeReserved)."""

ADDRESSES_OF_PREFIX: Final = 16
"""IPv4 addresses of a delegated prefix, a /28 (EKS User Guide, Assign more IP addresses with prefixes)."""

CPU_BANDS: Final = ((1000, 600), (1000, 100), (2000, 50))
"""Widths of the first bands of CPU in thousandths, and the share reserved of each in hundredths of a percent."""

CPU_BEYOND: Final = 25
"""The share reserved of all CPU beyond, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class SystemPod:
    """A pod that every node runs."""

    name: str
    """The DaemonSet."""
    resources: Resources
    """What it requests."""


def _pod(name: str, cpu_millis: int, memory_mib: int = 0) -> SystemPod:
    return SystemPod(name, Resources(cpu_millis=cpu_millis, memory_bytes=memory_mib * MIB, pods=1))


SYSTEM_PODS: Final = (
    _pod("aws-node", 50),
    _pod("kube-proxy", 100),
    _pod("eks-pod-identity-agent", 0),
    _pod("ebs-csi-node", 30, 120),
    _pod("eks-node-monitoring-agent", 10, 30),
)
"""The DaemonSets of the add-ons that ``EksCluster`` installs, with the requests of their EKS add-on manifests."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """What the kubelet of a node keeps; a pool writes it into its nodes' configuration, so that it holds."""

    max_pods: int
    """The most pods of a node."""
    cpu_millis: int
    """Thousandths of a CPU."""
    memory_mib: int
    """Memory, in MiB, without the eviction threshold."""


def max_pods(kind: InstanceType, *, prefix_delegation: bool = True) -> int:
    """The most pods that a node has addresses for, and that EKS lets a managed node take.

    With prefix delegation 110 up to 30 vCPUs and 250 beyond, or fewer where interfaces lack; without, what the
    interfaces of the default network card hold.
    """
    slots = kind.enis * (kind.ips_per_eni - 1)
    if not (prefix_delegation and kind.nitro):
        return slots + 2
    return min(slots * ADDRESSES_OF_PREFIX + 2, 250 if kind.vcpus > 30 else 110)


def cpu_reserved_millis(vcpus: int) -> int:
    """Thousandths of a CPU that the kubelet keeps: 6 % of the first, 1 % of the second, 0.5 % of two, 0.25 % beyond."""
    rest, kept = vcpus * 1000, 0
    for width, share in CPU_BANDS:
        kept += min(rest, width) * share // 10_000
        rest = max(0, rest - width)
    return kept + rest * CPU_BEYOND // 10_000


def memory_reserved_mib(pods: int) -> int:
    """Memory that the kubelet keeps for a node of so many pods, in MiB: 255 and 11 for each."""
    return 255 + 11 * pods


def reserved(kind: InstanceType, *, prefix_delegation: bool = True) -> Reserved:
    """What the kubelet of such a node keeps."""
    pods = max_pods(kind, prefix_delegation=prefix_delegation)
    return Reserved(pods, cpu_reserved_millis(kind.vcpus), memory_reserved_mib(pods))


def capacity(
    kind: InstanceType, *, root_gib: int, memory_overhead_percent: float = MEMORY_OVERHEAD_PERCENT
) -> Resources:
    """What the node itself has, as its kubelet reports it: without GPUs and EFA, which device plugins add."""
    nominal = (kind.memory_mib - (GRAVITON_CMA_MIB if kind.architecture == "arm64" else 0)) * MIB
    return Resources(
        cpu_millis=kind.vcpus * 1000,
        memory_bytes=nominal - -(-int(nominal * memory_overhead_percent) // (100 * MIB)) * MIB,
        ephemeral_bytes=root_gib * GIB,
    )


def allocatable(whole: Resources, kept: Reserved, system_pods: tuple[SystemPod, ...] = SYSTEM_PODS) -> Resources:
    """What a node of that capacity leaves to pods once ``kept`` is reserved and the system pods run; never negative."""
    storage = whole.ephemeral_bytes * (100 - EVICTION_STORAGE_PERCENT) // 100 - RESERVED_STORAGE_GIB * GIB
    node = Resources(
        cpu_millis=whole.cpu_millis - kept.cpu_millis,
        memory_bytes=whole.memory_bytes - (kept.memory_mib + EVICTION_MEMORY_MIB) * MIB,
        gpus=whole.gpus,
        efa=whole.efa,
        ephemeral_bytes=storage,
        pods=kept.max_pods,
    )
    left = sum((pod.resources for pod in system_pods), Resources())
    return Resources(*(max(0, amount) for amount in (node - left).vector()))
