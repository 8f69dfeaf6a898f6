"""Limits of what Serve starts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, number, text
from rayform.spec.model import Listed, Spec

from ..amounts import quantity
from ..parameters import Most, most
from ..rule import Level, rule
from ..served import deployments
from ..views import Ray

_SERVE: Final = frozenset({"RayService"})
_IN_BUNDLES: Final = {"num_gpus": "GPU", "num_cpus": "CPU"}


@rule(
    "serve-replicas-bounded",
    Ray,
    most(100),
    why="each replica is a process with resources of its own, and grows the cluster",
    remedy="lower the deployment's replicas, or bound its autoscaling_config",
    kinds=_SERVE,
)
def serve_replicas_bounded(ray: Ray, allowed: Most) -> Iterator[Found]:
    """Every Serve deployment has an end to its replicas."""
    for application, deployment in deployments(ray):
        replicas = _replicas(deployment)
        if replicas is None or replicas > allowed.most:
            asked = "replicas without an end" if replicas is None else f"{replicas} replicas"
            where = f"{asked} of {application}/{text(deployment.get('name'))} asked"
            yield Found(("spec", "serveConfigV2"), where, f"at most {allowed.most} of a deployment")


class _Kept(Spec):
    most_seconds: int = Field(default=3600, ge=0)
    """The longest that a cluster is kept once another serves in its place."""


@rule(
    "old-cluster-kept",
    Ray,
    _Kept,
    why="after every upgrade both clusters keep their GPUs that long",
    remedy="lower rayClusterDeletionDelaySeconds, or leave it out for KubeRay's 60 seconds",
    kinds=_SERVE,
)
def old_cluster_kept(ray: Ray, allowed: _Kept) -> Iterator[Found]:
    """The cluster that a service was upgraded from is given back in time."""
    seconds = number(ray.subject.spec.get("rayClusterDeletionDelaySeconds")) or 0
    if seconds > allowed.most_seconds:
        place = ("spec", "rayClusterDeletionDelaySeconds")
        yield Found(place, f"{seconds} s asked", f"at most {allowed.most_seconds} s")


class _Fits(Spec):
    ignored: Listed[str] = ()
    """Deployments that need not fit, by name."""


@rule(
    "serve-fits",
    Ray,
    _Fits,
    why="replicas beyond the cluster's largest size wait for ever",
    remedy="raise max_replicas of a worker group, or lower the replicas or their resources",
    kinds=_SERVE,
    level=Level.ADVISORY,
)
def serve_fits(ray: Ray, allowed: _Fits) -> Iterator[Found]:
    """All replicas that Serve may start have their CPUs and GPUs within the cluster's largest size."""
    needed = {"num_gpus": 0.0, "num_cpus": 0.0}
    for _, deployment in deployments(ray):
        if text(deployment.get("name")) not in allowed.ignored:
            for name, unsaid in (("num_gpus", 0), ("num_cpus", 1)):
                needed[name] += _of_replica(deployment, name, unsaid) * (_replicas(deployment) or 0)
    for name, word, there in (("num_gpus", "GPUs", ray.gpus), ("num_cpus", "CPUs", _cpus(ray))):
        if needed[name] > there:
            asked = f"{needed[name]:g} {word} for all replicas asked"
            yield Found(("spec", "serveConfigV2"), asked, f"the cluster has {there:g} at its largest")


def _of_replica(deployment: Mapping[str, Any], name: str, unsaid: int) -> float:
    """What one replica takes: its bundles, where it has any, else its own options."""
    bundles = items(deployment.get("placement_group_bundles"))
    amounts = [each.get(_IN_BUNDLES[name]) for each in bundles]
    own = mapping(deployment.get("ray_actor_options")).get(name, unsaid)
    return sum(float(quantity(each) or 0) for each in (amounts if bundles else [own]))


def _cpus(ray: Ray) -> float:
    workers = [pod for pod in ray.pods if pod.role == "group"]
    logical = text(mapping(mapping(ray.cluster.get("headGroupSpec")).get("rayStartParams")).get("num-cpus"))
    counted = workers if logical == "0" else ray.pods
    return sum(
        float(quantity(pod.containers[0].limits.get("cpu")) or 0) * pod.most for pod in counted if pod.containers
    )


def _replicas(deployment: Mapping[str, Any]) -> int | None:
    """The most replicas; None has no end."""
    scaling = deployment.get("autoscaling_config")
    if scaling is None and deployment.get("num_replicas") != "auto":
        return _whole(deployment.get("num_replicas"), 1)
    # Ray's own default of max_replicas: 100 for "auto", 1 beside a configuration.
    return _whole(mapping(scaling).get("max_replicas"), 100 if deployment.get("num_replicas") == "auto" else 1)


def _whole(asked: Any, unsaid: int) -> int | None:
    """A number of replicas, which Ray reads from a text too."""
    return int(asked) if isinstance(asked, str) and asked.isdecimal() else number(asked, unsaid)
