"""The ground: network, Kubernetes cluster, pools of nodes, identities. Knows nothing of Ray.

What needs the engine or the AWS provider's package, and the descriptions of it, are loaded when they are first asked
for: a program on a cluster that is there already pays for neither.
"""

import typing as _typing

from rayform.fit.taint import Taint
from rayform.spec.door import door as _door
from rayform.spec.refusal import RayformError, Refusal, RefusedError

from .kubeconfig import KubeconfigError

if _typing.TYPE_CHECKING:
    from .aws import (
        AutoModePool,
        EksCluster,
        EksHost,
        ExistingEksCluster,
        ExistingNetwork,
        GpuNodePool,
        GpuSupport,
        Network,
        NodePool,
        WorkloadIdentity,
    )
    from .cluster import Cluster
    from .destroy_lock import DestroyLock
    from .eks_spec import EksClusterSpec
    from .existing import ExistingCluster
    from .gpu_support import GpuSupportSpec
    from .identity_spec import PullRepository, ReadBucket, ReadSecret, WorkloadIdentitySpec, WriteBucket
    from .network_spec import NetworkSpec
    from .pools import AutoModePoolSpec, GpuNodePoolSpec, NodePoolSpec, Reservation

__all__ = [
    "AutoModePool",
    "AutoModePoolSpec",
    "Cluster",
    "DestroyLock",
    "EksCluster",
    "EksClusterSpec",
    "EksHost",
    "ExistingCluster",
    "ExistingEksCluster",
    "ExistingNetwork",
    "GpuNodePool",
    "GpuNodePoolSpec",
    "GpuSupport",
    "GpuSupportSpec",
    "KubeconfigError",
    "Network",
    "NetworkSpec",
    "NodePool",
    "NodePoolSpec",
    "PullRepository",
    "RayformError",
    "ReadBucket",
    "ReadSecret",
    "Refusal",
    "RefusedError",
    "Reservation",
    "Taint",
    "WorkloadIdentity",
    "WorkloadIdentitySpec",
    "WriteBucket",
]

__getattr__, __dir__ = _door(
    __name__,
    {
        ".aws": (
            "AutoModePool",
            "EksCluster",
            "EksHost",
            "ExistingEksCluster",
            "ExistingNetwork",
            "GpuNodePool",
            "GpuSupport",
            "Network",
            "NodePool",
            "WorkloadIdentity",
        ),
        ".cluster": ("Cluster",),
        ".destroy_lock": ("DestroyLock",),
        ".eks_spec": ("EksClusterSpec",),
        ".existing": ("ExistingCluster",),
        ".gpu_support": ("GpuSupportSpec",),
        ".identity_spec": ("PullRepository", "ReadBucket", "ReadSecret", "WorkloadIdentitySpec", "WriteBucket"),
        ".network_spec": ("NetworkSpec",),
        ".pools": ("AutoModePoolSpec", "GpuNodePoolSpec", "NodePoolSpec", "Reservation"),
    },
)
