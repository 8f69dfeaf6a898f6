"""The ground in AWS: nodes, networks, rights, disks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import PositiveCount, Spec

from ..rule import Nothing, rule
from ..shapes import is_everybody, texts
from ..subject import Subject

_ROLE: Final = "aws:iam/role:Role"
_NODE_GROUP: Final = frozenset({"aws:eks/nodeGroup:NodeGroup"})
_MACHINES: Final = frozenset({"aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance"})
_INGRESS: Final = frozenset(
    {
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    }
)
_POLICIES: Final = frozenset(
    {
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/userPolicy:UserPolicy",
        "aws:iam/groupPolicy:GroupPolicy",
        _ROLE,
    }
)
_ATTACHED: Final = frozenset(
    {
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/policyAttachment:PolicyAttachment",
        _ROLE,
    }
)
_TRUSTING: Final[Mapping[str, str]] = {
    _ROLE: "assumeRolePolicy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:kms/key:Key": "policy",
}
"""Where it stands who is trusted, by type."""


class _Hops(Spec):
    most: PositiveCount = 1
    """How many hops an answer of the metadata service may take; a pod is the second."""


@rule(
    "metadata-service",
    Subject,
    _Hops,
    why="a pod that is made to fetch an address takes the node's credentials (CVE-2023-48023)",
    remedy="set metadataOptions with httpTokens: required and httpPutResponseHopLimit: 1",
    source="CVE-2023-48023; NSA/CISA: worker nodes",
    kinds=_MACHINES,
)
def metadata_service(subject: Subject, allowed: _Hops) -> Iterator[Found]:
    """Pods do not reach the credentials of their node."""
    options = mapping(subject.props.get("metadataOptions"))
    if options.get("httpEndpoint") == "disabled":
        return
    if options.get("httpTokens") != "required":
        yield Found(("metadataOptions", "httpTokens"), f"{options.get('httpTokens') or 'optional'} asked")
    hops = number(options.get("httpPutResponseHopLimit"))
    if hops is not None and hops > allowed.most:
        yield Found(("metadataOptions", "httpPutResponseHopLimit"), f"{hops} asked", f"at most {allowed.most}")


@rule(
    "ports-open-to-all",
    Subject,
    why="everybody on the Internet may try them",
    remedy="name the addresses, or another security group",
    source="CIS EKS 1.7: 5.4.2; NSA/CISA: network",
    kinds=_INGRESS,
)
def ports_open_to_all(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No security group lets the whole Internet in."""
    del asked
    for path, each in _ingress(subject):
        ranges = [*texts(each.get("cidrBlocks")), *texts(each.get("ipv6CidrBlocks"))]
        ranges += [text(each.get("cidrIpv4")), text(each.get("cidrIpv6"))]
        everyone = list(filter(is_everybody, ranges))
        if everyone:
            ports = f"ports {each.get('fromPort', 'all')} to {each.get('toPort', 'all')}"
            yield Found(path, f"{ports} open to {everyone[0]}")


def _ingress(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if subject.kind.endswith("SecurityGroupRule"):
        if subject.props.get("type") == "ingress":
            yield ("cidrBlocks",), subject.props
    elif subject.kind.endswith("IngressRule"):
        yield ("cidrIpv4",), subject.props
    else:
        for index, each in enumerate(items(subject.props.get("ingress"))):
            yield ("ingress", index), each


@rule(
    "node-login",
    Subject,
    why="whoever gets in has every pod of the node",
    remedy="use SSM, or name sourceSecurityGroupIds",
    source="NSA/CISA: worker nodes; Checkov CKV_AWS_100",
    kinds=_NODE_GROUP,
)
def node_login(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nobody logs in to nodes from everywhere."""
    del asked
    access = subject.props.get("remoteAccess")
    if access is not None and not mapping(access).get("sourceSecurityGroupIds"):
        yield Found(("remoteAccess",), "a login from everywhere asked")


@rule(
    "disks-encrypted",
    Subject,
    why="a snapshot of it can be read by whoever gets it",
    remedy="set encrypted: true",
    source="NSA/CISA: secrets; Checkov CKV_AWS_3, CKV_AWS_42",
    kinds=frozenset({*_MACHINES, "aws:ebs/volume:Volume", "aws:efs/fileSystem:FileSystem"}),
)
def disks_encrypted(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Disks and file systems are encrypted."""
    del asked
    if subject.kind in _MACHINES:
        for path, disk in _disks(subject):
            if str(disk.get("encrypted")).lower() != "true":
                yield Found((*path, "encrypted"), "a disk in the clear asked")
    elif subject.props.get("encrypted") is not True:
        yield Found(("encrypted",), "not asked")


def _disks(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for index, each in enumerate(items(subject.props.get("blockDeviceMappings"))):
        if each.get("ebs") is not None:
            yield ("blockDeviceMappings", index, "ebs"), mapping(each.get("ebs"))
    for index, each in enumerate(items(subject.props.get("ebsBlockDevices"))):
        yield ("ebsBlockDevices", index), each
    if subject.props.get("rootBlockDevice") is not None:
        yield ("rootBlockDevice",), mapping(subject.props.get("rootBlockDevice"))


@rule(
    "rights-in-aws",
    Subject,
    why="whoever has them may change or delete what belongs to others",
    remedy="name the actions and the resources",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: authorisation",
    kinds=_POLICIES,
)
def rights_in_aws(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No policy allows writing actions by a wildcard on every resource."""
    del asked
    for path, each in _granted(subject):
        actions, resources = _listed(each.get("Action")), _listed(each.get("Resource"))
        broad = [action for action in actions if action == "*" or action.endswith(":*")]
        if each.get("Effect") != "Allow" or not ("*" in resources or each.get("NotResource") is not None):
            continue
        if broad or each.get("NotAction") is not None:
            yield Found(path, f"{', '.join(broad) or 'NotAction'} on every resource asked")


def _granted(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The statements of what a policy, or the policies within a role, allow."""
    policies: list[tuple[Path, Any]] = [(("policy",), subject.props.get("policy"))]
    for index, each in enumerate(items(subject.props.get("inlinePolicies"))):
        policies.append((("inlinePolicies", index, "policy"), each.get("policy")))
    for path, policy in policies:
        for index, statement in enumerate(_statements(policy)):
            yield (*path, "Statement", index), statement


def _statements(policy: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except ValueError:
            return ()
    statements = mapping(policy).get("Statement")
    return [mapping(statements)] if isinstance(statements, dict) else items(statements)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else texts(value)


class _Broad(Spec):
    names: tuple[str, ...] = Field(default=("AdministratorAccess", "PowerUserAccess", "IAMFullAccess"))
    """Policies of AWS that allow nearly everything."""


@rule(
    "administrator-in-aws",
    Subject,
    _Broad,
    why="whoever has it has the account",
    remedy="attach a policy with the rights that are needed",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: authorisation",
    kinds=_ATTACHED,
)
def administrator_in_aws(subject: Subject, broad: _Broad) -> Iterator[Found]:
    """No role has the rights of an administrator."""
    attached: list[tuple[Path, str]] = [(("policyArn",), text(subject.props.get("policyArn")))]
    for index, arn in enumerate(texts(subject.props.get("managedPolicyArns"))):
        attached.append((("managedPolicyArns", index), arn))
    for path, arn in attached:
        name = arn.rpartition("/")[2]
        if name in broad.names or name.endswith("FullAccess"):
            yield Found(path, f"{name} asked")


@rule(
    "open-to-everybody",
    Subject,
    why="anybody with an account of AWS may use it",
    remedy="name the accounts or services in Principal, or add a Condition",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: authorisation",
    kinds=frozenset(_TRUSTING),
)
def open_to_everybody(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role, bucket, registry or key trusts everybody."""
    del asked
    name = _TRUSTING[subject.kind]
    for index, each in enumerate(_statements(subject.props.get(name))):
        principal = each.get("Principal")
        named = _listed(mapping(principal).get("AWS")) if isinstance(principal, dict) else _listed(principal)
        if each.get("Effect") == "Allow" and "*" in named and not each.get("Condition"):
            yield Found((name, "Statement", index), "everybody trusted")


@rule(
    "key-rotates",
    Subject,
    why="a key that leaked once reads everything for ever",
    remedy="set enableKeyRotation: true",
    source="CIS EKS 1.7: 5.3.1; Checkov CKV_AWS_7",
    kinds=frozenset({"aws:kms/key:Key"}),
)
def key_rotates(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Keys of KMS rotate."""
    del asked
    symmetric = text(subject.props.get("customerMasterKeySpec")) in ("", "SYMMETRIC_DEFAULT")
    if symmetric and subject.props.get("enableKeyRotation") is not True:
        yield Found(("enableKeyRotation",), "not asked")


@rule(
    "images-kept",
    Subject,
    why="a tag that is written twice names two programs, and holes stay unseen",
    remedy="set imageTagMutability: IMMUTABLE and imageScanningConfiguration.scanOnPush: true",
    source="CIS EKS 1.7: 5.1.1; NSA/CISA: images; Checkov CKV_AWS_51, CKV_AWS_163",
    kinds=frozenset({"aws:ecr/repository:Repository"}),
)
def images_kept(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """A registry keeps what a tag names, and scans it."""
    del asked
    if not text(subject.props.get("imageTagMutability")).startswith("IMMUTABLE"):
        yield Found(("imageTagMutability",), f"{subject.props.get('imageTagMutability') or 'MUTABLE'} asked")
    if mapping(subject.props.get("imageScanningConfiguration")).get("scanOnPush") is not True:
        yield Found(("imageScanningConfiguration", "scanOnPush"), "not asked")


@rule(
    "bucket-private",
    Subject,
    why="its objects are the models and the data",
    remedy="set all four to true",
    source="NSA/CISA: secrets",
    kinds=frozenset({"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"}),
)
def bucket_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No bucket may become public."""
    del asked
    for name in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"):
        if subject.props.get(name) is not True:
            yield Found((name,), "not asked")
