"""Kinds that nobody here looks into: what they ask for, or bring, is refused, as no ceiling counts it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from rayform.components.documents import DocumentError, documents, is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, text
from rayform.spec.model import Listed, Spec

from ..amounts import is_accelerator, quantity
from ..nodes import NODES
from ..requirements import GPU_FAMILY, GPU_TYPE
from ..rule import Level, Nothing, rule
from ..subject import Subject
from ..views import ray_of
from ..words import outermost, places
from ..workloads import is_workload

_OFFERS: Final = frozenset(
    {
        "ConstraintTemplate",
        "CustomResourceDefinition",
        "Node",
        "NodePool",
        "Queue",
        "ResourceQuota",
        "ValidatingAdmissionPolicy",
        "ValidatingPolicy",
    }
)
"""Kinds that name accelerators and ask for none."""
_CONSTRAINTS: Final = "constraints.gatekeeper.sh"
_DATA: Final = frozenset({"ConfigMap", "Secret"})
"""Kinds whose texts are data: what somebody reads, or applies."""
_ON_EKS: Final = frozenset(
    {"aws:batch/jobDefinition:JobDefinition", "aws:eks/addon:Addon", "aws:sfn/stateMachine:StateMachine"}
)
"""Types of AWS whose pods come to a cluster."""
_NAMING: Final = re.compile("instance(?:Type|Types|Family)")
"""What types of instance stand under, in the resources that bring them."""
_ANY: Final = re.compile(".*", re.DOTALL)
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_BLOCK: Final = "aws:ec2/capacityBlockReservation:CapacityBlockReservation"
_NONE: Final = "no quota and no ceiling counts them"
_ACCELERATORS: Final = "accelerators"
_BY_CLAIM: Final = "devices by claim"
_ATTACHED: Final = "guestAccelerators"
"""What accelerators of Google stand under, beside a type that has none of its own."""
_OF_OTHERS: Final = re.compile(
    r"(?:a[234]x?|g[24])-[a-z0-9-]+|ct\w+-\w+-\d+t|Standard_N[CDGV]\w+|gpu-[a-z0-9-]+|(?:BM|VM)\.GPU[\w.]*"
)
"""How Google, Azure, DigitalOcean, Nebius and Oracle call types with accelerators."""
_MACHINES: Final = ("instanceType", "machineType", "nodeShape", "platform", "shape", "size", "vmSize")
"""What their types stand under."""
_SAYING: Final = re.compile(
    r"aws:(?:(?:budgets|cloudwatch|costexplorer|iam|organizations|servicequotas)/|ssm/parameter|ec2/tag)"
)
"""Types of AWS that speak of types of instance and bring none."""
_TAGS: Final = frozenset({"tag", "tags", "tagsAll"})
_GUESTS: Final = ("gpus", "hostDevices")
"""What devices of a KubeVirt machine stand under."""
_NUMBER: Final = re.compile(r"(?:num|max)?_?gpus?(?:_?count|_?limit|_?per_?\w+)?", re.IGNORECASE)
"""What numbers of GPUs stand under, in objects of others."""
_QUOTAS: Final = ("limits.", "requests.")
"""How names of a quota begin."""
_SELECTING: Final = frozenset({"labels", "matchLabels", "nodeLabels", "nodeSelector", "selector"})
"""Under these the same names are labels."""
_CONTAINED: Final = frozenset({"limits", "requests", "resourceClaims"})
"""Under these stands in a manifest what containers ask for."""
_RAY: Final = "ray.io/"
_ABOUT: Final = frozenset({"annotations", "description", "message", "summary"})
"""Under these stands what people read."""
_JUDGED: Final = "validate"
"""Under this stands in Kyverno's policies what others are held to."""
_A_RAY: Final = re.compile(r"apiVersion[\"'\\]*\s*:\s*[\"'\\]*ray\.io/")
_AMOUNT: Final = re.compile(r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)(?:[\"'\\]+\]?\s*[:=]\s*[\"'\\]*|:\s+[\"']?|=)[1-9]")
"""A name and a number, as YAML, JSON, CEL and command lines have them."""
_POINTER: Final = re.compile(r"(?<![\w.-])([\w.-]+)~1([\w.-]+)")
"""A name as JSON patches have it."""
_NAME: Final = re.compile(r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)")
_IN_TEXT: Final = re.compile(rf"instance[-_]?types?[\"'\\\s:=\[]+({GPU_TYPE.pattern})", re.IGNORECASE)
"""A type as JSON and command lines have it."""
_OF_ANYBODY: Final = re.compile(f"{GPU_TYPE.pattern}|{_OF_OTHERS.pattern}")
_HINTS: Final = (
    *("gpu", "npu", "tpu", "xpu", "nvidia", "amd.com", "habana", "neuron", "ascend"),
    *("device", "ray.io/", "resourceclaims"),
)
"""Where none of these stands, accelerators and Ray clusters are not asked for."""


def _device(path: Path, value: Any) -> str:
    """What of devices an entry asks for; empty is nothing."""
    name = str(path[-1])
    if name == "resourceClaims":
        return _BY_CLAIM if items(value) else ""
    if name == "deviceClassName":
        return _BY_CLAIM
    if name in _GUESTS and (guest := next((each for one in items(value) if (each := text(one.get("deviceName")))), "")):
        return guest
    if name == "location":  # of what Gatekeeper assigns
        return next(filter(is_accelerator, _NAME.findall(text(value))), "")
    if name.startswith(_QUOTAS):
        return ""
    asks = is_accelerator(name) or (_NUMBER.fullmatch(name) and not _SELECTING & set(path))
    amount = quantity(value) if asks else None
    return f"{value} {name}" if amount is not None and amount > 0 else ""


def _in_text(words: str) -> str:
    """What of devices, or of Ray, a text asks for that will be an object or a patch of one; empty is nothing."""
    if _A_RAY.search(words):
        return "a Ray object in a text"
    named = [each for each in _AMOUNT.findall(words) if not each.startswith(_QUOTAS)]
    named += ["/".join(each) for each in _POINTER.findall(words)]
    return next((f"{each} in a text" for each in named if is_accelerator(each)), "")


def _in_manifest(words: str) -> str:
    """What of devices, or of Ray, the objects in a text ask for; empty is nothing, or a text that is no objects."""
    try:
        objects = [each for each in documents("", words.encode()) if each.kind not in _OFFERS]
    except DocumentError:
        return ""
    if any(text(each.value.get("apiVersion")).startswith(_RAY) for each in objects):
        return "a Ray object in a text"
    asked = (found for each in objects for found in _asked(each.value, _in_text))
    return next((f"{what} in a text" for path, what in asked if _CONTAINED & set(path)), "")


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
    if not (subject.api or subject.kind in _ON_EKS) or subject.kind in _OFFERS or subject.kind in apart.kinds:
        return
    if _is_counted(subject) or subject.group == _CONSTRAINTS or not _hints(subject):
        return
    for path, what in _asked(subject.props, _in_manifest if subject.kind in _DATA else _in_text):
        # A LimitRange names what others may ask for; only its defaults ask.
        if subject.kind != "LimitRange" or {"default", "defaultRequest"} & set(path):
            yield Found(path, f"{what} in an object of kind {subject.kind} asked")


@rule(
    "gpus-in-texts",
    Subject,
    why="what is made of it has accelerators that are not counted here, if something is made of it",
    remedy="nothing, where it is only read; else write it as objects of the program",
    level=Level.ADVISORY,
    kinds=_DATA,
)
def gpus_in_texts(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No text that is kept as data asks for accelerators or Ray clusters."""
    del asked
    if _hints(subject):
        for path, value in places(subject.props):
            found = "" if _ABOUT & set(path) or _in_manifest(text(value)) else _in_text(text(value))
            if found:
                yield Found(path, f"{found} asked")


def _is_counted(subject: Subject) -> bool:
    """Whether its pods are counted, or those of what it expands to."""
    return is_workload(subject) or ray_of(subject) is not None or subject.expands


def _hints(subject: Subject) -> bool:
    """Whether a look at its words shows that one at every place is worth it."""
    return any(map(subject.words.whole.__contains__, _HINTS))


def _asked(whole: Any, read: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    """Where accelerators are asked for, the outermost place of each, and what is asked."""

    def what(path: Path, value: Any) -> str:
        if is_mapping(value):
            if text(value.get("apiVersion")).startswith(_RAY):
                return text(value.get("kind")) or "a Ray object"
            if is_accelerator(text(value.get("name"))) and quantity(value.get("quantity")):
                return f"{value['quantity']} {value['name']}"
        found = _device(path, value)
        return found or ("" if _ABOUT & set(path) else read(text(value)))

    return outermost(whole, lambda path, value: "" if _JUDGED in path else what(path, value))


@rule(
    "gpu-nodes-uncounted",
    Subject,
    _Apart,
    why="how many of them there will be, and what they cost, is not counted here",
    remedy="name the types on an aws.eks.NodeGroup, an aws.autoscaling.Group or a NodePool",
)
def gpu_nodes_uncounted(subject: Subject, apart: _Apart) -> Iterator[Found]:
    """Types of instance with accelerators stand only in resources whose nodes are counted."""
    if subject.kind in apart.kinds or _is_counted(subject) or _SAYING.match(subject.token):
        return
    if subject.kind == _BLOCK:
        yield Found((), "a block of accelerators asked")
    counted = subject.kind in NODES and subject.kind != _TEMPLATE
    for path, name in _types(subject) if _may_name(subject, counted=counted) else ():
        if name == _ACCELERATORS or not counted:
            yield Found(path, f"{name} in {subject.kind.rpartition(':')[2]} asked")


def _may_name(subject: Subject, *, counted: bool) -> bool:
    """Whether a type may stand in it that is not counted: a look at its words, before one at every place."""
    whole, texts = subject.words
    if counted:
        return "instancerequirements" in whole
    return "instance" in whole or _ATTACHED.lower() in whole or any(map(_OF_ANYBODY.fullmatch, texts))


def _types(subject: Subject) -> Iterator[tuple[Path, str]]:
    """Where types with accelerators are named, and which."""
    # An object of Kubernetes names types for other reasons too: labels to look for, prices, quotas.
    within = _NAMING if subject.api else _ANY
    for path, value in places(subject.props):
        last = next(step for step in reversed(path) if isinstance(step, str))
        if is_mapping(value):
            if path[-1] == "instanceRequirements" and any(key.startswith("accelerator") for key in value):
                yield path, _ACCELERATORS
        elif last == _ATTACHED and is_sequence(value) and value:
            yield path, _ACCELERATORS
        elif isinstance(value, str) and not _TAGS & set(path) and (name := _type(last, value, within)):
            yield path, name


def _type(last: str, value: str, within: re.Pattern[str]) -> str:
    """The type with accelerators that a text is, or asks for, where names like these are meant; empty is none."""
    if not within.fullmatch(last):
        return ""
    if (_NAMING.fullmatch(last) and GPU_FAMILY.fullmatch(value)) or GPU_TYPE.fullmatch(value):
        return value
    if last in _MACHINES and _OF_OTHERS.fullmatch(value):
        return value
    found = _IN_TEXT.search(value)
    return found.group(1) if found else ""
