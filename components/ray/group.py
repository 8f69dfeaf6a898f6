"""The two kinds of Ray pods: the head, and groups of identical workers."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from rayform.spec.model import Count, Flag, Listed, PositiveCount, Rank, Spec
from rayform.spec.names import Label, LabelKey, LabelValue

from .pod import Pod
from .start import RayStartParams
from .volume import Fragment

__all__ = ["Head", "IngressOptions", "RayPod", "ScaleStrategy", "WorkerGroup"]


class RayPod(Pod):
    """What the head and the workers have in common."""

    ray_start_params: RayStartParams | None = None
    """Flags of ``ray start``; None leaves them to the operator."""
    resources: Mapping[str, str] = Field(default_factory=dict)
    """Ray's logical resources by name, such as ``{"CPU": "0"}``; instead of those of ``ray_start_params``."""
    labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Ray's node labels, which Ray schedules by; the pods get them too."""


class IngressOptions(Spec):
    """The Ingress of the dashboard; since KubeRay 1.7."""

    host: str | None = None
    """The host name; None is any."""
    path: str | None = None
    """The path; None is /."""
    path_type: Literal["Exact", "Prefix", "ImplementationSpecific"] | None = None
    """How the path is matched; None is ImplementationSpecific."""
    tls: Listed[Fragment] = ()
    """Certificates by host, in Kubernetes' own form."""


class Head(RayPod):
    """The head of a cluster: GCS, dashboard, autoscaler."""

    reserved: Flag = True
    """Whether tasks stay off the head when there are worker groups: ``num-cpus`` is then 0, unless ``ray_start_params``
    or ``resources`` say otherwise. A head that runs tasks can die of them, and the cluster with it."""
    service_type: Literal["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] | None = None
    """The type of the head's Service; None is ClusterIP, reached from within the Kubernetes cluster only."""
    head_service: Fragment | None = None
    """The head's Service in Kubernetes' own form, where its type is not enough."""
    enable_ingress: Flag | None = None
    """Whether the operator makes an Ingress for the dashboard; None means no."""
    ingress_options: IngressOptions | None = None
    """The host, path and certificates of that Ingress; since KubeRay 1.7."""


class ScaleStrategy(Spec):
    """Which workers go first when a group shrinks."""

    workers_to_delete: Listed[str] = ()
    """Names of the pods; the autoscaler writes these itself."""


class WorkerGroup(RayPod):
    """A group of identical Ray workers."""

    name: Label
    """The name of the group, unique within the cluster."""
    replicas: Count | None = None
    """How many workers there are; None is ``min_replicas``. With autoscaling, where it starts."""
    min_replicas: Count = 0
    """The fewest workers the autoscaler leaves."""
    max_replicas: Count | None = None
    """The most workers the autoscaler makes; None is 2147483647, KubeRay's default."""
    num_of_hosts: PositiveCount | None = None
    """Pods that make up one worker, for accelerators that span hosts; None is 1."""
    idle_timeout_seconds: Count | None = None
    """How long a worker of this group may be idle before the v2 autoscaler ends it; None is the cluster's."""
    priority: Rank | None = None
    """Groups of higher priority are scaled up first; None is 0. Since KubeRay 1.7 and Ray 2.56, autoscaler v2."""
    suspend: Flag | None = None
    """Whether the group's pods are deleted for now; None means no."""
    scale_strategy: ScaleStrategy | None = None
    """Which workers go first when the group shrinks."""
