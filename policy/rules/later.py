"""What a pod will have that nobody judged: what is changed after it was judged, and names that stand for devices."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text

from ..amounts import is_accelerator
from ..guarded import GUARD, GUARD_NAMES
from ..parameters import Names, names
from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..subject import Subject

_GROUPS: Final = frozenset({"", "*", "apps", "batch", "ray.io"})
_RESOURCES: Final = frozenset(
    {
        "*",
        "pods",
        "deployments",
        "replicasets",
        "statefulsets",
        "daemonsets",
        "jobs",
        "cronjobs",
        "rayclusters",
        "rayjobs",
        "rayservices",
        "raycronjobs",
    }
)
"""What pods are made of, as the API server calls it."""
_KINDS: Final = frozenset({"*", "Pod", "Deployment", "Job", "StatefulSet", "RayCluster", "RayJob", "RayService"})
"""The same, as policies call it."""
_HANDLER: Final = "nvidia"
"""How runtimes begin that show their containers GPUs."""


def _is_about_pods(matched: Mapping[str, Any]) -> bool:
    groups, resources = (texts(matched.get(name)) for name in ("apiGroups", "resources"))
    # With all its parts it is "pods/*".
    return bool(_GROUPS & set(groups) and _RESOURCES & {each.removesuffix("/*") for each in resources})


def _webhooks(subject: Subject) -> Iterator[Path]:
    for index, each in enumerate(items(subject.props.get("webhooks"))):
        if any(map(_is_about_pods, items(each.get("rules")))):
            yield ("webhooks", index)


def _policy(subject: Subject) -> Iterator[Path]:
    matched = items(mapping(subject.spec.get("matchConstraints")).get("resourceRules"))
    if any(map(_is_about_pods, matched)):
        yield ("spec", "matchConstraints")


def _gatekeeper(subject: Subject) -> Iterator[Path]:
    for index, each in enumerate(items(subject.spec.get("applyTo"))):
        if _KINDS & set(texts(each.get("kinds"))):
            yield ("spec", "applyTo", index)


def _kyverno(subject: Subject) -> Iterator[Path]:
    for index, each in enumerate(items(subject.spec.get("rules"))):
        if each.get("mutate") is not None:
            yield ("spec", "rules", index, "mutate")


def _karmada(subject: Subject) -> Iterator[Path]:
    for index, each in enumerate(items(subject.spec.get("overrideRules"))):
        if mapping(each.get("overriders")):
            yield ("spec", "overrideRules", index, "overriders")


_CHANGING: Final[Mapping[str, Callable[[Subject], Iterator[Path]]]] = {
    "MutatingWebhookConfiguration": _webhooks,
    "MutatingAdmissionPolicy": _policy,
    "MutatingPolicy": _policy,
    "Assign": _gatekeeper,
    "ModifySet": _gatekeeper,
    "ClusterOverridePolicy": _karmada,
    "ClusterPolicy": _kyverno,
    "OverridePolicy": _karmada,
    "Policy": _kyverno,
}
"""By kind: where an object of it says that it changes what pods are made of."""


@rule(
    "pods-changed-later",
    Subject,
    names(),
    why="it changes pods, or what makes them, after they were judged here",
    remedy="install ClusterGuard, which judges last; then name it in the names of this rule",
    source="Kubernetes: admission control, mutating before validating",
    level=Level.ADVISORY,
    kinds=frozenset(_CHANGING),
)
def pods_changed_later(subject: Subject, known: Names) -> Iterator[Found]:
    """Nothing in the cluster changes pods, workloads or Ray objects on their way, but what is named."""
    if not known.has(subject.name):
        yield from (Found(path, f"changes by {subject.kind} asked") for path in _CHANGING[subject.kind](subject))


@rule(
    "device-names",
    Subject,
    why="pods that name it have GPUs which no rule and no quota takes for GPUs",
    remedy="call it as its devices are called: a RuntimeClass nvidia, an extended resource nvidia.com/gpu",
    source="NVIDIA: container runtimes; Kubernetes: extended resources of a DeviceClass",
    kinds=frozenset({"RuntimeClass", "DeviceClass"}),
)
def device_names(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """What stands for GPUs is called so."""
    del asked
    handler = text(subject.props.get("handler"))
    if handler.startswith(_HANDLER) and not subject.name.startswith(_HANDLER):
        yield Found(("metadata", "name"), f"{subject.name} for the runtime {handler} asked")
    called = text(subject.spec.get("extendedResourceName"))
    if called and not is_accelerator(called):
        yield Found(("spec", "extendedResourceName"), f"{called} asked")


@rule(
    "guard-as-made",
    Subject,
    why="ClusterGuard would hold kubectl and Helm to something else than to this law",
    remedy="leave it out, and change the policy of ClusterGuard; or give it another name",
    kinds=frozenset({"ConfigMap", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"}),
)
def guard_as_made(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """What ClusterGuard makes in the cluster is made and changed by nothing else."""
    del asked
    if subject.options is not None and GUARD not in subject.urn and subject.name.startswith(GUARD_NAMES):
        yield Found(("metadata", "name"), f"{subject.name} asked")
