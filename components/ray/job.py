"""A Ray job, described."""

from collections.abc import Mapping
from typing import Any, Literal, Self, cast

from pydantic import Field, model_validator
from rayform.spec.model import Count, Flag, PositiveCount, Spec, Wire

from .cluster import ManagedBy, RayClusterSpec
from .deletion import DeletionStrategy
from .identity import Identity, no_object
from .pod import Pod
from .runtime_env import RuntimeEnv

__all__ = ["SUBMITTER", "RayJobSpec", "Submitter", "SubmitterConfig"]

SUBMITTER = {"cpu": "500m", "memory": "1Gi", "restart_policy": "Never"}
"""What a submitter says where it is not told otherwise."""


class SubmitterConfig(Spec):
    """The Kubernetes Job that submits the Ray job."""

    backoff_limit: Count | None = None
    """How often submitting is tried again; None is 2."""


class Submitter(Pod):
    """The pod that submits the Ray job and follows its log, in K8sJobMode.

    Left out, ``cpu`` is 500m, ``memory`` 1Gi (the limit of KubeRay's own submitter) and ``restart_policy`` Never.
    """

    @model_validator(mode="before")
    @classmethod
    def _sized(cls, given: Any) -> Any:
        return SUBMITTER | cast("dict[str, Any]", given) if isinstance(given, dict) else given


class RayJobSpec(Identity):
    """A Ray job: what is run, and on which cluster."""

    entrypoint: Wire[str] | None = None
    """The command that is the job."""
    ray_cluster_spec: RayClusterSpec | None = None
    """The cluster made for the job; fixed once created. Give this or ``cluster_selector``."""
    cluster_selector: Mapping[str, Wire[str]] = Field(default_factory=dict)
    """A cluster that runs already, as ``{"ray.io/cluster": "<name>"}``."""
    wait: Literal["created", "running", "finished"] = "finished"
    """What an update waits for; with "finished", a failed job fails the update. An interactive job without a ``job_id``
    is waited for until it can be submitted."""
    runtime_env: RuntimeEnv | Wire[str] | None = None
    """The environment of the job's tasks, typed or as YAML text."""
    submission_mode: Literal["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"] | None = None
    """Who submits: a Kubernetes Job, the operator, a person, or a container beside the head; None is K8sJobMode."""
    submitter: Submitter | None = Field(default_factory=Submitter)
    """The pod that submits, in K8sJobMode; None leaves it to the operator. In other modes it is written only if given,
    and then refused or ignored, as the operator does."""
    submitter_config: SubmitterConfig | None = None
    """The Kubernetes Job of that pod."""
    shutdown_after_job_finishes: Flag | None = None
    """Whether the cluster goes when the job ends. None means yes for a cluster made for the job, unless a
    ``deletion_strategy`` says what goes."""
    ttl_seconds_after_finished: Count | None = None
    """How long the cluster stays after the job's end; None is not at all."""
    deletion_strategy: DeletionStrategy | None = None
    """What is deleted after the job, in more detail."""
    active_deadline_seconds: PositiveCount | None = None
    """How long the job may take from its creation; None is for ever."""
    pre_running_deadline_seconds: PositiveCount | None = None
    """How long the job may take until it runs; None is for ever. Since KubeRay 1.6."""
    backoff_limit: Count | None = None
    """How often the job is tried again, each time on a new cluster; None is never."""
    job_id: str | None = None
    """The id of the job within Ray; None lets the operator make one."""
    metadata: Mapping[str, str] = Field(default_factory=dict)
    """Anything to be kept with the job by Ray."""
    entrypoint_num_cpus: float | None = None
    """CPUs reserved for the entry point; None is none."""
    entrypoint_num_gpus: float | None = None
    """GPUs reserved for the entry point; None is none."""
    entrypoint_resources: Mapping[str, float] | Wire[str] = Field(default_factory=dict)
    """Custom resources reserved for the entry point, by name or as JSON text."""
    managed_by: ManagedBy | None = None
    """Who reconciles the job, fixed once set; None is the operator."""
    suspend: Flag | None = None
    """Whether the job waits without a cluster; None means no, or leaves it to Kueue."""

    @model_validator(mode="after")
    def _nested_cluster_is_no_object(self) -> Self:
        if self.ray_cluster_spec is not None:
            no_object("ray_cluster_spec", self.ray_cluster_spec, "the cluster of a job", "the job")
        return self
