"""The common part of every pod: its Ray (or submitter) container and what surrounds it."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field
from rayform.spec.model import Flag, Large, Listed, PositiveCount, Spec, Wire, each_once
from rayform.spec.names import Label, LabelKey, LabelValue, Subdomain
from rayform.spec.quantity import Quantity

from .container import PodContainer, Sidecar
from .security import PodSecurity
from .volume import Fragment, Volume

__all__ = ["NEEDED", "Pod", "RestartPolicy", "Toleration", "TopologySpread"]

NEEDED: Literal["needed"] = "needed"
"""Says: as far as it is needed."""

RestartPolicy: TypeAlias = Literal["Always", "OnFailure", "Never"]
"""When containers of a pod are restarted."""


class Toleration(Spec):
    """A taint the pods may live with."""

    key: str | None = None
    """The key of the taint; None with Exists tolerates every taint."""
    operator: Literal["Exists", "Equal"] = "Exists"
    """Whether the value must equal."""
    value: str | None = None
    """The value of the taint, for Equal."""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = None
    """The effect of the taint; None tolerates all of them."""
    toleration_seconds: Large | None = None
    """How long NoExecute is tolerated; None is for ever."""


class TopologySpread(Spec):
    """How pods spread over zones, racks or nodes."""

    topology_key: LabelKey
    """The node label whose values are the places."""
    max_skew: PositiveCount = 1
    """How many pods more one place may have than another."""
    when_unsatisfiable: Literal["DoNotSchedule", "ScheduleAnyway"] = "DoNotSchedule"
    """What happens when it cannot be kept."""
    match_labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels of the pods that are counted."""


class Pod(PodContainer):
    """A pod by its main container, whose fields stand here directly, and the rest of the pod."""

    pool: str | None = None
    """The node pool it runs on: its labels are selected, its taints tolerated; None is any node that fits."""
    container_name: Label | None = None
    """The name of the main container; None is ray-head, ray-worker or ray-job-submitter."""
    init_containers: Annotated[Listed[Sidecar], each_once("name")] = ()
    """Containers that run before the main one, in order."""
    sidecars: Annotated[Listed[Sidecar], each_once("name")] = ()
    """Containers that run beside the main one."""
    volumes: Annotated[Listed[Volume], each_once("name")] = ()
    """Volumes the containers can mount."""
    shared_memory: Quantity | None = None
    """The size of /dev/shm, a part of ``memory``; None lets the operator make it as large as ``memory``."""
    pod_labels: Mapping[LabelKey, Wire[LabelValue]] = Field(default_factory=dict)
    """Labels of the pods."""
    pod_annotations: Mapping[LabelKey, Wire[str]] = Field(default_factory=dict)
    """Annotations of the pods."""
    image_pull_secrets: Annotated[Listed[Wire[Subdomain]], each_once()] = ()
    """Names of Secrets with registry credentials."""
    service_account_name: Wire[Subdomain] | None = None
    """The ServiceAccount of the pods, which must exist; None is the namespace's default."""
    automount_service_account_token: Flag | Literal["needed"] | None = NEEDED
    """Whether the pods get the ServiceAccount's token; "needed" gives it to those that call the Kubernetes API: the
    head beside the autoscaler, and all Ray pods under Kubernetes token authentication. None says nothing."""
    pod_security_context: PodSecurity | None = PodSecurity()
    """The rights of all containers, "restricted" by default; None leaves them to the cluster."""
    node_selector: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels a node must have, besides those of the pool."""
    tolerations: Listed[Toleration] = ()
    """Taints the pods may live with, besides those of the pool."""
    affinity: Fragment | None = None
    """Rules of attraction to nodes and pods, in Kubernetes' own form."""
    topology_spread_constraints: Annotated[Listed[TopologySpread], each_once("topology_key", "when_unsatisfiable")] = ()
    """How the pods spread."""
    priority_class_name: Subdomain | None = None
    """The PriorityClass of the pods."""
    runtime_class_name: Subdomain | None = None
    """The RuntimeClass of the pods, such as ``nvidia``."""
    scheduler_name: str | None = None
    """The scheduler of the pods; None is Kubernetes' own."""
    restart_policy: RestartPolicy | None = None
    """When containers are restarted; None leaves it to the operator."""
    termination_grace_period_seconds: Large | None = None
    """How long a pod may take to stop; None is 30."""
    pod: Fragment | None = None
    """Anything else of a PodTemplateSpec in Kubernetes' own form, merged by container name; it may not contradict."""
