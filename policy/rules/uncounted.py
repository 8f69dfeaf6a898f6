"""Kinds that nobody here looks into: what they ask for, or bring, is refused, as no ceiling counts it."""

import re
from collections.abc import Iterator
from typing import Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, text
from rayform.spec.model import Listed, Spec

from ..amounts import NO_ACCELERATORS
from ..asking import READ, asked, hints, in_manifest, in_text, is_offer
from ..nodes import NODES
from ..parameters import Names
from ..requirements import GPU_FAMILY, GPU_TYPE
from ..rule import Level, Nothing, rule
from ..shapes import decoded
from ..subject import Subject
from ..views import ray_of
from ..words import places
from ..workloads import is_workload, says_number

_CONSTRAINTS: Final = "constraints.gatekeeper.sh"
_DATA: Final = frozenset(
    {
        "ConfigMap",
        "Secret",
        "github:index/repositoryFile:RepositoryFile",
        "gitlab:index/repositoryFile:RepositoryFile",
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
    }
)
"""What keeps texts as data, which somebody reads, or applies."""
_CODED: Final = "Secret"
"""What keeps its texts in base 64."""
_ON_EKS: Final = frozenset(
    {"aws:batch/jobDefinition:JobDefinition", "aws:eks/addon:Addon", "aws:sfn/stateMachine:StateMachine"}
)
"""Types of AWS whose pods come to a cluster."""
_SPEAKING: Final = _DATA | _ON_EKS
"""Types that are no objects of Kubernetes, and may hold what becomes one."""
_HELM: Final = "helm.sh"
_NAMING: Final = re.compile("instance(?:Type|Types|Family)|machineType|vmSize")
"""What types of instance stand under, in the resources that bring them."""
_ANY: Final = re.compile(".*", re.DOTALL)
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_BLOCK: Final = "aws:ec2/capacityBlockReservation:CapacityBlockReservation"
_NONE: Final = "no quota and no ceiling counts them"
_ACCELERATORS: Final = "accelerators"
_ATTACHED: Final = "guestAccelerators"
"""What accelerators of Google stand under, beside a type that has none of its own."""
_OF_OTHERS: Final = re.compile(
    r"(?:a[234]x?|g[24])-[a-z0-9-]+|ct\w+-\w+-\d+t|Standard_N[CDGV]\w+|gpu-[a-z0-9-]+|(?:BM|VM)\.GPU[\w.]*"
    r"|v\d\w+-\d+|nvidia-[a-z0-9-]+|ecs\.(?:eb?m)?[vs]?gn[\w.-]+|(?:[ABH]\d00|L4|L40S|GPU)-[\w-]+|gd-\d+x[\w-]+"
)
"""How Google, Azure, DigitalOcean, Nebius, Oracle, Alibaba, Scaleway and CoreWeave call types with accelerators."""
_MACHINES: Final = (
    *("acceleratorType", "instanceType", "instanceTypes", "machineType", "nodeShape", "nodeType", "platform"),
    *("resourceType", "shape", "size", "vmSize"),
)
"""What their types stand under."""
_SAYING: Final = re.compile(
    r"aws:(?:(?:budgets|cloudwatch|costexplorer|iam|organizations|servicequotas)/|ssm/parameter|ec2/tag)"
)
"""Types of AWS that speak of types of instance and bring none."""
_TAGS: Final = frozenset({"tag", "tags", "tagsAll"})
_IN_TEXT: Final = re.compile(rf"instance[-_]?types?[\"'\\\s:=\[]+({GPU_TYPE.pattern})", re.IGNORECASE)
"""A type as JSON and command lines have it."""
_OF_ANYBODY: Final = re.compile(f"{GPU_TYPE.pattern}|{_OF_OTHERS.pattern}")
_UNSAID: Final = frozenset(
    {
        "aws:ec2/fleet:Fleet",
        "aws:ec2/spotFleetRequest:SpotFleetRequest",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        "aws-native:ec2:Ec2Fleet",
        "aws-native:ec2:SpotFleet",
    }
)
"""What brings nodes of types that a launch template may name alone."""


class _Apart(Spec):
    kinds: Listed[str] = ()
    """Kinds of Kubernetes, or types of AWS, whose accelerators are bounded elsewhere."""


class _Asked(_Apart, Names):
    names: Listed[str] = NO_ACCELERATORS
    """Extended resources that are no accelerators; a trailing ``*`` stands for anything that begins so."""


@rule(
    "gpus-uncounted",
    Subject,
    _Asked,
    why=_NONE,
    remedy="use a Ray object, or a workload of Kubernetes itself; or bound the kind by a quota and name it in kinds",
)
def gpus_uncounted(subject: Subject, apart: _Asked) -> Iterator[Found]:
    """Accelerators and Ray clusters stand only in kinds whose pods are counted."""
    if not (subject.api or subject.kind in _SPEAKING) or is_offer(subject.group, subject.kind):
        return
    if subject.kind in apart.kinds or _is_counted(subject) or subject.group == _CONSTRAINTS or not _may_ask(subject):
        return
    read = _in_data if subject.kind in _DATA else in_text
    # The values of a chart that drives devices show them to its own pods.
    for path, what in asked(subject.props, read, apart, reached=subject.group != _HELM):
        # A LimitRange names what others may ask for; only its defaults ask.
        if subject.kind != "LimitRange" or {"default", "defaultRequest"} & set(path):
            whole = (
                "a patch that says no number of pods" if is_workload(subject) else f"an object of kind {_kind(subject)}"
            )
            yield Found(path, f"{what} in {whole} asked")


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
    if _may_ask(subject):
        for path, value in places(subject.props):
            words = decoded(text(value))
            found = "" if READ & set(path) or in_manifest(words) else in_text(words)
            if found:
                yield Found(path, f"{found} asked")


def _is_counted(subject: Subject) -> bool:
    """Whether its pods are counted, or those of what it expands to."""
    if is_workload(subject):
        # A patch that says no number changes as many pods as there are.
        return not subject.token.endswith("Patch") or says_number(subject)
    return ray_of(subject) is not None or subject.expands


def _may_ask(subject: Subject) -> bool:
    """Whether a look at its words shows that one at every place is worth it."""
    return subject.kind == _CODED or hints(*subject.words)


def _in_data(words: str) -> str:
    return in_manifest(decoded(words))


def _kind(subject: Subject) -> str:
    return subject.kind.rpartition(":")[2]


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
    if subject.kind in _UNSAID and not {"instancetype", "instancerequirements"} & set(subject.words.whole.split("\n")):
        yield Found((), "no types asked", "what stands in a launch template alone is not counted here")
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
