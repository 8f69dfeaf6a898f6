"""What hides from the rules that count: releases and commands, and kinds that nobody here looks into."""

import re
from collections.abc import Iterator
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, mapping, text
from rayform.spec.model import Listed, Spec

from ..amounts import is_accelerator, quantity
from ..nodes import NODES
from ..requirements import GPU_TYPE
from ..rule import rule
from ..subject import Subject
from ..views import ray_of
from ..workloads import is_workload

_OFFERS: Final = frozenset({"NodePool", "Node", "ResourceQuota", "CustomResourceDefinition"})
"""Kinds that name accelerators and ask for none."""
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
    }
)
"""Kinds that make objects which the engine never sees."""
_COMMANDS: Final = frozenset({"command:local:Command", "command:remote:Command"})
_TOOL: Final = re.compile(r"(?<![\w-])(?:kubectl|helm|oc|kustomize|eksctl)(?![\w/.-])")


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
    elif f"{subject.group}/{subject.kind}" in _MAKERS:
        chart = text(subject.props.get("chart"))
        if not chart or chart not in known.charts:
            named = f"the chart {chart} as a release" if chart else f"objects by {subject.kind}"
            yield Found(("chart",) if chart else (), f"{named} asked")
    elif subject.api and subject.kind.endswith("List") and is_sequence(subject.props.get("items")):
        yield Found(("items",), f"{len(subject.props['items'])} objects in one of kind {subject.kind} asked")


def _by_command(subject: Subject) -> Iterator[Found]:
    for name in ("create", "update"):
        if found := _TOOL.search(text(subject.props.get(name))):
            yield Found((name,), f"objects by {found.group()} asked")
    if "KUBECONFIG" in mapping(subject.props.get("environment")):
        yield Found(("environment", "KUBECONFIG"), "a command with the rights of a kubeconfig asked")


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
