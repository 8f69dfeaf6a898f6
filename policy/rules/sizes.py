"""Limits of Ray objects: how large, and how many."""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import mapping, number
from rayform.spec.model import PositiveCount, Spec

from ..amounts import is_accelerator, quantity
from ..parameters import Most, most
from ..pods import UNBOUNDED
from ..rule import Level, Nothing, rule, tally
from ..subject import Subject
from ..views import RAY, WITH_PODS, Ray, pods_of, ray_of, sets_of

_OF_CLASS: Final = ".deviceclass.resource.k8s.io/devices"
"""How a quota calls the devices of a DeviceClass."""


@rule(
    "gpus-per-group",
    Ray,
    most(64),
    why="one group must not take them all",
    remedy="lower max_replicas, or the GPUs of a pod",
)
def gpus_per_group(ray: Ray, allowed: Most) -> Iterator[Found]:
    """A worker group at its largest has no more GPUs than a group may have."""
    for index, pod in enumerate(each for each in ray.pods if each.role == "group"):
        if pod.gpus * pod.most > allowed.most:
            asked = f"{pod.devices} for each of {_shown(pod.most)} pods asked"
            yield Found(ray.at("workerGroupSpecs", index, "maxReplicas"), asked, f"at most {allowed.most} for a group")


@rule(
    "gpus-per-cluster",
    Ray,
    most(64),
    why="one cluster must not take them all",
    remedy="lower max_replicas of its groups, or the GPUs of their pods",
)
def gpus_per_cluster(ray: Ray, allowed: Most) -> Iterator[Found]:
    """A Ray cluster at its largest has no more GPUs than a cluster may have."""
    if ray.gpus > allowed.most:
        asked = f"{_shown(ray.gpus)} {ray.device}s asked"
        yield Found(ray.at("workerGroupSpecs"), asked, f"at most {allowed.most} in a cluster")


@rule(
    "replicas-bounded",
    Ray,
    most(100),
    why="a group that names no most may grow to 2147483647 workers",
    remedy="write maxReplicas within the bound",
    source="KubeRay: maxReplicas defaults to 2^31-1",
)
def replicas_bounded(ray: Ray, allowed: Most) -> Iterator[Found]:
    """Every worker group names the most workers it may have, within the bound."""
    for index, group in enumerate(ray.groups):
        asked, place = number(group.get("maxReplicas")), ray.at("workerGroupSpecs", index, "maxReplicas")
        if asked is None or asked >= UNBOUNDED:
            yield Found(place, "no most asked", f"at most {allowed.most} in a group: a group without has no end")
        elif ray.most(group) > allowed.most:
            yield Found(place, f"{ray.most(group)} workers asked", f"at most {allowed.most} in a group")


@rule(
    "workers-per-cluster",
    Ray,
    most(200),
    why="the head keeps the state of each, and serves no more of this size",
    remedy="lower max_replicas of its groups, or make two clusters",
)
def workers_per_cluster(ray: Ray, allowed: Most) -> Iterator[Found]:
    """A Ray cluster at its largest has no more workers than a cluster may have."""
    workers = sum(ray.most(group) for group in ray.groups)
    if workers > allowed.most:
        asked = f"{_shown(workers)} workers asked"
        yield Found(ray.at("workerGroupSpecs"), asked, f"at most {allowed.most} in a cluster")


class _Idle(Spec):
    most_seconds: PositiveCount = 900
    """The longest that a worker may be idle before it is given back."""


@rule(
    "idle-timeout",
    Ray,
    _Idle,
    why="idle GPUs cost what busy ones do",
    remedy="lower idleTimeoutSeconds, or leave it out for Ray's 60 seconds",
)
def idle_timeout(ray: Ray, allowed: _Idle) -> Iterator[Found]:
    """Idle workers of an autoscaled cluster are given back in time."""
    if not ray.autoscaling:
        return
    own = number(mapping(ray.cluster.get("autoscalerOptions")).get("idleTimeoutSeconds"))
    if own is not None and own > allowed.most_seconds:
        place = ray.at("autoscalerOptions", "idleTimeoutSeconds")
        yield Found(place, f"{own} s asked", f"at most {allowed.most_seconds} s")
    for index, group in enumerate(ray.groups):
        seconds = number(group.get("idleTimeoutSeconds"))
        if seconds is not None and seconds > allowed.most_seconds:
            place = ray.at("workerGroupSpecs", index, "idleTimeoutSeconds")
            yield Found(place, f"{seconds} s asked", f"at most {allowed.most_seconds} s")


@rule(
    "gpu-group-fixed",
    Ray,
    why="its GPUs are paid for whether or not somebody uses them",
    remedy="switch autoscaling on with min_replicas 0, or accept it by an exemption",
    level=Level.ADVISORY,
    kinds=frozenset({"RayCluster"}),
)
def gpu_group_fixed(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """GPU workers of a long-lived cluster come and go with their work."""
    del asked
    for index, pod in enumerate(each for each in ray.pods if each.role == "group"):
        least = number(ray.groups[index].get("minReplicas")) or 0
        if pod.gpus and pod.most and not ray.autoscaling:
            yield Found(
                ray.at("enableInTreeAutoscaling"), f"group {pod.name} with {pod.devices} and a fixed size asked"
            )
        elif pod.gpus and least:
            yield Found(
                ray.at("workerGroupSpecs", index, "minReplicas"), f"{least} asked of a group with {pod.devices}"
            )


def _shown(value: int) -> str:
    return "endless" if value >= UNBOUNDED else str(value)


@tally(
    "gpus-per-namespace",
    Subject,
    most(128),
    why="one team must not take them all, with runs and upgrades that overlap",
    remedy="lower what is asked, have a schedule's runs end before the next (activeDeadlineSeconds), "
    "or move it to another namespace",
    kinds=WITH_PODS,
)
def gpus_per_namespace(subject: Subject, allowed: Most) -> Iterator[tuple[str, float]]:
    """All pods of a namespace at their largest have no more GPUs than a namespace may have."""
    del allowed
    if gpus := _gpus(subject):
        yield f"GPUs in namespace {subject.namespace}", gpus


@rule(
    "quota-gpus",
    Subject,
    most(128),
    why="what goes around this program, by kubectl or Helm, may have as many",
    remedy="lower it to what the namespace may have",
    source="NSA/CISA: resource policies; CIS EKS 1.7: 4.5.1",
    kinds=frozenset({"ResourceQuota"}),
)
def quota_gpus(subject: Subject, allowed: Most) -> Iterator[Found]:
    """A quota lets a namespace have no more GPUs than it may have."""
    for name, hard in mapping(subject.spec.get("hard")).items():
        device = name.removeprefix("requests.").removeprefix("limits.")
        if (is_accelerator(device) or device.endswith(_OF_CLASS)) and (quantity(hard) or 0) > allowed.most:
            yield Found(("spec", "hard", name), f"{hard} asked", f"at most {allowed.most} in a namespace")


@tally(
    "gpus-per-stack",
    Subject,
    most(256),
    why="one stack must not take them all, with runs and upgrades that overlap",
    remedy="lower what is asked, have a schedule's runs end before the next (activeDeadlineSeconds), "
    "or split the stack",
    kinds=WITH_PODS,
)
def gpus_per_stack(subject: Subject, allowed: Most) -> Iterator[tuple[str, float]]:
    """All pods of a stack at their largest have no more GPUs than a stack may have."""
    del allowed
    if gpus := _gpus(subject):
        yield "GPUs in the stack", gpus


@tally(
    "clusters-per-namespace",
    Subject,
    most(20),
    why="each has a head that costs and is watched by the operator",
    remedy="remove one, or move it to another namespace",
    kinds=RAY,
)
def clusters_per_namespace(subject: Subject, allowed: Most) -> Iterator[tuple[str, float]]:
    """A namespace holds no more Ray clusters than it may, those of jobs and services included."""
    del allowed
    ray = ray_of(subject)
    if ray is not None and ray.path:
        yield f"Ray clusters in namespace {subject.namespace}", 1


def _gpus(subject: Subject) -> int:
    gpus = sum(pod.gpus * pod.most for pod in pods_of(subject))
    return gpus * sets_of(subject) if gpus else 0
