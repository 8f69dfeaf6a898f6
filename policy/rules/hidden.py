"""What hides from the rules that count: releases and commands, and kinds that nobody here looks into."""

import re
from collections.abc import Iterator
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text
from rayform.spec.model import Listed, Spec

from ..amounts import is_accelerator, quantity
from ..nodes import NODES
from ..requirements import GPU_FAMILY, GPU_TYPE
from ..rule import rule
from ..shapes import texts
from ..subject import Subject
from ..views import ray_of
from ..workloads import is_workload

_OFFERS: Final = frozenset({"NodePool", "Node", "ResourceQuota", "CustomResourceDefinition"})
"""Kinds that name accelerators and ask for none."""
_NAMING: Final = re.compile("instance(?:Type|Types|Family)")
"""What types of instance stand under, in the resources that bring them."""
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_NONE: Final = "no quota and no ceiling counts them"
_MAKERS: Final = frozenset(
    {
        "helm.sh/Release",
        "helm.toolkit.fluxcd.io/HelmRelease",
        "helm.cattle.io/HelmChart",
        "kustomize.toolkit.fluxcd.io/Kustomization",
        "argoproj.io/Application",
        "argoproj.io/ApplicationSet",
        "workload.codeflare.dev/AppWrapper",
        "work.open-cluster-management.io/ManifestWork",
        "fleet.cattle.io/Bundle",
        "fleet.cattle.io/GitRepo",
        "core.oam.dev/Application",
        "addons.cluster.x-k8s.io/ClusterResourceSet",
        "addons.cluster.x-k8s.io/HelmChartProxy",
        "helm.crossplane.io/Release",
        "helm.m.crossplane.io/Release",
        "kubernetes.crossplane.io/Object",
        "kubernetes.m.crossplane.io/Object",
    }
)
"""Kinds that make objects which the engine never sees."""
_FOREIGN: Final = frozenset(
    {
        "aws:cloudcontrol/resource:Resource",
        "aws:cloudformation/stack:Stack",
        "aws:cloudformation/stackSet:StackSet",
        "aws:cloudformation/stackSetInstance:StackSetInstance",
        "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    }
)
"""Types of AWS that make what stands in a text."""
_PROVIDERS: Final = ("argocd:", "flux:", "helm:", "kubectl:", "kustomization:")
"""Providers whose resources make objects of Kubernetes from texts and charts."""
_COMMANDS: Final = frozenset({"command:local:Command", "command:remote:Command"})
_TOOL: Final = re.compile(
    r"(?<![\w-])(?:kubectl|helm|oc|kustomize|eksctl|argocd|flux|skaffold|terraform|tofu|pulumi)(?![\w/.-])"
    r"|/apis/[\w.]+/v\d|/api/v1/namespaces\b"
    r"|\baws (?:ec2 (?:run|request|create)|eks create|autoscaling (?:create|update|set))"
    r"|\baws cloudformation (?:create|deploy|update)"
)
"""What makes objects: tools, the API's own addresses, calls of AWS that bring nodes."""


class _Charts(Spec):
    charts: Listed[str] = ()
    """Charts that may be installed as releases, since it is known what they make."""


@rule(
    "objects-out-of-sight",
    Subject,
    _Charts,
    why="it makes objects that no policy sees before they are there",
    remedy="use kubernetes.helm.v4.Chart, whose objects are resources, and install ClusterGuard in the cluster",
)
def objects_out_of_sight(subject: Subject, known: _Charts) -> Iterator[Found]:
    """What is deployed is seen: no release, no list, and no command that runs kubectl or helm."""
    if subject.kind in _COMMANDS:
        yield from _by_command(subject)
    elif subject.kind in _FOREIGN or subject.kind.startswith(_PROVIDERS):
        yield Found((), f"what {subject.kind.rpartition(':')[2]} makes of a text asked")
    elif f"{subject.group}/{subject.kind}" in _MAKERS:
        chart = text(subject.props.get("chart"))
        if not chart or chart not in known.charts:
            named = f"the chart {chart} as a release" if chart else f"objects by {subject.kind}"
            yield Found(("chart",) if chart else (), f"{named} asked")
    elif subject.api and subject.kind.endswith("List") and is_sequence(subject.props.get("items")):
        yield Found(("items",), f"{len(subject.props['items'])} objects in one of kind {subject.kind} asked")


def _by_command(subject: Subject) -> Iterator[Found]:
    texts_of = {name: text(subject.props.get(name)) for name in ("create", "update")}
    for name, words in {**texts_of, "interpreter": " ".join(texts(subject.props.get("interpreter")))}.items():
        if found := _TOOL.search(words):
            yield Found((name,), f"objects by {found.group()} asked")
    if "KUBECONFIG" in mapping(subject.props.get("environment")):
        yield Found(("environment", "KUBECONFIG"), "a command with the rights of a kubeconfig asked")


def _device(name: str, value: Any) -> str:
    """What of devices an entry asks for; empty is nothing."""
    if name == "resourceClaims":
        return "devices by claim" if items(value) else ""
    return f"{value} {name}" if is_accelerator(name) and quantity(value) else ""


class _Apart(Spec):
    kinds: Listed[str] = ()
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
        if is_accelerator(text(value.get("name"))) and quantity(value.get("quantity")):
            yield path, f"{value['quantity']} {value['name']}"
        for name, each in value.items():
            found = _device(name, each)
            yield from [((*path, name), found)] if found else _asked(each, (*path, name))
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
    if subject.kind in apart.kinds or (subject.kind in NODES and subject.kind != _TEMPLATE):
        return
    if is_workload(subject) or ray_of(subject) is not None:
        return
    for path, name in _types(subject.props, ()):
        # An object of Kubernetes names types for other reasons too: labels to look for, prices, quotas.
        if not subject.api or _NAMING.fullmatch(_last(path)):
            yield Found(path, f"{name} in {subject.kind.rpartition(':')[2]} asked")


def _last(path: Path) -> str:
    """The last name on a way."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _types(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if is_mapping(value):
        for name, each in value.items():
            if name == "instanceRequirements" and any(key.startswith("accelerator") for key in mapping(each)):
                yield (*path, name), "accelerators"
            yield from _types(each, (*path, name))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _types(each, (*path, index))
    elif isinstance(value, str):
        family = _NAMING.fullmatch(_last(path)) and GPU_FAMILY.fullmatch(value)
        if family or GPU_TYPE.fullmatch(value):
            yield path, value
