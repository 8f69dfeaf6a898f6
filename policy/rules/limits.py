"""Limits of containers and pods: what each asks for is said, and is not more than one may have."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, text
from rayform.spec.model import Spec

from ..amounts import is_accelerator, quantity
from ..mending import with_limits
from ..parameters import Most, most
from ..pods import Container, Pod
from ..requirements import GPU_FAMILY, GPU_TYPE, INSTANCE_TYPE, required
from ..rule import Level, Nothing, rule
from ..subject import Subject

_NEEDED = ("cpu", "memory")
_FAMILY = "/instance-family"
_QUOTA = "NSA/CISA: resource policies"


def _missing(container: Container, kind: str) -> Iterator[Found]:
    # The pods of other workloads get what the namespace's LimitRange says; Ray divides by what is written.
    if not container.pod.is_ray:
        return
    amounts = container.limits if kind == "limits" else container.requests
    for name in _NEEDED:
        if amounts.get(name) is None:
            yield Found(container.at("resources", kind, name), f"no {name} {kind[:-1]} on container {container.name}")


@rule(
    "container-requests",
    Container,
    why="the scheduler places by requests, and a ResourceQuota refuses a pod without them",
    remedy="write requests of cpu and memory",
    source=_QUOTA,
)
def container_requests(container: Container, asked: Nothing) -> Iterator[Found]:
    """Every container of a Ray pod requests CPU and memory, sidecars and init containers too."""
    del asked
    return _missing(container, "requests")


class _Limits(Spec):
    cpu: str = ""
    """The limit to set where a container says none, when the level is ``remediate``; empty is none but its request."""
    memory: str = ""
    """Likewise, of memory."""


def _with_limits(subject: Subject, defaults: _Limits) -> Mapping[str, Any] | None:
    return with_limits(subject, defaults.model_dump())


@rule(
    "container-limits",
    Container,
    _Limits,
    why="Ray sizes its object store and its workers by the limits, and one pod must not starve its node",
    remedy="write limits of cpu and memory",
    source=_QUOTA,
    mends=_with_limits,
)
def container_limits(container: Container, asked: _Limits) -> Iterator[Found]:
    """Every container of a Ray pod has limits of CPU and memory, sidecars and init containers too."""
    del asked
    return _missing(container, "limits")


@rule(
    "memory-request-is-limit",
    Container,
    why="Ray fills the memory of the limit, and the kernel kills the pods of a node that promised less",
    remedy="make the memory request the limit",
    source="Ray: KubeRay configuration guide",
)
def memory_request_is_limit(container: Container, asked: Nothing) -> Iterator[Found]:
    """The containers of a Ray pod request the memory of their limit."""
    del asked
    request, limit = container.requests.get("memory"), container.limits.get("memory")
    if container.pod.is_ray and not container.injected and limit is not None and quantity(request) != quantity(limit):
        yield Found(container.at("resources", "requests", "memory"), f"{request} requested with limit {limit}")


@rule(
    "gpu-request-is-limit",
    Container,
    why="Kubernetes does not share GPUs between pods: the API server refuses two different numbers",
    remedy="write the same number twice, or the limit alone",
    source="Kubernetes: extended resources",
)
def gpu_request_is_limit(container: Container, asked: Nothing) -> Iterator[Found]:
    """A container requests the GPUs of its limit."""
    del asked
    for name in container.accelerators:
        request, limit = container.requests.get(name), container.limits.get(name)
        if quantity(request) != quantity(limit):
            shown = "nothing" if limit is None else limit
            yield Found(container.at("resources", "requests", name), f"{request} {name} requested with limit {shown}")


class _Storage(Spec):
    most_gib: float = Field(default=500, gt=0)
    """The most ephemeral storage of one container, in GiB."""


@rule(
    "ephemeral-storage",
    Container,
    _Storage,
    why="spilled objects and logs fill the node's disk, and the kubelet evicts every pod of it",
    remedy="write a limit of ephemeral-storage within the bound",
    source=_QUOTA,
    level=Level.ADVISORY,
)
def ephemeral_storage(container: Container, allowed: _Storage) -> Iterator[Found]:
    """The main container of a Ray pod has a limit of ephemeral storage."""
    if not container.pod.is_ray or container.role != "main" or container.injected:
        return
    asked, place = container.limits.get("ephemeral-storage"), container.at("resources", "limits", "ephemeral-storage")
    size = quantity(asked)
    if size is None:
        yield Found(place, "no limit")
    elif size > allowed.most_gib * 2**30:
        yield Found(place, f"{asked} asked", f"at most {allowed.most_gib:g}Gi")


@rule(
    "volume-bounded",
    Pod,
    why="what is written to it counts as memory of the node, or fills its disk, without an end",
    remedy="write sizeLimit",
    source=_QUOTA,
    level=Level.ADVISORY,
    fields="volumes",
)
def volume_bounded(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """An emptyDir of a Ray pod has a size limit."""
    del asked
    for index, volume in enumerate(items(pod.spec.get("volumes")) if pod.is_ray else ()):
        place = volume.get("emptyDir")
        if place is not None and mapping(place).get("sizeLimit") is None:
            medium = "memory" if mapping(place).get("medium") == "Memory" else "disk"
            yield Found(pod.at("volumes", index, "emptyDir", "sizeLimit"), f"{medium} without an end asked")


@rule(
    "gpus-per-pod",
    Pod,
    most(8),
    why="no node of the allowed types has more, or nobody may have them all",
    remedy="ask for fewer GPUs and more pods",
)
def gpus_per_pod(pod: Pod, allowed: Most) -> Iterator[Found]:
    """A pod asks for no more GPUs than one may have."""
    if pod.gpus > allowed.most:
        where = max(pod.containers, key=lambda each: each.gpus)
        asked = f"{pod.devices} asked"
        yield Found(where.at("resources", "limits"), asked, f"at most {allowed.most} for a pod")


@rule(
    "gpu-tolerations",
    Pod,
    why="it takes the place of pods that use the GPUs, and keeps the node from being given back",
    remedy="remove it, or ask for a GPU",
    level=Level.ADVISORY,
    fields=("tolerations", "affinity", "nodeSelector"),
)
def gpu_tolerations(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A pod without GPUs does not ask for the nodes that have them, unless it has one on every node."""
    del asked
    if pod.gpus or pod.subject.kind == "DaemonSet":
        return
    for index, toleration in enumerate(items(pod.spec.get("tolerations"))):
        key = text(toleration.get("key"))
        # None is every key: add-ons outlive whatever drains a node.
        if is_accelerator(key) or (not key and pod.is_ray):
            yield Found(pod.at("tolerations", index), f"{key or 'every taint'} tolerated without a GPU asked")
    for place, values in required(pod.spec, INSTANCE_TYPE):
        if all(map(GPU_TYPE.fullmatch, values)):
            yield Found(pod.at(*place), f"{', '.join(values)} asked without a GPU")
    for key, value in mapping(pod.spec.get("nodeSelector")).items():
        if is_accelerator(key) or (key.endswith(_FAMILY) and GPU_FAMILY.fullmatch(text(value))):
            yield Found(pod.at("nodeSelector", key), f"{value} asked without a GPU")
