"""What no ceiling could count is refused: whatever brings accelerators otherwise than rules can add up."""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import Flag, Spec

from ..amounts import NO_ACCELERATORS, is_accelerator
from ..asking import MOUNTED, VISIBLE, says_none, shares
from ..parameters import Most, Names, most, names
from ..pods import Container, Pod
from ..rule import Nothing, rule, stack_rule
from ..stack import Stack
from ..subject import Subject
from ..unknown import raw
from ..workloads import is_workload, within, workload

_DRIVING: Final = ("DaemonSet", "Pod")
"""What drives the devices of nodes, and what it is in the cluster."""
_SCALED: Final = "scaleTargetRef"
"""How autoscalers, those of others too, name what they scale."""
_DELETED: Final = "pulumi.com/deletionPropagationPolicy"
"""What the provider does with the pods of what it deletes."""
_TAKEN: Final = "workloadRef"
"""How a Rollout of Argo names whose pods it makes in its own number."""
_OF_DATADOG: Final = "DatadogPodAutoscaler"
_MOSTS: Final[tuple[Path, ...]] = (
    ("maxReplicas",),
    ("maxReplicaCount",),
    ("replicas", "max"),
    ("constraints", "maxReplicas"),
)
"""Where they say how many pods they make at most; 100 is the default of KEDA."""


@rule(
    "gpu-not-counted",
    Pod,
    names("kube-system", "gpu-operator"),
    why="it would see every GPU of its node, though no quota and no ceiling counts one for it",
    remedy="remove it, or ask for the GPUs in the limits; name the namespace of what drives devices in names",
    source="NVIDIA: k8s-device-plugin, unprivileged access to GPUs by environment; KAI Scheduler: GPU sharing",
)
def gpu_not_counted(pod: Pod, drivers: Names) -> Iterator[Found]:
    """No container reaches for GPUs that it does not ask for, but in namespaces of what drives them."""
    if pod.subject.kind in _DRIVING and drivers.has(pod.subject.namespace):
        return
    for container in pod.containers:
        if not container.gpus:
            yield from _reached(container)
    if pod.gpus:
        return
    if text(pod.spec.get("runtimeClassName")).startswith("nvidia") and not all(map(_is_blind, pod.containers)):
        yield Found(pod.at("runtimeClassName"), f"{pod.spec.get('runtimeClassName')} without a GPU asked")
    for name in mapping(pod.metadata.get("annotations")):
        if shares(name):
            yield Found((*pod.path, "metadata", "annotations", name), "devices by annotation asked")


def _reached(container: Container) -> Iterator[Found]:
    for index, entry in enumerate(items(container.spec.get("env"))):
        if text(entry.get("name")) in VISIBLE and not says_none(entry):
            value = "a value from elsewhere" if entry.get("valueFrom") is not None else entry.get("value")
            yield Found(container.at("env", index, "value"), f"{entry.get('name')}={value} asked")
    for index, mount in enumerate(items(container.spec.get("volumeMounts"))):
        if text(mount.get("mountPath")).startswith(MOUNTED):
            yield Found(container.at("volumeMounts", index, "mountPath"), f"{mount.get('mountPath')} asked")


def _is_blind(container: Container) -> bool:
    """Whether a container shuts out the GPUs that its image would let it see."""
    entries = items(container.spec.get("env"))
    return any(entry.get("name") == VISIBLE[0] and says_none(entry) for entry in entries)


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
    fields="resourceClaims",
)
def device_claims(pod: Pod, allowed: _Claims) -> Iterator[Found]:
    """GPUs are asked for in the limits."""
    if not allowed.allowed and items(pod.spec.get("resourceClaims")):
        yield Found(pod.at("resourceClaims"), "devices by claim asked")


@rule(
    "resources-known",
    Container,
    names(*NO_ACCELERATORS),
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
    kinds=frozenset({"DaemonSet"}),
)
def gpus_of_every_node(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A DaemonSet asks for no accelerators."""
    del asked
    if pod.gpus:
        where = max(pod.containers, key=lambda each: each.gpus)
        yield Found(where.at("resources", "limits"), f"{pod.devices} on every node asked")


@rule(
    "gpus-of-runs-together",
    Pod,
    why="a run that takes longer than its schedule goes on beside the next, and no ceiling counts how many",
    remedy="set concurrencyPolicy: Forbid or Replace",
)
def gpus_of_runs_together(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A CronJob with accelerators has one run at a time, and nothing leaves pods with accelerators behind."""
    del asked
    if not pod.gpus:
        return
    policy = pod.subject.spec.get("concurrencyPolicy", "Allow")
    if pod.subject.kind == "CronJob" and policy not in ("Forbid", "Replace"):
        yield Found(("spec", "concurrencyPolicy"), f"{policy} with {pod.devices} asked")
    if mapping(pod.subject.metadata.get("annotations")).get(_DELETED) == "orphan":
        place, beside = (
            ("metadata", "annotations", _DELETED),
            "they stay, beside those of what replaces it or is renamed",
        )
        yield Found(place, f"its pods of {pod.devices} left behind", beside, "leave it out")


@stack_rule(
    "gpus-autoscaled",
    Stack,
    most(64),
    why="an autoscaler, or a patch, adds pods beyond a workload's own replicas, which the other ceilings count",
    remedy="lower its most replicas, or the GPUs of a pod",
)
def gpus_autoscaled(stack: Stack, allowed: Most) -> Iterator[tuple[Subject, Found]]:
    """Workloads that something else scales have no more accelerators than they may at their largest."""
    total = 0
    for grower, place, pods, pod in _grown(stack):
        if pod is not None and pod.gpus and pods is not None:
            total += pod.gpus * pods
            if total > allowed.most:
                told = f"{pods} pods of {pod.devices} asked, {total} with those before"
                yield grower, Found(place, told, f"at most {allowed.most} together")


def _grown(stack: Stack) -> Iterator[tuple[Subject, Path, int | None, Pod | None]]:
    """Who makes more pods of a workload than it says itself, where, how many, and of which."""
    for subject in stack.subjects:
        if name := _target(subject):
            target = mapping(subject.spec.get(name))
            mosts = (("replicas",),) if name == _TAKEN else _MOSTS
            most = next((path for path in mosts if within(subject.spec, path) is not None), mosts[0])
            kind, called = text(target.get("kind")) or "Deployment", text(target.get("name"))
            pods = number(within(subject.spec, most), 1 if name == _TAKEN else 100)
            yield subject, ("spec", *most), pods, _pods_of(stack, kind, called, subject.namespace)
        elif _is_patch(subject):
            pods = number(subject.spec.get("replicas"))
            yield subject, ("spec", "replicas"), pods, _pods_of(stack, subject.kind, subject.name, subject.namespace)


def _target(subject: Subject) -> str:
    """Under which name it says of what it makes more pods; empty is not at all."""
    spec = mapping(raw(subject.props).get("spec"))
    own = "targetRef" if subject.kind == _OF_DATADOG else ""
    return next((each for each in (_SCALED, _TAKEN) if each in spec), own)


def _pods_of(stack: Stack, kind: str, name: str, namespace: str) -> Pod | None:
    """The pods of a workload of the stack."""
    named = [each for each in stack.of(kind) if (each.name, each.namespace) == (name, namespace)]
    return next((workload(each) for each in named if not _is_patch(each)), None)


def _is_patch(subject: Subject) -> bool:
    return subject.token.endswith("Patch") and is_workload(subject)
