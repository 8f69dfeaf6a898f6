"""Which fields of an object others own, and which cannot change on a living one."""

from ..cluster import RayClusterSpec
from ..identity import Identity
from ..job import RayJobSpec

__all__ = ["cluster_fixed", "cluster_others", "job_fixed", "job_others"]

_QUEUE = "kueue.x-k8s.io/queue-name"
_MANAGER = "spec.managedBy"
# What the operator reads once: later changes of these would be taken and ignored.
_READ_ONCE = (
    "entrypoint",
    "rayClusterSpec",
    "clusterSelector",
    "submissionMode",
    "submitterPodTemplate",
    "submitterConfig",
    "runtimeEnvYAML",
    "metadata",
    "entrypointNumCpus",
    "entrypointNumGpus",
    "entrypointResources",
)


def cluster_others(cluster: RayClusterSpec) -> list[str]:
    """Paths of a RayCluster that Kueue or the autoscaler set after us."""
    # Where no number is asked, none is sent, and there is nothing to ignore.
    scaled = cluster.autoscaling and any(group.replicas is not None for group in cluster.workers)
    return [*_suspend(cluster), *(["spec.workerGroupSpecs[*].replicas"] if scaled else [])]


def cluster_fixed(cluster: RayClusterSpec) -> list[str]:
    """Paths of a RayCluster that the API server lets nobody change: it is replaced."""
    return [_MANAGER, *(["spec.gcsFaultToleranceOptions.backend"] if cluster.gcs_fault_tolerance_options else [])]


def job_others(job: RayJobSpec) -> list[str]:
    """Paths of a RayJob that Kueue sets after us."""
    return _suspend(job)


def job_fixed(job: RayJobSpec) -> list[str]:
    """Paths of a RayJob whose change means another job: it is replaced."""
    # An interactive job is given its id when somebody has submitted it.
    identity = [] if job.submission_mode == "InteractiveMode" else ["spec.jobId"]
    return [_MANAGER, *identity, *(f"spec.{name}" for name in _READ_ONCE)]


def _suspend(identity: Identity) -> list[str]:
    return ["spec.suspend"] if _QUEUE in identity.object_labels else []
