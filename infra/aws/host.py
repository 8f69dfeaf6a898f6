"""What a pool of nodes needs to know of the cluster it joins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pulumi
import pulumi_kubernetes as k8s

from .network import NetworkLike

__all__ = ["EksHost", "HostsAutoMode", "HostsPools"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EksHost:
    """A cluster of EKS, as far as pools of nodes care; whoever made it."""

    cluster_name: pulumi.Input[str]
    """The name that EKS knows it by."""
    version: str | None
    """Its version of Kubernetes, which pools follow; None leaves pools at what EKS chooses."""
    network: NetworkLike
    """Where nodes go."""
    node_role_arn: pulumi.Input[str]
    """The role of nodes."""
    security_group_id: pulumi.Input[str]
    """The security group that lets nodes and control plane talk."""
    tags: Mapping[str, str]
    """AWS tags of all that belongs to it."""
    auto_role_name: pulumi.Input[str] | None = None
    """The name of the role of nodes that EKS Auto Mode launches; None is a cluster without."""
    before_nodes: Sequence[pulumi.Resource] = ()
    """What must be there before nodes: add-ons without which none becomes ready."""


class HostsPools(Protocol):
    """Whatever pools of nodes can join."""

    @property
    def host(self) -> EksHost:
        """What they need to know."""
        ...


class HostsAutoMode(HostsPools, Protocol):
    """Whatever pools of EKS Auto Mode can join: they are objects in the cluster itself."""

    @property
    def provider(self) -> k8s.Provider | None:
        """The provider that reaches it; None for the ambient kubeconfig."""
        ...
