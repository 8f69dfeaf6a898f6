"""What an update waits for, and how long, in the terms of Pulumi's Kubernetes provider (4.34 or newer)."""

import json
from typing import Any

from ..cluster import RayClusterSpec
from ..job import RayJobSpec
from .fields import Manifest

__all__ = ["annotated", "cluster_awaits", "cluster_timeout", "job_awaits", "job_timeout"]

_WAIT_FOR = "pulumi.com/waitFor"
_FORCE = "pulumi.com/patchForce"
_ELSEWHERE = "kueue.x-k8s.io/multikueue"

# A filter at the root looks at each member of the object; only ``status`` has these fields. ``state: ready`` would not
# do: it never goes back. Absent counts equal absent, which is how the operator writes zero.
_WORKERS = (
    "jsonpath={$[?@.observedGeneration == $.metadata.generation"
    " && @.readyWorkerReplicas >= $.status.desiredWorkerReplicas]}"
)
_HEAD = "condition=HeadPodReady"
_SUSPENDED = "condition=RayClusterSuspended"
_ENDS = ("Complete", "Failed", "ValidationFailed")
_RUNS = ("Running", "Waiting")

_CLUSTER_SECONDS = 1200
"""A node with GPUs takes minutes to come, and an image of Ray minutes to be pulled."""
_JOB_SECONDS = 24 * 3600


def cluster_awaits(cluster: RayClusterSpec) -> Manifest:
    """A cluster is up when its head is ready and, for this generation, all workers that are wanted are."""
    # Lists of groups belong to their last writer as a whole: once the autoscaler has set a number, the list is its own,
    # and an unforced update would end in a conflict.
    forced = {_FORCE: "true"} if cluster.autoscaling else {}
    if cluster.managed_by == _ELSEWHERE:
        return forced
    wanted = [_SUSPENDED] if cluster.suspend else [_HEAD, _WORKERS]
    return {_WAIT_FOR: json.dumps(wanted), **forced}


def cluster_timeout(cluster: RayClusterSpec) -> int:
    """How many seconds an update waits for a cluster: 20 minutes where the spec does not say."""
    return cluster.timeout_seconds or _CLUSTER_SECONDS


def job_awaits(job: RayJobSpec) -> Manifest:
    """A job is waited for as it asks: until its end, good or bad, or until it runs; not while it is suspended."""
    if job.wait == "created" or job.suspend or job.managed_by == _ELSEWHERE:
        return {}
    states = _ENDS if job.wait == "finished" else (*_ENDS, *_RUNS)
    return {_WAIT_FOR: f"jsonpath={{$[?{' || '.join(f'@.jobDeploymentStatus == {state!r}' for state in states)}]}}"}


def job_timeout(job: RayJobSpec) -> int:
    """How many seconds an update waits for a job: 20 minutes until it runs, its deadline or a day until its end."""
    runs = _CLUSTER_SECONDS if job.wait == "running" else job.active_deadline_seconds or _JOB_SECONDS
    return job.timeout_seconds or runs


def annotated(manifest: Manifest, annotations: Manifest) -> Manifest:
    """The manifest with these annotations, where it does not say otherwise itself."""
    metadata: dict[str, Any] = manifest["metadata"]
    return {**manifest, "metadata": {**metadata, "annotations": {**annotations, **metadata.get("annotations", {})}}}
