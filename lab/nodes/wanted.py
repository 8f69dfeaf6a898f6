"""One simulated node as it is wanted, whatever asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class WantedNode:
    """One node.

    Attributes:
        name: its name.
        labels: all of its labels.
        taints: what its pods must tolerate, as Kubernetes writes it.
        capacity: what it has, by resource, as Kubernetes quantities.
        allocatable: what of it is left to pods.
        provider_id: how a cloud provider knows it; empty for none.
    """

    name: str
    labels: Mapping[str, str]
    taints: Sequence[Mapping[str, str]]
    capacity: Mapping[str, str]
    allocatable: Mapping[str, str]
    provider_id: str = ""
