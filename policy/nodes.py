"""Views of what brings nodes: managed node groups, instances, groups of instances, Karpenter's pools."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.infra import instances

from .amounts import is_accelerator, quantity
from .pods import UNBOUNDED
from .requirements import every_type, kind_of, required_values, types_of
from .shapes import texts
from .subject import Subject

__all__ = ["BRINGING", "NODES", "SPOT", "Nodes", "accelerators", "nodes_of"]

_KARPENTER: Final = "karpenter.sh"
SPOT: Final[Mapping[str, str]] = {
    "karpenter.sh/capacity-type": "spot",
    "eks.amazonaws.com/capacityType": "SPOT",
    "node.kubernetes.io/lifecycle": "spot",
    "cloud.google.com/gke-spot": "true",
    "cloud.google.com/gke-preemptible": "true",
    "kubernetes.azure.com/scalesetpriority": "spot",
}
"""Labels of nodes that may be taken away at any time, of Karpenter, managed node groups and other clouds."""


@dataclass(frozen=True)
class Nodes:
    """Nodes that somebody asks for."""

    subject: Subject
    """Who asks."""
    types: Sequence[str]
    """Types of instance they may be; empty is not said here, or any."""
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
    limits: Mapping[str, Any] | None = None
    """The most of all together, by resource; None is a pool that has none such, only a number of nodes."""

    @property
    def any_type(self) -> bool:
        """Whether they may be of any type whatsoever."""
        return self.limits is not None and not self.types

    @property
    def known(self) -> Sequence[instances.InstanceType]:
        """Those of its types that are in the catalogue."""
        return [kind for name in self.types if (kind := kind_of(name)) is not None]

    @property
    def has_gpus(self) -> bool:
        """Whether one of its types has accelerators."""
        return any(map(accelerators, self.known)) or any(map(is_accelerator, self.limits or ()))

    @property
    def kinds(self) -> Collection[instances.InstanceType]:
        """The types of the catalogue that they may be."""
        return every_type().values() if self.any_type else self.known

    @property
    def gpus(self) -> int:
        """The most accelerators of all together; many times :data:`UNBOUNDED` has no end."""
        return max((self.most_of(kind) * count for kind in self.kinds if (count := accelerators(kind))), default=0)

    def most_of(self, kind: instances.InstanceType) -> int:
        """How many nodes there may be if all are of one type; :data:`UNBOUNDED` has no end."""
        ends = [] if self.most is None else [self.most]
        for name, limit in (self.limits or {}).items():
            there, most = _amount(kind, name), quantity(limit)
            if there and most is not None:
                ends.append(int(most // there))
        # Less than none would make up for what others cost.
        return max(min(ends, default=UNBOUNDED), 0)

    def cost(self, paid: Callable[[float], float]) -> float:
        """What an hour of all together costs at most, by what is paid of a price; what has no end is not counted."""
        mosts = ((kind.price_per_hour or 0.0, self.most_of(kind)) for kind in self.kinds)
        return max((paid(price) * most for price, most in mosts if most < UNBOUNDED), default=0.0)


def accelerators(kind: instances.InstanceType) -> int:
    """How many accelerators a type has."""
    return (kind.gpu.count if kind.gpu else 0) + (kind.neuron.count if kind.neuron else 0)


def _amount(kind: instances.InstanceType, resource: str) -> int:
    """How much of a resource a node of a type has, as Karpenter counts its limits."""
    plain = {"nodes": 1, "cpu": kind.vcpus, "memory": kind.memory_mib * 2**20}
    if resource in plain:
        return plain[resource]
    if resource.startswith("aws.amazon.com/neuron"):
        cores = kind.neuron.cores if kind.neuron and resource.endswith("core") else 1
        return kind.neuron.count * cores if kind.neuron else 0
    return kind.gpu.count if kind.gpu and is_accelerator(resource) else 0


def nodes_of(subject: Subject) -> Iterator[Nodes]:
    """What nodes a subject asks for."""
    if subject.kind in NODES:
        yield NODES[subject.kind](subject)
    elif subject.group == _KARPENTER and subject.kind in _OF_KARPENTER:
        yield _OF_KARPENTER[subject.kind](subject)


def _size(value: Any) -> int | None:
    """A number of nodes, which a provider of AWS takes as a text too."""
    size = quantity(value)
    return None if size is None else int(size)


def _node_group(subject: Subject) -> Nodes:
    size, types = mapping(subject.props.get("scalingConfig")), texts(subject.props.get("instanceTypes"))
    if not types and subject.props.get("launchTemplate") is None:
        types = ["t3.medium"]  # the default of EKS
    spot = text(subject.props.get("capacityType")) == "SPOT"
    least = _size(size.get("minSize")) or 0
    return Nodes(subject, types, ("instanceTypes",), least, _size(size.get("maxSize")), ("scalingConfig",), spot)


def _instance(subject: Subject) -> Nodes:
    spot = mapping(subject.props.get("instanceMarketOptions")).get("marketType") == "spot"
    types = [text(subject.props.get("instanceType"))]
    return Nodes(subject, list(filter(None, types)), ("instanceType",), 1, 1, ("instanceType",), spot)


def _group(subject: Subject) -> Nodes:
    mixed = mapping(subject.props.get("mixedInstancesPolicy"))
    template = mapping(mixed.get("launchTemplate"))
    types = [text(each.get("instanceType")) for each in items(template.get("overrides"))]
    share = number(mapping(mixed.get("instancesDistribution")).get("onDemandPercentageAboveBaseCapacity"), 100)
    least, most = _size(subject.props.get("minSize")) or 0, _size(subject.props.get("maxSize"))
    pool = mapping(subject.props.get("warmPool"))
    if most is not None:
        # Of a warm pool some are there whatever else there is.
        most = max(most + (_size(pool.get("minSize")) or 0), _size(pool.get("maxGroupPreparedCapacity")) or 0)
    place = ("mixedInstancesPolicy", "launchTemplate", "overrides")
    return Nodes(subject, list(filter(None, types)), place, least, most, ("maxSize",), bool(mixed) and share == 0)


def _schedule(subject: Subject) -> Nodes:
    # What it leaves out stays as the group has it; the types stand there too.
    most = max(_size(subject.props.get(name)) or 0 for name in ("maxSize", "desiredCapacity"))
    return Nodes(subject, [], ("maxSize",), 0, most, ("maxSize",), spot=False)


def _template(subject: Subject) -> Nodes:
    spot = mapping(subject.props.get("instanceMarketOptions")).get("marketType") == "spot"
    types = [text(subject.props.get("instanceType"))]
    # How many there will be stands with who uses the template.
    return Nodes(subject, list(filter(None, types)), ("instanceType",), 0, 0, ("instanceType",), spot)


def _karpenter(subject: Subject) -> Nodes:
    path: Path = ("spec", "template", "spec", "requirements")
    requirements = mapping(mapping(subject.spec.get("template")).get("spec")).get("requirements")
    spot = required_values(requirements, "karpenter.sh/capacity-type") == ["spot"]
    most = number(subject.spec.get("replicas"))
    types = types_of(items(requirements))
    return Nodes(subject, types, path, most or 0, most, ("spec", "limits"), spot, mapping(subject.spec.get("limits")))


def _claim(subject: Subject) -> Nodes:
    requirements = subject.spec.get("requirements")
    spot = required_values(requirements, "karpenter.sh/capacity-type") == ["spot"]
    place: Path = ("spec", "requirements")
    return Nodes(subject, types_of(items(requirements)), place, 1, 1, place, spot, {})


_OF_KARPENTER: Final[Mapping[str, Callable[[Subject], Nodes]]] = {"NodePool": _karpenter, "NodeClaim": _claim}
NODES: Final[Mapping[str, Callable[[Subject], Nodes]]] = {
    "aws:eks/nodeGroup:NodeGroup": _node_group,
    "aws:ec2/instance:Instance": _instance,
    "aws:autoscaling/group:Group": _group,
    "aws:autoscaling/schedule:Schedule": _schedule,
    "aws:ec2/launchTemplate:LaunchTemplate": _template,
}
"""Types of AWS that bring nodes which are counted, with their view."""
BRINGING: Final = frozenset({*NODES, *_OF_KARPENTER})
"""Kinds of subjects that may ask for nodes."""
