"""What EKS remembers of its clusters, each thing in the form in which it is described."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import AwsError
from ..region import Region

Described = dict[str, Any]
"""Something as its Describe operation answers it."""


def _described() -> dict[str, Described]:
    return {}


@dataclass
class Cluster:
    """A cluster, and everything that is of it.

    Attributes:
        described: itself.
        groups: its node groups, by name.
        addons: its add-ons, by name.
        entries: its access entries, by principal.
        policies: the access policies associated with each principal, by policy.
        associations: its pod identity associations, by id.
        updates: every update of it and of what is of it, by id, with the node group or add-on it is about.
        interfaces: its network interfaces.
        networked: whether it came with a network for pods; else nodes wait for the add-ons that bring one.
    """

    described: Described
    groups: dict[str, Described] = field(default_factory=_described)
    addons: dict[str, Described] = field(default_factory=_described)
    entries: dict[str, Described] = field(default_factory=_described)
    policies: dict[str, dict[str, Described]] = field(default_factory=dict[str, dict[str, Described]])
    associations: dict[str, Described] = field(default_factory=_described)
    updates: dict[str, tuple[Described, str]] = field(default_factory=dict[str, tuple[Described, str]])
    interfaces: list[str] = field(default_factory=list[str])
    networked: bool = True

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.described["name"])


class Clusters(dict[str, Cluster]):
    """The clusters of a region, by name."""


def clusters(region: Region) -> Clusters:
    """The clusters of ``region``."""
    return region.memory(Clusters)


def cluster(region: Region, name: str) -> Cluster:
    """The cluster called ``name``."""
    found = clusters(region).get(name)
    if found is None:
        raise AwsError("ResourceNotFoundException", f"No cluster found for name: {name}.", 404)
    return found


def active(region: Region, name: str) -> Cluster:
    """The cluster called ``name``, which must be ACTIVE."""
    found = cluster(region, name)
    if (status := found.described["status"]) != "ACTIVE":
        raise AwsError("InvalidRequestException", f"Cluster '{name}' is not in ACTIVE status, it is {status}", 400)
    return found


def part(things: Mapping[str, Described], name: str, missing: str) -> Described:
    """One of a cluster's things; ``missing`` is what EKS says when there is none."""
    found = things.get(name)
    if found is None:
        raise AwsError("ResourceNotFoundException", missing, 404)
    return found
