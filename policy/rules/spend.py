"""What may be spent: prices at the largest size, kinds of nodes, and whose money it is."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import mapping, text
from rayform.spec.model import PositiveCount, Spec

from ..nodes import BRINGING, SPOT, nodes_of
from ..parameters import Names, names
from ..pods import UNBOUNDED, Pod
from ..prices import Ceiling, per_hour
from ..requirements import FAMILIES, INSTANCE_TYPE, every_type, family, required
from ..rule import Level, Nothing, rule, tally
from ..subject import Subject
from ..views import RAY, WITH_PODS, Ray, pods_of, sets_of

_OWNED: Final = frozenset({*RAY, "Namespace", "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"})
_PRODUCT: Final = (
    "nvidia.com/gpu.product",
    "karpenter.k8s.aws/instance-gpu-name",
    "eks.amazonaws.com/instance-gpu-name",
    "cloud.google.com/gke-accelerator",
    "gpu.nvidia.com/model",
)


@rule(
    "cluster-hourly-cost",
    Ray,
    Ceiling,
    why="it is the most that one cluster may cost in an hour",
    remedy="lower max_replicas, or choose nodes that cost less",
)
def cluster_hourly_cost(ray: Ray, ceiling: Ceiling) -> Iterator[Found]:
    """A Ray object at its largest size costs no more than it may."""
    cost = _cost(ray, ceiling)
    if cost > ceiling.most:
        shown = "ever more US$" if any(pod.most >= UNBOUNDED for pod in ray.pods) else f"US$ {cost:.2f}"
        asked = f"{shown} an hour at the largest size asked"
        yield Found(ray.at("workerGroupSpecs") if ray.path else (), asked, f"at most US$ {ceiling.most:g}")


@tally(
    "namespace-hourly-cost",
    Subject,
    Ceiling,
    why="it is the most US dollars that a namespace may cost in an hour, with runs and upgrades that overlap",
    remedy="lower what is asked, or move it to another namespace",
    kinds=WITH_PODS,
)
def namespace_hourly_cost(subject: Subject, ceiling: Ceiling) -> Iterator[tuple[str, float]]:
    """All pods of a namespace at their largest cost no more than it may."""
    cost = sum(per_hour(pod, ceiling) * pod.most for pod in pods_of(subject))
    if cost:
        yield f"US$ an hour in namespace {subject.namespace}", round(cost * sets_of(subject), 2)


@tally(
    "stack-hourly-cost",
    Subject,
    Ceiling,
    why="it is the most US dollars that the nodes of a stack may cost in an hour",
    remedy="lower the pools' most nodes, or choose types that cost less",
    kinds=BRINGING,
)
def stack_hourly_cost(subject: Subject, ceiling: Ceiling) -> Iterator[tuple[str, float]]:
    """All nodes that a stack may have cost no more than it may."""
    for nodes in nodes_of(subject):
        if cost := nodes.cost(partial(ceiling.paid, spot=nodes.spot)):
            yield "US$ an hour in the stack", round(cost, 2)


@rule(
    "pod-instance-types",
    Pod,
    names("*"),
    why="other types are not bought in this environment",
    remedy="choose one of these",
    fields=("affinity", "nodeSelector"),
)
def pod_instance_types(pod: Pod, allowed: Names) -> Iterator[Found]:
    """Pods ask for nodes of the types that are allowed, or of families that have some."""
    for key in (INSTANCE_TYPE, *FAMILIES):
        for place, values in required(pod.spec, key):
            for name in values:
                if not any(map(allowed.has, _types_by(key, name))):
                    yield Found(pod.at(*place), f"{name} asked", f"types are {', '.join(allowed.names)}")


def _types_by(key: str, name: str) -> Sequence[str]:
    """The types that a label's value names."""
    if key == INSTANCE_TYPE:
        return [name]
    return [each for each in every_type() if family(each) == name] or [f"{name}."]


@rule(
    "pod-gpu-models",
    Pod,
    names("*"),
    why="other models are not bought in this environment",
    remedy="choose one of these",
    fields=("affinity", "nodeSelector"),
)
def pod_gpu_models(pod: Pod, allowed: Names) -> Iterator[Found]:
    """Pods ask for GPUs of the models that are allowed."""
    for key in _PRODUCT:
        for place, values in required(pod.spec, key):
            for model in values:
                if not allowed.has(model):
                    yield Found(pod.at(*place), f"{model} asked", f"models are {', '.join(allowed.names)}")


@rule(
    "head-on-demand",
    Pod,
    why="with the head goes the whole cluster, and AWS takes spot capacity with two minutes' notice",
    remedy="let the head run on demand",
    fields=("affinity", "nodeSelector"),
)
def head_on_demand(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """The head does not run on spot capacity."""
    del asked
    if pod.role != "head":
        return
    for key, value in SPOT.items():
        for place, values in required(pod.spec, key):
            if {each.lower() for each in values} == {value.lower()}:
                yield Found(pod.at(*place), f"{value} asked for the head")


class _Labels(Spec):
    names: tuple[str, ...] = ("owner", "cost-centre")
    """Labels, or tags in AWS, that must be there."""
    values: Mapping[str, str] = Field(default_factory=dict)
    """Values to set where one is missing, when the rule's level is ``remediate``."""


def _with_labels(subject: Subject, asked: _Labels) -> Mapping[str, Any] | None:
    there = _labels(subject)
    added = {name: asked.values[name] for name in asked.names if name in asked.values and not there.get(name)}
    if not added:
        return None
    if subject.api:
        metadata = {**subject.metadata, "labels": {**mapping(subject.metadata.get("labels")), **added}}
        return {**subject.props, "metadata": metadata}
    return {**subject.props, "tags": {**mapping(subject.props.get("tags")), **added}}


@rule(
    "labels-required",
    Subject,
    _Labels,
    why="nobody can be asked about it, and nobody is billed for it",
    remedy="add them to the labels, in AWS to the tags",
    level=Level.ADVISORY,
    kinds=_OWNED,
    mends=_with_labels,
)
def labels_required(subject: Subject, asked: _Labels) -> Iterator[Found]:
    """Ray objects, namespaces, clusters and pools say whose they are."""
    there = _labels(subject)
    missing = [name for name in asked.names if not there.get(name)]
    if missing:
        place = ("metadata", "labels") if subject.api else ("tags",)
        yield Found(place, f"no {', '.join(missing)}")


def _labels(subject: Subject) -> Mapping[str, Any]:
    if subject.api:
        return mapping(subject.metadata.get("labels"))
    return {**mapping(subject.props.get("tagsAll")), **mapping(subject.props.get("tags"))}


class _Expiry(Spec):
    label: str = "expires"
    """The label that says the last day, ``YYYY-MM-DD``."""
    most_days: PositiveCount = 30
    """How far ahead that day may be."""


@rule(
    "expiry",
    Subject,
    _Expiry,
    why="experiments are forgotten, and go on costing",
    remedy="label it with the last day it is needed",
    level=Level.DISABLED,
    kinds=RAY,
)
def expiry(subject: Subject, asked: _Expiry) -> Iterator[Found]:
    """A Ray object says until when it is needed, a day that is near and not past."""
    written = text(mapping(subject.metadata.get("labels")).get(asked.label))
    place = ("metadata", "labels", asked.label)
    try:
        days = (dt.date.fromisoformat(written) - dt.datetime.now(tz=dt.UTC).date()).days
    except ValueError:
        yield Found(place, f"{written!r} asked" if written else "no day asked", "it is a day, YYYY-MM-DD")
        return
    if not 0 <= days <= asked.most_days:
        yield Found(place, f"{written} asked", f"it is today or later, at most {asked.most_days} days ahead")


def _cost(ray: Ray, ceiling: Ceiling) -> float:
    return sum(per_hour(pod, ceiling) * pod.most for pod in ray.pods)
