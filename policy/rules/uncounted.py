"""Kinds that nobody here looks into: what they ask for, or bring, is refused, as no ceiling counts it."""

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
from ..subject import Subject
from ..views import ray_of
from ..workloads import is_workload

_OFFERS: Final = frozenset({"NodePool", "Node", "ResourceQuota", "CustomResourceDefinition"})
"""Kinds that name accelerators and ask for none."""
_ON_EKS: Final = "aws:batch/jobDefinition:JobDefinition"
"""A type of AWS whose pods come to a cluster."""
_NAMING: Final = re.compile("instance(?:Type|Types|Family)")
"""What types of instance stand under, in the resources that bring them."""
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_BLOCK: Final = "aws:ec2/capacityBlockReservation:CapacityBlockReservation"
_NONE: Final = "no quota and no ceiling counts them"
_ACCELERATORS: Final = "accelerators"
_OF_OTHERS: Final = re.compile(r"(?:a[234]x?|g[24])-[a-z0-9-]+|ct\w+-\w+-\d+t|Standard_N[CDGV]\w+")
"""How Google and Azure call types with accelerators."""
_MACHINES: Final = ("machineType", "vmSize")
"""What their types stand under."""
_GUESTS: Final = ("gpus", "hostDevices")
"""What devices of a KubeVirt machine stand under."""
_A_RAY: Final = re.compile(r"apiVersion[\"'\\]*\s*:\s*[\"'\\]*ray\.io/")
_AMOUNT: Final = re.compile(r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)(?:[\"'\\]+\]?\s*[:=]\s*[\"'\\]*|:\s+[\"']?|=)[1-9]")
"""A name and a number, as YAML, JSON, CEL and command lines have them."""
_POINTER: Final = re.compile(r"(?<![\w.-])([\w.-]+)~1([\w.-]+)")
"""A name as JSON patches have it."""
_NAME: Final = re.compile(r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)")


def _device(name: str, value: Any) -> str:
    """What of devices an entry asks for; empty is nothing."""
    if name == "resourceClaims":
        return "devices by claim" if items(value) else ""
    if name in _GUESTS:
        return next((device for each in items(value) if (device := text(each.get("deviceName")))), "")
    if name == "location":  # of what Gatekeeper assigns
        return next(filter(is_accelerator, _NAME.findall(text(value))), "")
    return f"{value} {name}" if is_accelerator(name) and quantity(value) else ""


def _in_text(words: str) -> str:
    """What of devices, or of Ray, a text asks for that will be an object or a patch of one; empty is nothing."""
    if "/" not in words:
        return ""
    if _A_RAY.search(words):
        return "a Ray object in a text"
    named = [each for each in _AMOUNT.findall(words) if not each.startswith(("requests.", "limits."))]
    named += ["/".join(each) for each in _POINTER.findall(words)]
    return next((f"{each} in a text" for each in named if is_accelerator(each)), "")


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
    seen = bool(subject.api) or subject.kind == _ON_EKS
    if not seen or subject.kind in _OFFERS or subject.kind in apart.kinds:
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
    elif found := _in_text(text(value)):
        yield path, found


@rule(
    "gpu-nodes-uncounted",
    Subject,
    _Apart,
    why="how many of them there will be, and what they cost, is not counted here",
    remedy="name the types on an aws.eks.NodeGroup, an aws.autoscaling.Group or a NodePool",
)
def gpu_nodes_uncounted(subject: Subject, apart: _Apart) -> Iterator[Found]:
    """Types of instance with accelerators stand only in resources whose nodes are counted."""
    if subject.kind in apart.kinds or is_workload(subject) or ray_of(subject) is not None:
        return
    if subject.kind == _BLOCK:
        yield Found((), "a block of accelerators asked")
    counted = subject.kind in NODES and subject.kind != _TEMPLATE
    for path, name in _types(subject.props, ()):
        # An object of Kubernetes names types for other reasons too: labels to look for, prices, quotas.
        if name == _ACCELERATORS or not (counted or (subject.api and not _NAMING.fullmatch(_last(path)))):
            yield Found(path, f"{name} in {subject.kind.rpartition(':')[2]} asked")


def _last(path: Path) -> str:
    """The last name on a way."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _types(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if is_mapping(value):
        for name, each in value.items():
            if name == "instanceRequirements" and any(key.startswith("accelerator") for key in mapping(each)):
                yield (*path, name), _ACCELERATORS
            yield from _types(each, (*path, name))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _types(each, (*path, index))
    elif isinstance(value, str):
        last = _last(path)
        family = _NAMING.fullmatch(last) and GPU_FAMILY.fullmatch(value)
        if family or GPU_TYPE.fullmatch(value) or (last in _MACHINES and _OF_OTHERS.fullmatch(value)):
            yield path, value
