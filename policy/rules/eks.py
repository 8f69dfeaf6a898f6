"""Clusters of EKS."""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import mapping, text

from ..parameters import Most, Names, most, names
from ..rule import Level, Nothing, rule, tally
from ..shapes import is_everybody, texts
from ..subject import Subject

_ADMINISTRATOR: Final = "/AmazonEKSClusterAdminPolicy"
_CLUSTER: Final = frozenset({"aws:eks/cluster:Cluster"})


@rule(
    "eks-endpoint-private",
    Subject,
    why="anybody may try the API server of the cluster",
    remedy="set endpointPublicAccess: false, or name the addresses in publicAccessCidrs",
    source="CIS EKS 1.7: 5.4.1, 5.4.2; NSA/CISA: network",
    kinds=_CLUSTER,
)
def eks_endpoint_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """The cluster's endpoint is reached from within, or from addresses that are named."""
    del asked
    access = mapping(subject.props.get("vpcConfig"))
    if access.get("endpointPublicAccess") is not False:
        cidrs = texts(access.get("publicAccessCidrs"))
        if not cidrs or any(map(is_everybody, cidrs)):
            yield Found(("vpcConfig", "endpointPublicAccess"), "an endpoint for everybody asked")
    if access.get("endpointPrivateAccess") is not True:
        yield Found(("vpcConfig", "endpointPrivateAccess"), "no endpoint within the network asked")


@rule(
    "eks-logs",
    Subject,
    names("api", "audit", "authenticator"),
    why="nobody can tell afterwards who did what",
    remedy="add them to enabledClusterLogTypes",
    source="CIS EKS 1.7: 2.1.1; NSA/CISA: audit logging",
    kinds=_CLUSTER,
)
def eks_logs(subject: Subject, needed: Names) -> Iterator[Found]:
    """The control plane keeps its logs."""
    there = texts(subject.props.get("enabledClusterLogTypes"))
    missing = [name for name in needed.names if name not in there]
    if missing:
        yield Found(("enabledClusterLogTypes",), f"no logs of {', '.join(missing)}")


@rule(
    "eks-secrets-encrypted",
    Subject,
    why="a copy of etcd tells every Secret",
    remedy="set encryptionConfig with a key of KMS for secrets",
    source="CIS EKS 1.7: 5.3.1; NSA/CISA: secrets",
    kinds=_CLUSTER,
)
def eks_secrets_encrypted(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Secrets are encrypted by a key of one's own."""
    del asked
    if "secrets" not in texts(mapping(subject.props.get("encryptionConfig")).get("resources")):
        yield Found(("encryptionConfig",), "Secrets without a key asked")


@rule(
    "eks-access-entries",
    Subject,
    why="rights that stand in the aws-auth ConfigMap are seen by nobody, and its creator keeps all of them for ever",
    remedy='set authenticationMode "API" and bootstrapClusterCreatorAdminPermissions: false',
    source="CIS EKS 1.7: 4.1.7, 5.5.1",
    kinds=_CLUSTER | {"ConfigMap"},
)
def eks_access_entries(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Rights in the cluster are access entries, and its creator has none by itself."""
    del asked
    if subject.api:
        if subject.name == "aws-auth":
            yield Found(("metadata", "name"), "rights by the ConfigMap aws-auth asked")
        return
    access = mapping(subject.props.get("accessConfig"))
    if access.get("authenticationMode") not in ("API", "API_AND_CONFIG_MAP"):
        mode = access.get("authenticationMode") or "CONFIG_MAP"
        yield Found(("accessConfig", "authenticationMode"), f"{mode} asked")
    if access.get("bootstrapClusterCreatorAdminPermissions") is not False:
        yield Found(("accessConfig", "bootstrapClusterCreatorAdminPermissions"), "all rights for its creator asked")


@rule(
    "eks-pools-bounded",
    Subject,
    names("general-purpose"),
    why="a pool of EKS's own has no limits: whatever asks for pods gets nodes",
    remedy="leave it out of nodePools, and make a NodePool with limits",
    level=Level.ADVISORY,
    kinds=_CLUSTER,
)
def eks_pools_bounded(subject: Subject, endless: Names) -> Iterator[Found]:
    """Auto Mode has no pool without an end."""
    for index, name in enumerate(texts(mapping(subject.props.get("computeConfig")).get("nodePools"))):
        if endless.has(name):
            yield Found(("computeConfig", "nodePools", index), f"{name} asked")


@rule(
    "network-policies-enforced",
    Subject,
    why="every connection is let through otherwise, whatever NetworkPolicies say",
    remedy='set configurationValues with enableNetworkPolicy: "true", unless another plugin enforces them',
    source="CIS EKS 1.7: 4.3.1, 5.4.4; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({"aws:eks/addon:Addon"}),
)
def network_policies_enforced(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """What drives the network of pods, as an add-on of EKS, enforces network policies."""
    del asked
    if subject.props.get("addonName") == "vpc-cni":
        values = mapping(inline(text(subject.props.get("configurationValues")))[0])
        if str(values.get("enableNetworkPolicy")).lower() != "true":
            yield Found(("configurationValues",), "no enableNetworkPolicy asked")


@tally(
    "eks-administrators",
    Subject,
    most(3),
    why="each of them may do everything in the cluster",
    remedy="give them AmazonEKSAdminViewPolicy, AmazonEKSEditPolicy, or a scope of namespaces",
    source="CIS EKS 1.7: 4.1.1, 5.5.1",
    level=Level.ADVISORY,
    kinds=frozenset({"aws:eks/accessPolicyAssociation:AccessPolicyAssociation"}),
)
def eks_administrators(subject: Subject, allowed: Most) -> Iterator[tuple[str, float]]:
    """A stack names few administrators of clusters."""
    del allowed
    if text(subject.props.get("policyArn")).endswith(_ADMINISTRATOR):
        yield "administrators of clusters", 1


@rule(
    "eks-deletion-protection",
    Subject,
    why="the cluster and every volume of it go with one wrong command",
    remedy="set deletionProtection: true",
    level=Level.DISABLED,
    kinds=_CLUSTER,
)
def eks_deletion_protection(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """AWS refuses to delete the cluster."""
    del asked
    if subject.props.get("deletionProtection") is not True:
        yield Found(("deletionProtection",), "not asked")
