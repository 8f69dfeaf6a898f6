"""What a deployed stack looks like from inside: its Ray clusters, what Ray itself says, and what a job printed."""

from collections.abc import Iterator, Mapping
from typing import Any

from lightkube import ApiError, Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.core_v1 import Pod

_RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
_RayJob = create_namespaced_resource("ray.io", "v1", "RayJob", "rayjobs")


def clusters(client: Client, namespace: str, *, containers_run: bool) -> Iterator[str]:
    """Lines about every RayCluster in ``namespace``; ``containers_run`` is false on simulated nodes."""
    for cluster in client.list(_RayCluster, namespace=namespace):
        name = str(cluster["metadata"]["name"])
        status: Mapping[str, Any] = cluster.get("status") or {}
        yield (
            f"RayCluster {namespace}/{name}: {_state(status)}, "
            f"{status.get('readyWorkerReplicas', 0)} of {status.get('desiredWorkerReplicas', 0)} workers ready"
        )
        pods = list(client.list(Pod, namespace=namespace, labels={"ray.io/cluster": name}))
        for pod in sorted(pods, key=lambda each: each.metadata.name if each.metadata and each.metadata.name else ""):
            yield f"  {_pod(pod)}"
        if containers_run:
            yield from _ray_status(client, pods)


def jobs(client: Client, namespace: str, *, containers_run: bool) -> Iterator[str]:
    """Lines about every RayJob in ``namespace``, with what its entrypoint printed."""
    for job in client.list(_RayJob, namespace=namespace):
        name = str(job["metadata"]["name"])
        status: Mapping[str, Any] = job.get("status") or {}
        yield f"RayJob {namespace}/{name}: {status.get('jobStatus') or status.get('jobDeploymentStatus') or 'created'}"
        if containers_run:
            yield from _job_log(client, namespace, name)


def _state(status: Mapping[str, Any]) -> str:
    conditions = {each["type"]: each["status"] for each in status.get("conditions", [])}
    return "head ready" if conditions.get("HeadPodReady") == "True" else "head not ready"


def _pod(pod: Pod) -> str:
    metadata, status, spec = pod.metadata, pod.status, pod.spec
    labels = (metadata.labels if metadata else None) or {}
    role = labels.get("ray.io/node-type", "?")
    group = labels.get("ray.io/group", "")
    phase = status.phase if status else "?"
    node = spec.nodeName if spec else None
    return f"{role:<7}{group:<12}{metadata.name if metadata else '?'}  {phase} on {node or 'no node yet'}"


def _ray_status(client: Client, pods: list[Pod]) -> Iterator[str]:
    head = next((pod for pod in pods if _is_running_head(pod)), None)
    if head is None or head.metadata is None or head.metadata.name is None:
        return
    yield "  ray status, asked in the head pod:"
    answer = client.exec(
        head.metadata.name,
        namespace=head.metadata.namespace,
        container="ray-head",
        command=["ray", "status"],
        stdout=True,
        stderr=True,
    )
    yield from (f"    {line}" for line in str(answer.stdout).splitlines() if line.strip())


def _is_running_head(pod: Pod) -> bool:
    labels = (pod.metadata.labels if pod.metadata else None) or {}
    return labels.get("ray.io/node-type") == "head" and bool(pod.status and pod.status.phase == "Running")


def _job_log(client: Client, namespace: str, name: str) -> Iterator[str]:
    pods = client.list(Pod, namespace=namespace, labels={"batch.kubernetes.io/job-name": name})
    submitter = next((pod.metadata.name for pod in pods if pod.metadata and pod.metadata.name), None)
    if submitter is None:
        yield "  (its submitter pod is gone, and its output with it)"
        return
    try:
        for line in client.log(submitter, namespace=namespace):
            yield f"  | {line.rstrip()}"
    except ApiError as error:
        yield f"  (its output could not be read: {error})"
