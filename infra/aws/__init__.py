"""The ground as resources of AWS, every one of them in sight of previews and policies; logic is in the pure modules."""

from .auto_pool import AutoModePool
from .cluster import EksCluster
from .existing_eks import ExistingEksCluster
from .gpu_support import GpuSupport
from .host import EksHost, HostsAutoMode, HostsPools
from .identity import WorkloadIdentity
from .network import ExistingNetwork, Network, NetworkLike
from .pool import GpuNodePool, NodePool

__all__ = [
    "AutoModePool",
    "EksCluster",
    "EksHost",
    "ExistingEksCluster",
    "ExistingNetwork",
    "GpuNodePool",
    "GpuSupport",
    "HostsAutoMode",
    "HostsPools",
    "Network",
    "NetworkLike",
    "NodePool",
    "WorkloadIdentity",
]
