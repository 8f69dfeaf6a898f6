"""What no ceiling could count is refused: whatever brings accelerators otherwise than rules can add up."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field
from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import Flag, Listed, Spec

from ..amounts import is_accelerator, quantity
from ..nodes import NODES
from ..parameters import Most, Names, most, names
from ..pods import Container, Pod
from ..requirements import GPU_TYPE
from ..rule import Nothing, rule, stack_rule
from ..stack import Stack
from ..subject import Subject
from ..views import ray_of
from ..workloads import is_workload, workload

_VISIBLE: Final = ("NVIDIA_VISIBLE_DEVICES", "AMD_VISIBLE_DEVICES", "HABANA_VISIBLE_DEVICES")
_NO_DEVICE: Final = ("", "none", "void")
_INJECTED: Final = "cdi.k8s.io/"
_OFFERS: Final = frozenset({"NodePool", "Node", "ResourceQuota", "CustomResourceDefinition"})
"""Kinds that name accelerators and ask for none."""
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_NONE: Final = "no quota and no ceiling counts them"


@rule(
    "gpu-not-counted",
    Pod,
    why="it would see every GPU of its node, though no quota and no ceiling counts one for it",
    remedy="remove it, or ask for the GPUs in the limits",
    source="NVIDIA: k8s-device-plugin, unprivileged access to GPUs by environment",
)
def gpu_not_counted(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """No container reaches for GPUs that it does not ask for."""
    del asked
    if pod.subject.namespace == "kube-system":
        return
    for container in pod.containers:
        if not container.gpus:
            yield from _reached(container)
    if pod.gpus:
        return
    if text(pod.spec.get("runtimeClassName")).startswith("nvidia") and not all(map(_is_blind, pod.containers)):
        yield Found(pod.at("runtimeClassName"), f"{pod.spec.get('runtimeClassName')} without a GPU asked")
    for name in mapping(pod.metadata.get("annotations")):
        if name.startswith(_INJECTED):
            yield Found((*pod.path, "metadata", "annotations", name), "devices by annotation asked")


def _reached(container: Container) -> Iterator[Found]:
    for index, entry in enumerate(items(container.spec.get("env"))):
        if text(entry.get("name")) in _VISIBLE and not _says_none(entry):
            value = "a value from elsewhere" if entry.get("valueFrom") is not None else entry.get("value")
            yield Found(container.at("env", index, "value"), f"{entry.get('name')}={value} asked")


def _says_none(entry: Mapping[str, Any]) -> bool:
    return entry.get("valueFrom") is None and text(entry.get("value")).strip().lower() in _NO_DEVICE


def _is_blind(container: Container) -> bool:
    """Whether a container shuts out the GPUs that its image would let it see."""
    entries = items(container.spec.get("env"))
    return any(entry.get("name") == _VISIBLE[0] and _says_none(entry) for entry in entries)


class _Claims(Spec):
    allowed: Flag = False
    """Whether pods may have devices by claim."""


@rule(
    "device-claims",
    Pod,
    _Claims,
    why="GPUs that come by a ResourceClaim stand in no limits, so nothing here counts them",
    remedy="ask for GPUs in the limits, or allow claims and bound them by a ResourceQuota of their DeviceClass",
    source="Kubernetes: dynamic resource allocation",
)
def device_claims(pod: Pod, allowed: _Claims) -> Iterator[Found]:
    """GPUs are asked for in the limits."""
    if not allowed.allowed and items(pod.spec.get("resourceClaims")):
        yield Found(pod.at("resourceClaims"), "devices by claim asked")


@rule(
    "resources-known",
    Container,
    names("vpc.amazonaws.com/*", "rdma/*", "smarter-devices/*", "devices.kubevirt.io/*", "github.com/*"),
    why="it may be a GPU by another name, which no ceiling counts",
    remedy="ask for it by its device plugin's own name, or add it to the names of this rule if it is no accelerator",
)
def resources_known(container: Container, others: Names) -> Iterator[Found]:
    """Extended resources are accelerators that are counted, or known to be none."""
    for name in container.requests:
        if "/" in name and not is_accelerator(name) and not others.has(name):
            yield Found(container.at("resources", "limits", name), f"{name} asked")


@rule(
    "gpus-of-every-node",
    Pod,
    why="it has a pod on every node, which may be any number: no ceiling counts its GPUs",
    remedy="ask for no GPU, or use a Deployment",
)
def gpus_of_every_node(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A DaemonSet asks for no accelerators."""
    del asked
    if pod.subject.kind == "DaemonSet" and pod.gpus:
        where = next(each for each in pod.containers if each.gpus)
        yield Found(where.at("resources", "limits"), f"{pod.devices} on every node asked")


class _Apart(Spec):
    kinds: Listed[str] = Field(default=())
    """Kinds of Kubernetes, or types of AWS, whose accelerators are bounded elsewhere."""


@rule(
    "gpus-uncounted",
    Subject,
    _Apart,
    why=_NONE,
    remedy="use a Ray object, or a workload of Kubernetes itself; or bound the kind by a quota and name it in kinds",
)
def gpus_uncounted(subject: Subject, apart: _Apart) -> Iterator[Found]:
    """Accelerators and Ray clusters stand only in kinds whose pods are counted."""
    if not subject.api or subject.kind in _OFFERS or subject.kind in apart.kinds:
        return
    if is_workload(subject) or ray_of(subject) is not None:
        return
    for path, what in _asked(subject.props, ()):
        # A LimitRange names what others may ask for; only its defaults ask.
        if subject.kind != "LimitRange" or {"default", "defaultRequest"} & set(path):
            yield Found(path, f"{what} in an object of kind {subject.kind} asked")


def _asked(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if is_mapping(value):
        if path and text(value.get("apiVersion")).startswith("ray.io/"):
            yield path, text(value.get("kind")) or "a Ray object"
            return
        for name, each in value.items():
            if is_accelerator(name) and quantity(each):
                yield (*path, name), f"{each} {name}"
            else:
                yield from _asked(each, (*path, name))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _asked(each, (*path, index))


@rule(
    "gpu-nodes-uncounted",
    Subject,
    _Apart,
    why="how many of them there will be, and what they cost, is not counted here",
    remedy="name the types on an aws.eks.NodeGroup, an aws.autoscaling.Group or a NodePool",
)
def gpu_nodes_uncounted(subject: Subject, apart: _Apart) -> Iterator[Found]:
    """Types of instance with accelerators stand only in resources whose nodes are counted."""
    if subject.api or subject.kind in apart.kinds or (subject.kind in NODES and subject.kind != _TEMPLATE):
        return
    for path, name in _types(subject.props, ()):
        yield Found(path, f"{name} in {subject.kind.rpartition(':')[2]} asked")


def _types(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if is_mapping(value):
        for name, each in value.items():
            yield from _types(each, (*path, name))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _types(each, (*path, index))
    elif isinstance(value, str) and GPU_TYPE.fullmatch(value):
        yield path, value


@stack_rule(
    "gpus-autoscaled",
    Stack,
    most(64),
    why="the autoscaler of a workload adds pods beyond its replicas, which the other ceilings count",
    remedy="lower its most replicas, or the GPUs of a pod",
)
def gpus_autoscaled(stack: Stack, allowed: Most) -> Iterator[tuple[Subject, Found]]:
    """Workloads that are scaled by an autoscaler have no more accelerators than they may at their largest."""
    total = 0
    for scaler in stack.of("HorizontalPodAutoscaler", "ScaledObject"):
        name = "maxReplicas" if scaler.kind.startswith("H") else "maxReplicaCount"
        pods, pod = number(scaler.spec.get(name), 100) or 0, _scaled(stack, scaler)
        if pod is not None:
            total += pod.gpus * pods
            if pod.gpus and total > allowed.most:
                told = f"{pods} pods of {pod.devices} asked, {total} with those before"
                yield scaler, Found(("spec", name), told, f"at most {allowed.most} together")


def _scaled(stack: Stack, scaler: Subject) -> Pod | None:
    """The pods that an autoscaler is about."""
    target = mapping(scaler.spec.get("scaleTargetRef"))
    kind, place = text(target.get("kind")) or "Deployment", scaler.namespace
    named = [each for each in stack.of(kind) if (each.name, each.namespace) == (target.get("name"), place)]
    return workload(named[0]) if named else None
