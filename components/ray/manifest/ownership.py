"""Which fields of an object others own, and which cannot change on a living one."""

from typing import Any

from .fields import Manifest

__all__ = [
    "cluster_fixed",
    "cluster_others",
    "cronjob_fixed",
    "job_fixed",
    "job_others",
    "service_fixed",
    "service_others",
]

_QUEUE = "kueue.x-k8s.io/queue-name"
_MANAGER = "spec.managedBy"
_TEMPLATE = "spec.jobTemplate"
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


def cluster_others(manifest: Manifest) -> list[str]:
    """Paths of a RayCluster that Kueue or the autoscaler set after us."""
    spec: Manifest = manifest["spec"]
    groups: list[Manifest] = spec.get("workerGroupSpecs", [])
    # Where no number is asked, none is sent, and there is nothing to ignore.
    scaled = spec.get("enableInTreeAutoscaling") and any("replicas" in group for group in groups)
    return [*_queued(manifest), *(["spec.workerGroupSpecs[*].replicas"] if scaled else [])]


def cluster_fixed(manifest: Manifest) -> list[str]:
    """Paths of a RayCluster that the API server lets nobody change: it is replaced."""
    return _fixed_of_cluster(manifest["spec"], "spec")


def job_others(manifest: Manifest) -> list[str]:
    """Paths of a RayJob that Kueue sets after us."""
    return _queued(manifest)


def job_fixed(manifest: Manifest) -> list[str]:
    """Paths of a RayJob whose change means another job: it is replaced."""
    # An interactive job is given its id when somebody has submitted it.
    identity = [] if manifest["spec"].get("submissionMode") == "InteractiveMode" else ["spec.jobId"]
    return [_MANAGER, *identity, *(f"spec.{name}" for name in _READ_ONCE)]


def service_others(manifest: Manifest) -> list[str]:
    """Paths of a RayService that Kueue sets after us; the autoscaler writes to its clusters, not to itself."""
    return [*_queued(manifest), *_queued(manifest, "spec.rayClusterConfig.suspend")]


def service_fixed(manifest: Manifest) -> list[str]:
    """Paths of a RayService that the API server lets nobody change: it is replaced, and gone meanwhile."""
    return [_MANAGER, *_fixed_of_cluster(manifest["spec"]["rayClusterConfig"], "spec.rayClusterConfig")]


def cronjob_fixed(manifest: Manifest) -> list[str]:
    """Paths of a RayCronJob that the API server lets nobody change: it is replaced, and its jobs with it."""
    job: Manifest = manifest["spec"]["jobTemplate"]
    cluster = _fixed_of_cluster(job["rayClusterSpec"], f"{_TEMPLATE}.rayClusterSpec") if "rayClusterSpec" in job else []
    return [f"{_TEMPLATE}.managedBy", *cluster]


def _fixed_of_cluster(cluster: Manifest, path: str) -> list[str]:
    backend = [f"{path}.gcsFaultToleranceOptions.backend"] if "gcsFaultToleranceOptions" in cluster else []
    return [f"{path}.managedBy", *backend]


def _queued(manifest: Manifest, path: str = "spec.suspend") -> list[str]:
    labels: dict[str, Any] = manifest["metadata"].get("labels", {})
    return [path] if _QUEUE in labels else []
