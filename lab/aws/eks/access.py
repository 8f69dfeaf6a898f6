"""Access entries: who may use a cluster, and what AWS's own access policies let them do there."""

from collections.abc import Mapping
from typing import Any, Final

from ..answering import answers, given, page, unique, wrong
from ..errors import AwsError
from ..region import ACCOUNT, Region
from .store import Cluster, Described, cluster, part

_POLICY: Final = "arn:aws:eks::aws:cluster-access-policy/"
ADMIN: Final = f"{_POLICY}AmazonEKSClusterAdminPolicy"
"""The access policy that lets everything."""

_POLICIES: Final = (
    "AmazonEKSAdminPolicy",
    "AmazonEKSAdminViewPolicy",
    "AmazonEKSAutoNodePolicy",
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
)
_TYPES: Final = ("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX")
_NODES: Final = ("system:node:{{EC2PrivateDNSName}}", ["system:nodes"])


def admit_creator(region: Region, made: Cluster) -> None:
    """Let whoever makes a cluster do everything in it."""
    creator = f"arn:aws:iam::{ACCOUNT}:user/moto"
    made.entries[creator] = _entry(region, made.name, {"principalArn": creator})
    _associate(region, made, creator, ADMIN, {"type": "cluster", "namespaces": []})


def admit_nodes(region: Region, made: Cluster, role: str) -> None:
    """Let nodes of a role join, where access entries say who may."""
    if made.described["accessConfig"]["authenticationMode"] != "CONFIG_MAP":
        made.entries.setdefault(role, _entry(region, made.name, {"principalArn": role, "type": "EC2_LINUX"}))


def has_admin(made: Cluster) -> bool:
    """Whether anybody may do everything in the cluster."""
    return any(ADMIN in policies for policies in made.policies.values())


@answers("eks", "CreateAccessEntry")
def create_access_entry(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Let a principal in."""
    made, principal = _open(region, asked), asked["principalArn"]
    if principal in made.entries:
        message = "The specified access entry resource is already in use on this cluster."
        raise AwsError("ResourceInUseException", message, 409)
    if not principal.startswith("arn:aws:"):
        raise wrong("The principalArn parameter format is not valid")
    if asked.get("type", "STANDARD") not in _TYPES:
        raise wrong(f"The type {asked['type']} is not one of {', '.join(_TYPES)}")
    if any(group.startswith("system:") for group in asked.get("kubernetesGroups", [])):
        raise wrong("The kubernetes group name is invalid: it cannot start with system:")
    made.entries[principal] = _entry(region, made.name, asked)
    return {"accessEntry": made.entries[principal]}


@answers("eks", "DescribeAccessEntry")
def describe_access_entry(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One entry."""
    return {"accessEntry": _known(cluster(region, asked["clusterName"]), asked)}


@answers("eks", "ListAccessEntries")
def list_access_entries(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The principals that are let in, all of them or those with one access policy."""
    made, policy = cluster(region, asked["clusterName"]), asked.get("associatedPolicyArn")
    listed = [each for each in made.entries if not policy or policy in made.policies.get(each, {})]
    return page(listed, asked, "accessEntries")


@answers("eks", "UpdateAccessEntry")
def update_access_entry(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Change the groups and name of a principal."""
    entry = _known(_open(region, asked), asked)
    entry.update(given(asked, "kubernetesGroups", "username"), modifiedAt=region.now())
    return {"accessEntry": entry}


@answers("eks", "DeleteAccessEntry")
def delete_access_entry(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Let a principal in no longer."""
    made = _open(region, asked)
    _known(made, asked)
    del made.entries[asked["principalArn"]]
    made.policies.pop(asked["principalArn"], None)
    return {}


@answers("eks", "AssociateAccessPolicy")
def associate_access_policy(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Let a principal do what an access policy says."""
    made, policy = _open(region, asked), asked["policyArn"]
    entry = _known(made, asked)
    scope: Described = {"namespaces": list[str](), **asked["accessScope"]}
    if entry["type"] not in {"STANDARD", "EC2"}:
        raise AwsError("InvalidRequestException", f"The access entry type {entry['type']} takes no policy", 400)
    if policy.removeprefix(_POLICY) not in _POLICIES:
        raise wrong("The policyArn parameter format is not valid")
    if (scope["type"] == "namespace") is not bool(scope["namespaces"]):
        raise wrong("namespaces go with the access scope namespace, and only with it")
    associated = _associate(region, made, asked["principalArn"], policy, scope)
    return {**given(asked, "clusterName", "principalArn"), "associatedAccessPolicy": associated}


@answers("eks", "DisassociateAccessPolicy")
def disassociate_access_policy(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Let a principal do it no longer."""
    made = _open(region, asked)
    _known(made, asked)
    if made.policies.get(asked["principalArn"], {}).pop(asked["policyArn"], None) is None:
        raise AwsError("ResourceNotFoundException", "No associated policy was found for the given input", 404)
    return {}


@answers("eks", "ListAssociatedAccessPolicies")
def list_associated_access_policies(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The access policies of a principal."""
    made = cluster(region, asked["clusterName"])
    _known(made, asked)
    listed = list(made.policies.get(asked["principalArn"], {}).values())
    return {**given(asked, "clusterName", "principalArn"), **page(listed, asked, "associatedAccessPolicies")}


@answers("eks", "ListAccessPolicies")
def list_access_policies(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """AWS's own access policies."""
    del region
    return page([{"name": name, "arn": f"{_POLICY}{name}"} for name in _POLICIES], asked, "accessPolicies")


def _entry(region: Region, name: str, asked: Mapping[str, Any]) -> Described:
    principal, kind = str(asked["principalArn"]), asked.get("type", "STANDARD")
    username, groups = (principal, []) if kind == "STANDARD" else _NODES
    owner = principal.partition(":iam::")[2].replace(":", "/")
    return {
        "clusterName": name,
        "principalArn": principal,
        "kubernetesGroups": list(asked.get("kubernetesGroups", groups)),
        "accessEntryArn": region.arn("eks", f"access-entry/{name}/{owner}/{unique()}"),
        "createdAt": region.now(),
        "modifiedAt": region.now(),
        "tags": dict(asked.get("tags", {})),
        "username": asked.get("username", username),
        "type": kind,
    }


def _associate(region: Region, made: Cluster, principal: str, policy: str, scope: Mapping[str, Any]) -> Described:
    policies = made.policies.setdefault(principal, {})
    since = policies[policy]["associatedAt"] if policy in policies else region.now()
    policies[policy] = {"policyArn": policy, "accessScope": scope, "associatedAt": since, "modifiedAt": region.now()}
    return policies[policy]


def _open(region: Region, asked: Mapping[str, Any]) -> Cluster:
    made = cluster(region, asked["clusterName"])
    if made.described["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
        modes = "[API, API_AND_CONFIG_MAP]"
        message = f"The cluster's authentication mode must be set to one of {modes} to perform this operation."
        raise AwsError("InvalidRequestException", message, 400)
    return made


def _known(made: Cluster, asked: Mapping[str, Any]) -> Described:
    missing = (
        f"The specified principalArn could not be found. You should create an access entry: {asked['principalArn']}"
    )
    return part(made.entries, asked["principalArn"], missing)
