"""Views of what brings nodes: managed node groups, instances, groups of instances, Karpenter's pools."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.infra import instances

from .amounts import is_accelerator
from .shapes import texts
from .subject import Subject

__all__ = ["INSTANCE_TYPE", "SPOT", "Nodes", "nodes_of", "price", "required_values"]

INSTANCE_TYPE: Final = "node.kubernetes.io/instance-type"
"""The label of a node that tells its type."""
SPOT: Final[Mapping[str, str]] = {"karpenter.sh/capacity-type": "spot", "eks.amazonaws.com/capacityType": "SPOT"}
"""Labels of nodes that may be taken away at any time, of Karpenter and of managed node groups."""
_NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
_INSTANCE = "aws:ec2/instance:Instance"
_GROUP = "aws:autoscaling/group:Group"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


@dataclass(frozen=True)
class Nodes:
    """Nodes that somebody asks for."""

    subject: Subject
    """Who asks."""
    types: Sequence[str]
    """Types of instance they may be; empty is not said here."""
    types_at: Path
    """Where the types are written."""
    least: int
    """The fewest."""
    most: int | None
    """The most; None has no end."""
    size_at: Path
    """Where the numbers are written."""
    spot: bool
    """Whether AWS may take them away at any time."""
    own_gpus: int | None = None
    """The most GPUs of all together, where that is said instead of a number of nodes."""

    @property
    def known(self) -> Sequence[instances.InstanceType]:
        """Those of its types that are in the catalogue."""
        return [kind for name in self.types if (kind := _kind(name)) is not None]

    @property
    def has_gpus(self) -> bool:
        """Whether one of its types has accelerators."""
        return bool(self.own_gpus) or any(kind.gpu or kind.neuron for kind in self.known)


def _kind(name: str) -> instances.InstanceType | None:
    try:
        return instances.instance_type(name)
    except instances.UnknownInstanceTypeError:
        return None


def price(name: str) -> float | None:
    """What an hour of a type costs on demand, in US dollars; None is not known."""
    kind = _kind(name)
    return kind.price_per_hour if kind else None


def required_values(requirements: Any, key: str) -> list[str]:
    """The values that requirements of nodes allow for a label; empty where they do not say."""
    named = [each for each in items(requirements) if each.get("key") == key and each.get("operator") == "In"]
    return [value for each in named for value in texts(each.get("values"))]


def nodes_of(subject: Subject) -> Iterator[Nodes]:
    """What nodes a subject asks for."""
    views = {_NODE_GROUP: _node_group, _INSTANCE: _instance, _GROUP: _group, _TEMPLATE: _template}
    if subject.kind in views:
        yield views[subject.kind](subject)
    elif subject.kind == "NodePool" and subject.api.startswith("karpenter.sh/"):
        yield _karpenter(subject)


def _node_group(subject: Subject) -> Nodes:
    size, types = mapping(subject.props.get("scalingConfig")), texts(subject.props.get("instanceTypes"))
    if not types and subject.props.get("launchTemplate") is None:
        types = ["t3.medium"]  # the default of EKS
    spot = text(subject.props.get("capacityType")) == "SPOT"
    least = number(size.get("minSize")) or 0
    return Nodes(subject, types, ("instanceTypes",), least, number(size.get("maxSize")), ("scalingConfig",), spot)


def _instance(subject: Subject) -> Nodes:
    spot = mapping(subject.props.get("instanceMarketOptions")).get("marketType") == "spot"
    types = [text(subject.props.get("instanceType"))]
    return Nodes(subject, list(filter(None, types)), ("instanceType",), 1, 1, ("instanceType",), spot)


def _group(subject: Subject) -> Nodes:
    mixed = mapping(subject.props.get("mixedInstancesPolicy"))
    template = mapping(mixed.get("launchTemplate"))
    types = [text(each.get("instanceType")) for each in items(template.get("overrides"))]
    share = number(mapping(mixed.get("instancesDistribution")).get("onDemandPercentageAboveBaseCapacity"), 100)
    least, most = number(subject.props.get("minSize")) or 0, number(subject.props.get("maxSize"))
    place = ("mixedInstancesPolicy", "launchTemplate", "overrides")
    return Nodes(subject, list(filter(None, types)), place, least, most, ("maxSize",), bool(mixed) and share == 0)


def _template(subject: Subject) -> Nodes:
    spot = mapping(subject.props.get("instanceMarketOptions")).get("marketType") == "spot"
    types = [text(subject.props.get("instanceType"))]
    # How many there will be stands with who uses the template.
    return Nodes(subject, list(filter(None, types)), ("instanceType",), 0, 0, ("instanceType",), spot)


def _karpenter(subject: Subject) -> Nodes:
    path: Path = ("spec", "template", "spec", "requirements")
    requirements = mapping(mapping(subject.spec.get("template")).get("spec")).get("requirements")
    capacity = required_values(requirements, "karpenter.sh/capacity-type")
    limits = mapping(subject.spec.get("limits"))
    gpus = [_whole(value) for name, value in limits.items() if is_accelerator(name)]
    names = _allowed(requirements)
    most = number(subject.spec.get("replicas")) if "replicas" in subject.spec else None
    own = sum(gpus) if gpus else None
    return Nodes(subject, names, path, 0, most, ("spec", "limits"), capacity == ["spot"], own)


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def _allowed(requirements: Any) -> list[str]:
    """Types that Karpenter may take, as far as type or family are named."""
    named = required_values(requirements, INSTANCE_TYPE)
    for domain in ("karpenter.k8s.aws", "eks.amazonaws.com"):
        families = required_values(requirements, f"{domain}/instance-family")
        named += [name for name in instances.names() if name.partition(".")[0] in families]
    return named
