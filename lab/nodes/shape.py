"""Simulated nodes as they are asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ..errors import LabError
from .wanted import WantedNode

SHAPE_LABEL = "lab.rayform/shape"
"""The label by which the nodes of one shape are known."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?")


@dataclass(frozen=True)
class Taint:
    """What keeps pods that do not tolerate it from a node.

    Attributes:
        key: what pods tolerate.
        value: what they may tolerate it by, empty for none.
        effect: what happens to pods that do not.
    """

    key: str
    value: str = ""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] = "NoSchedule"


@dataclass(frozen=True)
class NodeShape:
    """A number of equal simulated nodes.

    Attributes:
        name: lower case letters, digits and dashes; nodes are called ``<name>-0``, ``<name>-1`` …
        count: how many.
        cpu: CPUs of one node.
        memory: memory of one node, as a Kubernetes quantity.
        labels: in addition to the well-known ones (host name, operating system, architecture).
        taints: what its pods must tolerate.
        gpus: GPUs of one node.
        gpu_resource: the extended resource by which GPUs are counted.
        resources: other extended resources of one node, as quantities.
        pods: how many pods fit on one node.
    """

    name: str
    count: int = 1
    cpu: int = 8
    memory: str = "32Gi"
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType[str, str]({}))
    taints: tuple[Taint, ...] = ()
    gpus: int = 0
    gpu_resource: str = "nvidia.com/gpu"
    resources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType[str, str]({}))
    pods: int = 110

    def __post_init__(self) -> None:
        """Refuse what Kubernetes would refuse node by node."""
        if not _NAME.fullmatch(self.name):
            raise LabError(
                f"NodeShape.name: {self.name!r} asked; give lower case letters, digits and dashes, at most 42"
            )
        for what, number in (("count", self.count), ("cpu", self.cpu), ("gpus", self.gpus), ("pods", self.pods)):
            if number < 0:
                raise LabError(f"NodeShape {self.name}: {what}: {number} asked, 0 is the least; give 0 or more")

    def names(self) -> tuple[str, ...]:
        """What the nodes are called."""
        return tuple(f"{self.name}-{index}" for index in range(self.count))

    def all_labels(self, node: str) -> dict[str, str]:
        """The labels of the node called ``node``."""
        well_known = {
            "kubernetes.io/arch": "amd64",
            "kubernetes.io/hostname": node,
            "kubernetes.io/os": "linux",
        }
        return {**well_known, **self.labels, SHAPE_LABEL: self.name}

    def wanted(self) -> tuple[WantedNode, ...]:
        """The nodes as they should be."""
        taints, size = [vars(taint) for taint in self.taints], self.capacity()
        return tuple(WantedNode(name, self.all_labels(name), taints, size, size) for name in self.names())

    def capacity(self) -> dict[str, str]:
        """What one node offers."""
        gpus = {self.gpu_resource: str(self.gpus)} if self.gpus else {}
        return {"cpu": str(self.cpu), "memory": self.memory, "pods": str(self.pods), **gpus, **self.resources}


DEFAULT_SHAPES = (
    NodeShape("cpu", count=2, cpu=16, memory="64Gi"),
    NodeShape("gpu", count=2, cpu=48, memory="192Gi", gpus=4),
)
"""What a simulated lab has when it is new: two nodes without GPUs and two with four each."""
