"""What a deployed stack looks like from inside: its Ray clusters, what Ray itself says, and what a job printed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from lightkube import ApiError, Client
from lightkube.generic_resource import (
    create_namespaced_resource,  # pyright: ignore[reportUnknownVariableType] - untyped there
)
from lightkube.resources.core_v1 import Pod

_RAY_CLUSTER = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
_RAY_JOB = create_namespaced_resource("ray.io", "v1", "RayJob", "rayjobs")

Object = Mapping[str, Any]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def clusters(client: Client, namespace: str, *, containers_run: bool) -> Iterator[str]:
    """Lines about every RayCluster in ``namespace``; ``containers_run`` is false on simulated nodes."""
    for cluster in _objects(client, _RAY_CLUSTER, namespace):
        name, status = cluster["metadata"]["name"], _part(cluster, "status")
        ready, desired = status.get("readyWorkerReplicas", 0), status.get("desiredWorkerReplicas", 0)
        yield f"RayCluster {namespace}/{name}: {_head(status)}, {ready} of {desired} workers ready"
        pods = _objects(client, Pod, namespace, {"ray.io/cluster": name})
        yield from (f"  {_pod(pod)}" for pod in pods)
        if containers_run:
            yield from _ray_status(client, namespace, pods)


def jobs(client: Client, namespace: str, *, containers_run: bool) -> Iterator[str]:
    """Lines about every RayJob in ``namespace``, with what its entrypoint printed."""
    for job in _objects(client, _RAY_JOB, namespace):
        name, status = job["metadata"]["name"], _part(job, "status")
        yield f"RayJob {namespace}/{name}: {status.get('jobStatus') or status.get('jobDeploymentStatus') or 'created'}"
        if containers_run:
            yield from _job_log(client, namespace, name)


def _objects(client: Client, kind: Any, namespace: str, labels: Mapping[str, str] | None = None) -> list[Object]:
    """The objects of a kind, by name, as plain JSON."""
    listing: Any = cast("Any", client).list(kind, namespace=namespace, labels=labels)
    found: list[Object] = [each.to_dict() for each in listing]
    return sorted(found, key=lambda each: each["metadata"]["name"])


def _part(value: Object, *steps: str) -> Object:
    for step in steps:
        value = value.get(step) or {}
    return value


def _head(status: Object) -> str:
    conditions = {each["type"]: each["status"] for each in status.get("conditions", [])}
    return "head ready" if conditions.get("HeadPodReady") == "True" else "head not ready"


def _pod(pod: Object) -> str:
    labels = _part(pod, "metadata", "labels")
    role, group = labels.get("ray.io/node-type", "?"), labels.get("ray.io/group", "")
    phase, node = _part(pod, "status").get("phase"), _part(pod, "spec").get("nodeName", "no node yet")
    return f"{role:<7}{group:<12}{pod['metadata']['name']}  {phase} on {node}"


def _ray_status(client: Client, namespace: str, pods: list[Object]) -> Iterator[str]:
    head = next((pod for pod in pods if _part(pod, "metadata", "labels").get("ray.io/node-type") == "head"), None)
    if head is None or _part(head, "status").get("phase") != "Running":
        return
    yield "  ray status, asked in the head pod:"
    name = head["metadata"]["name"]
    answer = client.exec(
        name, namespace=namespace, container="ray-head", command=["ray", "status"], stdout=True, stderr=True
    )
    yield from (f"    {line}" for line in str(answer.stdout).splitlines() if line.strip())


def _job_log(client: Client, namespace: str, name: str) -> Iterator[str]:
    pods = _objects(client, Pod, namespace, {"batch.kubernetes.io/job-name": name})
    if not pods:
        yield "  (its submitter pod is gone, and its output with it)"
        return
    try:
        for line in client.log(pods[-1]["metadata"]["name"], namespace=namespace):
            yield f"  | {_COLOUR.sub('', line).rstrip()}"
    except ApiError as error:
        yield f"  (its output could not be read: {error})"
