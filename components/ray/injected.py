"""Containers that the KubeRay operator puts into pods by itself, as far as they ask for anything.

Amounts after the operator's sources: ``common/pod.go`` (wait-gcs-ready, the autoscaler, the log collector) and
``common/job.go`` (the submitter), 1.6.2 and 1.7.0 alike.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from .cluster import RayClusterSpec
from .container import Process
from .group import Head, WorkerGroup
from .job import RayJobSpec
from .pod import Pod

__all__ = ["Beside", "beside", "submitting"]

Beside: TypeAlias = dict[str, list[Mapping[str, Any]]]
"""Containers by the list of the pod they are in: ``containers`` or ``initContainers``."""

_WAITS = ("200m", "256Mi")
_AUTOSCALER = ("500m", "512Mi")
_COLLECTOR = ("50m", "64Mi")
_SUBMITTER = ("500m", "200Mi")


def beside(pod: Pod, cluster: RayClusterSpec | None) -> Beside:
    """What the operator puts into a pod of a cluster; into one beside a cluster it puts nothing."""
    if cluster is None:
        return {}
    waits = [_asking(*_WAITS)] if isinstance(pod, WorkerGroup) else []
    return {"containers": list(_running(pod, cluster)), "initContainers": waits}


def submitting(job: RayJobSpec) -> Mapping[str, Any] | None:
    """The container that submits from beside the head; None where the job is submitted otherwise."""
    return _asking(*_SUBMITTER) if job.submission_mode == "SidecarMode" else None


def _running(pod: Pod, cluster: RayClusterSpec) -> Iterator[Mapping[str, Any]]:
    if cluster.autoscaling and isinstance(pod, Head):
        yield _of(cluster.autoscaler_options, _AUTOSCALER)
    if cluster.history_server_options is not None:
        yield _of(cluster.history_server_options.collector_options, _COLLECTOR)


def _of(process: Process | None, usual: tuple[str, str]) -> Mapping[str, Any]:
    """What a container asks whose author may have said so; the operator takes all of that, or all of its own."""
    if process is None or (process.cpu is None and process.memory is None):
        return _asking(*usual)
    return _asking(process.cpu or 0, process.memory or 0)


def _asking(cpu: object, memory: object) -> Mapping[str, Any]:
    return {"resources": {"requests": {"cpu": cpu, "memory": memory}}}
