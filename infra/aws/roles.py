"""The roles of a cluster: of its control plane, its nodes, its add-ons; each may do what AWS's own policy says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..statements import assume_role, document, statement

__all__ = ["POD_TRUST", "Role", "addon_role", "auto_node_role", "control_plane_role", "key_policy", "node_role"]

MANAGED = "arn:aws:iam::aws:policy/"
"""What the ARNs of AWS's own policies begin with."""

POD_TRUST = assume_role("pods.eks.amazonaws.com", "sts:TagSession")
"""The policy that lets pods take a role by Pod Identity."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role, and what must be there before it can do its work."""

    id: pulumi.Output[str]
    """Its id, which is its name."""
    arn: pulumi.Output[str]
    """Its ARN."""
    attached: tuple[pulumi.Resource, ...]
    """The role itself and the attachments of its policies."""


AUTO_MODE = ("Compute", "BlockStorage", "LoadBalancing", "Networking")
"""What a control plane with Auto Mode does besides, each by a policy of AWS's own."""


def control_plane_role(
    name: str, tags: Mapping[str, str], child: pulumi.ResourceOptions, *, auto_mode: bool = False
) -> Role:
    """The role of the control plane, and of the nodes that it launches with Auto Mode."""
    more = [f"AmazonEKS{what}Policy" for what in AUTO_MODE] if auto_mode else []
    trust = assume_role("eks.amazonaws.com", *(["sts:TagSession"] if auto_mode else []))
    return _role(name, trust, ("AmazonEKSClusterPolicy", *more), tags, child)


def node_role(name: str, tags: Mapping[str, str], child: pulumi.ResourceOptions) -> Role:
    """The role of nodes: they join and pull images, and do nothing else; add-ons have roles of their own."""
    policies = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
    return _role(name, assume_role("ec2.amazonaws.com"), policies, tags, child)


def auto_node_role(name: str, tags: Mapping[str, str], child: pulumi.ResourceOptions) -> Role:
    """The role of nodes that Auto Mode launches: they join and pull images, and do nothing else."""
    policies = ("AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly")
    return _role(name, assume_role("ec2.amazonaws.com"), policies, tags, child)


def addon_role(name: str, policy: str, tags: Mapping[str, str], child: pulumi.ResourceOptions) -> Role:
    """The role that the pods of an add-on take."""
    return _role(name, POD_TRUST, (policy,), tags, child)


def key_policy(
    name: str, role: Role, key_arn: pulumi.Input[str], child: pulumi.ResourceOptions
) -> "aws.iam.RolePolicy":
    """Lets the control plane use the key that encrypts Secrets."""
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey")
    policy = pulumi.Output.from_input(key_arn).apply(lambda arn: document(statement(actions, (arn,))))
    return aws.iam.RolePolicy(name, role=role.id, policy=policy, opts=child)


def _role(
    name: str, trust: str, policies: Sequence[str], tags: Mapping[str, str], child: pulumi.ResourceOptions
) -> Role:
    """Declares a role with some of AWS's own policies."""
    role = aws.iam.Role(name, assume_role_policy=trust, tags=dict(tags), opts=child)
    attachments = [
        aws.iam.RolePolicyAttachment(
            f"{name}-{policy.rpartition('/')[2]}", role=role.name, policy_arn=MANAGED + policy, opts=child
        )
        for policy in policies
    ]
    return Role(role.id, role.arn, (role, *attachments))
