"""A Ray cluster, described."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from rayform.spec.model import Flag, Listed, Wire
from rayform.spec.names import LabelKey

from .auth import AuthOptions
from .autoscaler import AutoscalerOptions
from .gcs import GcsFaultToleranceOptions
from .group import Head, WorkerGroup
from .history import HistoryServerOptions
from .identity import Identity
from .network import NetworkPolicyConfig, TLSOptions
from .upgrade import UpgradeStrategy

__all__ = ["ManagedBy", "RayClusterSpec"]

ManagedBy = Literal["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"]
"""Who reconciles an object."""


class RayClusterSpec(Identity):
    """A Ray cluster: a head, groups of workers, and how they are run."""

    ray_version: str | None
    """The version of Ray in the images, such as ``2.60.0``; None only where every image is named."""
    head: Head
    """The head."""
    workers: Listed[WorkerGroup] = ()
    """Groups of workers; empty makes a cluster of the head alone."""
    image: Wire[str] | None = None
    """The image of every group that names none; None is ``rayproject/ray`` of ``ray_version``."""
    autoscaling: Flag | None = None
    """Whether Ray's autoscaler sets the number of workers between their bounds; None means no."""
    autoscaler_options: AutoscalerOptions | None = None
    """How the autoscaler behaves; None is v2 with KubeRay's defaults, in a container that fits "restricted"."""
    auth_options: AuthOptions | None = AuthOptions()
    """Who may use the cluster: by default, who holds its token. None writes nothing, and then anyone may."""
    gcs_fault_tolerance_options: GcsFaultToleranceOptions | None = None
    """Keeps the head's state outside of it; None loses the cluster's state with the head."""
    head_service_annotations: Mapping[LabelKey, Wire[str]] = Field(default_factory=dict)
    """Annotations of the head's Service."""
    history_server_options: HistoryServerOptions | None = None
    """Keeps logs and events for later; since KubeRay 1.7."""
    managed_by: ManagedBy | None = None
    """Who reconciles the cluster, fixed once set; None is the operator."""
    network_policy: NetworkPolicyConfig | None = None
    """Closes the cluster's network; since KubeRay 1.7."""
    suspend: Flag | None = None
    """Whether all pods are deleted for now; None means no, or leaves it to Kueue."""
    tls_options: TLSOptions | None = None
    """Mutual TLS within the cluster; since KubeRay 1.7."""
    upgrade_strategy: UpgradeStrategy | None = None
    """How running pods take a change; None changes only pods that start later."""
