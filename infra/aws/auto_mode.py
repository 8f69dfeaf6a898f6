"""What EKS Auto Mode asks of a cluster."""

from typing import Any

import pulumi
import pulumi_aws as aws

from ..eks_spec import EksClusterSpec
from .roles import auto_node_role

__all__ = ["admitted", "auto_mode"]


def auto_mode(spec: EksClusterSpec) -> dict[str, Any]:
    """The arguments of the control plane that Auto Mode changes; EKS takes them only together."""
    network: dict[str, Any] = {"service_ipv4_cidr": spec.service_cidr, "ip_family": "ipv4"}
    if not spec.auto_mode:
        return {"kubernetes_network_config": network}
    return {
        "compute_config": {"enabled": True},
        "kubernetes_network_config": {**network, "elastic_load_balancing": {"enabled": True}},
        "storage_config": {"block_storage": {"enabled": True}},
    }


def admitted(
    name: str, spec: EksClusterSpec, cluster_name: pulumi.Output[str], child: pulumi.ResourceOptions
) -> pulumi.Output[str]:
    """Declares the role of the nodes that Auto Mode launches and lets them in; its name, known once they may."""
    role = auto_node_role(f"{name}-auto-nodes", spec.tags, child)
    whose: dict[str, Any] = {"cluster_name": cluster_name, "principal_arn": role.arn}
    entry = aws.eks.AccessEntry(f"{name}-auto-nodes", type="EC2", tags=dict(spec.tags), **whose, opts=child)
    entered = aws.eks.AccessPolicyAssociation(
        f"{name}-auto-nodes",
        policy_arn="arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
        access_scope={"type": "cluster"},
        **whose,
        opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=[entry, *role.attached])),
    )
    return pulumi.Output.all(role.id, entered.id).apply(lambda known: str(known[0]))
