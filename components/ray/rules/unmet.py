"""Rules of what is asked of a cluster's nodes that none of them has, so that it would be waited for without end.

A node has what its container's limits give, or what Ray is told instead; one of which neither is known has anything.
"""

import json
from collections.abc import Iterator, Mapping
from math import ceil, inf
from typing import Any

from rayform.spec.quantity import QuantityError, amount

from .inline import inline
from .kinds import ServiceView
from .rule import Found, rule
from .view import ClusterView, JobView, PodView, entries, items, mapping, text

_POSSIBLE = "what no node of the cluster has is waited for without end"
_REMEDY = "raise the limits of a group's container, or ask for less"
_ELSEWHERE = ("NVIDIA_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")


@rule(
    "entrypoint-unplaceable",
    JobView,
    "ray",
    about=("entrypointNumCpus", "entrypointNumGpus", "jobTemplate"),
    acceptable=True,
    possible=_POSSIBLE,
    remedy=_REMEDY,
)
def entrypoint_unplaceable(job: JobView) -> list[Found]:
    """Some node of a job's own cluster has the CPUs and GPUs that its entry point takes."""
    if job.cluster is None or job.selector:
        return []
    asked = (("entrypointNumCpus", "CPUs"), ("entrypointNumGpus", "GPUs"))
    return [
        Found(job.at(field), f"{wanted:g} asked where the most that a node has is {most:g} {words}")
        for field, words in asked
        if (wanted := _number(job.spec.get(field))) and wanted > (most := _most(job.cluster, words))
    ]


@rule(
    "entrypoint-resources-form",
    JobView,
    "ray",
    about=("entrypointResources", "jobTemplate"),
    possible="Ray reads a mapping in JSON from it, of names to numbers, and would refuse the job",
    remedy='write it as {"tpu": 1}, in single quotes around the whole',
)
def entrypoint_resources_form(job: JobView) -> list[Found]:
    """``entrypoint_resources`` is a mapping in JSON."""
    asked = text(job.spec.get("entrypointResources"))
    if not asked or "$" in asked or _is_mapping(asked):
        return []
    return [Found(job.at("entrypointResources"), f"{asked!r} asked")]


@rule(
    "serve-unplaceable",
    ServiceView,
    "ray",
    acceptable=True,
    possible=_POSSIBLE,
    remedy=_REMEDY,
)
def serve_unplaceable(service: ServiceView) -> list[Found]:
    """Some node of the service has the CPUs and GPUs that a replica takes."""
    return [
        Found(
            service.at("serveConfigV2"), f"{wanted:g} {words} asked of one node for {whose}, where the most is {most:g}"
        )
        for whose, amounts in _replicas(service)
        for field, words in (("num_cpus", "CPUs"), ("num_gpus", "GPUs"))
        if (wanted := _number(amounts.get(field))) and wanted > (most := _most(service.cluster, words))
    ]


def _replicas(service: ServiceView) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a replica of each deployment takes of one node."""
    config = text(service.spec.get("serveConfigV2"))
    if "num_" not in config and "PU" not in config:
        return
    for application in items(mapping(inline(config)[0]).get("applications")):
        for deployment in items(application.get("deployments")):
            whose = f"deployment {text(deployment.get('name'))}"
            yield whose, mapping(deployment.get("ray_actor_options"))
            for bundle in items(deployment.get("placement_group_bundles")):
                yield f"a bundle of {whose}", {"num_cpus": bundle.get("CPU"), "num_gpus": bundle.get("GPU")}


def _most(cluster: ClusterView, words: str) -> float:
    """The most of it that a node of the cluster has."""
    return max(map(_cpus if words == "CPUs" else _gpus, cluster.pods))


def _cpus(pod: PodView) -> float:
    asked = pod.start.get("num-cpus"), _logical(pod, "cpu"), pod.limits.get("cpu"), pod.requests.get("cpu")
    told = inf if _by_hand(pod) else next((_amount(each) for each in asked if each is not None), inf)
    return told if told == inf else ceil(told)


def _gpus(pod: PodView) -> float:
    # Without a limit there are those that the node's own runtime shows to every container.
    shown = "runtimeClassName" in pod.spec or mapping(pod.main.get("resources")).get("claims")
    if _by_hand(pod) or shown or any(name in pod.env for name in _ELSEWHERE):
        return inf
    told = pod.start.get("num-gpus"), _logical(pod, "gpu")
    devices = (_amount(pod.limits[name]) for name in pod.limits if "/" in name)
    return next((_amount(each) for each in told if each is not None), sum(devices))


def _by_hand(pod: PodView) -> bool:
    """Whether the container may start Ray in a way of its own."""
    return "command" in pod.main or "args" in pod.main


def _logical(pod: PodView, name: str) -> object:
    """What the group's resources say of it, whose names the operator reads in any case."""
    told = entries(pod.group.get("resources"))
    return next((value for key, value in told.items() if key.lower() == name), None)


def _number(asked: object) -> float:
    return float(asked) if isinstance(asked, int | float) else 0


def _amount(asked: object) -> float:
    try:
        return float(amount(str(asked)))
    except QuantityError:
        return inf  # the shell's own words, or a rule of its own


def _is_mapping(asked: str) -> bool:
    try:
        return isinstance(json.loads(asked), dict)
    except (ValueError, RecursionError):
        return False
