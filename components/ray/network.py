"""Who may talk to the cluster; since KubeRay 1.7."""

from typing import Literal

from rayform.spec.model import Flag, Listed, Spec
from rayform.spec.names import Label

from .volume import Fragment

__all__ = ["NetworkPolicyConfig", "NetworkPolicyRules", "TLSOptions", "WorkerGroupNetworkPolicyRules"]


class NetworkPolicyRules(Spec):
    """What is let through, besides the traffic within the cluster."""

    ingress_rules: Listed[Fragment] = ()
    """Incoming traffic let through, in Kubernetes' own form."""
    egress_rules: Listed[Fragment] = ()
    """Outgoing traffic let through, in Kubernetes' own form."""


class WorkerGroupNetworkPolicyRules(NetworkPolicyRules):
    """What is let through for one group, instead of what is for workers."""

    group_name: Label
    """The group."""


class NetworkPolicyConfig(Spec):
    """Closes the cluster's network but for what is named; needs the gate RayClusterNetworkPolicy."""

    mode: Literal["DenyAll", "DenyAllIngress", "DenyAllEgress"] | None = None
    """What is closed; None is DenyAll, which also shuts out DNS, the API server and the operator."""
    head: NetworkPolicyRules | None = None
    """What is let through for the head."""
    worker: NetworkPolicyRules | None = None
    """What is let through for workers."""
    worker_groups: Listed[WorkerGroupNetworkPolicyRules] = ()
    """What is let through for single groups."""


class TLSOptions(Spec):
    """Mutual TLS between Ray's processes by cert-manager; needs the gate RayClusterMTLS. Since KubeRay 1.7."""

    enabled: Flag | None = None
    """Whether it is on; None means yes, like the presence of the options."""
