"""The ground as resources of AWS, every one of them in sight of previews and policies; logic is in the pure modules."""

from .cluster import EksCluster
from .gpu_support import GpuSupport
from .host import EksHost, HostsPools
from .identity import WorkloadIdentity
from .network import ExistingNetwork, Network, NetworkLike
from .pool import GpuNodePool, NodePool

__all__ = [
    "EksCluster",
    "EksHost",
    "ExistingNetwork",
    "GpuNodePool",
    "GpuSupport",
    "HostsPools",
    "Network",
    "NetworkLike",
    "NodePool",
    "WorkloadIdentity",
]
