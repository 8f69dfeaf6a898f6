"""The add-ons of a cluster: those that nodes need before they are ready, and those that need nodes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from ..eks_spec import EksClusterSpec
from .roles import addon_role

__all__ = ["AFTER_NODES", "BEFORE_NODES", "addons"]

BEFORE_NODES: Final = ("vpc-cni", "kube-proxy", "eks-pod-identity-agent")
"""Add-ons without which no node becomes ready."""

AFTER_NODES: Final = ("coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent")
"""Add-ons that AWS calls ready once their pods run."""

CONFIGURATION: Final[Mapping[str, Mapping[str, Any]]] = {
    "vpc-cni": {
        "enableNetworkPolicy": "true",
        # The address plan and the pods of a node are counted with prefixes.
        "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
    }
}
"""What add-ons are told beside their defaults."""

IDENTITIES: Final = {
    "vpc-cni": ("aws-node", "AmazonEKS_CNI_Policy"),
    "aws-ebs-csi-driver": ("ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy"),
}
"""Add-ons that call AWS, with the service account that does and the policy of what it may."""


def addons(
    name: str,
    spec: EksClusterSpec,
    which: Sequence[str],
    cluster_name: pulumi.Output[str],
    parent: pulumi.Resource,
    depends_on: Sequence[pulumi.Resource],
) -> list[pulumi.Resource]:
    """Declares these add-ons, each with its role, all of them after ``depends_on``."""
    return [_addon(name, spec, addon, cluster_name, parent, depends_on) for addon in which]


def _addon(
    name: str,
    spec: EksClusterSpec,
    addon: str,
    cluster_name: pulumi.Output[str],
    parent: pulumi.Resource,
    depends_on: Sequence[pulumi.Resource],
) -> "aws.eks.Addon":
    child, waits = pulumi.ResourceOptions(parent=parent), list(depends_on)
    associations: list[Any] = []
    if addon in IDENTITIES:
        account, policy = IDENTITIES[addon]
        role = addon_role(f"{name}-{addon}", policy, spec.tags, child)
        associations.append({"service_account": account, "role_arn": role.arn})
        waits += role.attached
    return aws.eks.Addon(
        f"{name}-{addon}",
        cluster_name=cluster_name,
        addon_name=addon,
        addon_version=spec.addon_versions.get(addon),
        configuration_values=json.dumps(CONFIGURATION[addon]) if addon in CONFIGURATION else None,
        pod_identity_associations=associations or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(spec.tags),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=waits),
    )
