"""The ground in AWS: nodes, networks, rights, disks."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import PositiveCount, Spec

from ..rule import Level, Nothing, rule
from ..shapes import is_everybody, texts
from ..subject import Subject

_SOURCES: Final = ("sourceSecurityGroupIds", "sourceSecurityGroups")
"""Who may log in to nodes, as either provider of AWS has it."""
_NODE_GROUP: Final = frozenset({"aws:eks/nodeGroup:NodeGroup"})
_HOPS_OF_EKS: Final = 2
"""How many hops an answer takes by the launch template that EKS makes (aws-cdk 31124, notification-terraform 985)."""
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_NODE_CLASS: Final = "EC2NodeClass"
"""What Karpenter makes its nodes by: what it leaves out is safe, as Karpenter's own defaults are."""
_AUTO_CLASS: Final = "NodeClass"
"""The same of EKS Auto Mode."""
_SINGLE: Final = frozenset(
    {
        "aws:ec2/instance:Instance",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
    }
)
"""What has the disk of its image where it does not name another."""
_MACHINES: Final = frozenset({*_SINGLE, _TEMPLATE, _NODE_CLASS})
_AT_REST: Final[Mapping[str, str]] = {
    "aws:ebs/volume:Volume": "encrypted",
    "aws:efs/fileSystem:FileSystem": "encrypted",
    "aws:elasticache/replicationGroup:ReplicationGroup": "atRestEncryptionEnabled",
    "aws:rds/cluster:Cluster": "storageEncrypted",
    "aws:rds/instance:Instance": "storageEncrypted",
}
"""Where it stands that what is kept is encrypted, by type."""
_CLASS: Final = "StorageClass"
_EBS: Final = ("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs")
_BLOCKS: Final = frozenset(
    {
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    }
)
_LISTED: Final = frozenset(
    {
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketAcl:BucketAcl",
        "aws:s3/bucketAclV2:BucketAclV2",
    }
)
"""What says by a name who may read and write a bucket."""
_OPEN: Final = ("public-read", "public-read-write", "authenticated-read")
_INGRESS: Final = frozenset(
    {
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    }
)


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
    kinds=_MACHINES | _NODE_GROUP,
)
def metadata_service(subject: Subject, allowed: _Hops) -> Iterator[Found]:
    """Pods do not reach the credentials of their node."""
    if subject.kind in _NODE_GROUP:
        if subject.props.get("launchTemplate") is None and allowed.most < _HOPS_OF_EKS:
            made = f"at most {allowed.most}: the template that EKS makes lets answers take {_HOPS_OF_EKS} hops"
            yield Found(("launchTemplate",), "none asked", made, remedy="name one with metadataOptions of your own")
        return
    place, options = _metadata_options(subject)
    if options.get("httpEndpoint") == "disabled":
        return
    if options.get("httpTokens") != "required":
        yield Found((*place, "httpTokens"), f"{options.get('httpTokens') or 'optional'} asked")
    hops = number(options.get("httpPutResponseHopLimit"))
    if hops is None or hops > allowed.most:
        shown = "as many as its image says" if hops is None else str(hops)
        yield Found((*place, "httpPutResponseHopLimit"), f"{shown} asked", f"at most {allowed.most}")


def _metadata_options(subject: Subject) -> tuple[Path, Mapping[str, Any]]:
    if subject.kind == _NODE_CLASS:
        safe = {"httpTokens": "required", "httpPutResponseHopLimit": 1}
        return ("spec", "metadataOptions"), {**safe, **mapping(subject.spec.get("metadataOptions"))}
    return ("metadataOptions",), mapping(subject.props.get("metadataOptions"))


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
    if access is not None and not any(map(mapping(access).get, _SOURCES)):
        yield Found(("remoteAccess",), "a login from everywhere asked")


@rule(
    "disks-encrypted",
    Subject,
    why="a snapshot of it can be read by whoever gets it",
    remedy="set it to true",
    source="NSA/CISA: secrets; Checkov CKV_AWS_3, CKV_AWS_29, CKV_AWS_42, CKV_AWS_96",
    kinds=frozenset({*_MACHINES, _CLASS, *_AT_REST}),
)
def disks_encrypted(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Disks and file systems are encrypted."""
    del asked
    if subject.kind in _MACHINES:
        for path, disk in _disks(subject):
            if str(disk.get("encrypted")).lower() != "true":
                yield Found((*path, "encrypted"), "a disk in the clear asked")
    elif subject.kind == _CLASS:
        encrypted = mapping(subject.props.get("parameters")).get("encrypted")
        if subject.props.get("provisioner") in _EBS and str(encrypted).lower() != "true":
            yield Found(("parameters", "encrypted"), "disks in the clear asked")
    elif subject.props.get(_AT_REST[subject.kind]) is not True:
        yield Found((_AT_REST[subject.kind],), "not asked")


def _disks(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    start, whole = (("spec",), subject.spec) if subject.kind == _NODE_CLASS else ((), subject.props)
    for index, each in enumerate(items(whole.get("blockDeviceMappings"))):
        if each.get("ebs") is not None:
            yield (*start, "blockDeviceMappings", index, "ebs"), mapping(each.get("ebs"))
    for index, each in enumerate(items(whole.get("ebsBlockDevices"))):
        yield ("ebsBlockDevices", index), each
    root = whole.get("rootBlockDevice")
    if root is not None or (subject.kind in _SINGLE and whole.get("launchTemplate") is None):
        yield ("rootBlockDevice",), mapping(root)


@rule(
    "nodes-private",
    Subject,
    why="a node with an address of the Internet is tried from there, whatever its security groups let in today",
    remedy="leave it out, and put nodes into private subnets",
    source="CIS EKS 1.7: 5.4.3; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({*_MACHINES, _AUTO_CLASS}),
)
def nodes_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No machine asks for an address of the Internet."""
    del asked
    for path, value in _addresses(subject):
        if str(value).lower() == "true":
            yield Found(path, "an address of the Internet asked")


def _addresses(subject: Subject) -> Iterator[tuple[Path, Any]]:
    name = "associatePublicIPAddress"
    if subject.kind == _NODE_CLASS:
        yield ("spec", name), subject.spec.get(name)
    elif subject.kind == _AUTO_CLASS:
        yield ("spec", "advancedNetworking", name), mapping(subject.spec.get("advancedNetworking")).get(name)
    else:
        of_machine = "associatePublicIpAddress"
        yield (of_machine,), subject.props.get(of_machine)
        for index, each in enumerate(items(subject.props.get("networkInterfaces"))):
            yield ("networkInterfaces", index, of_machine), each.get(of_machine)


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
    kinds=_BLOCKS | _LISTED,
)
def bucket_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No bucket may become public."""
    del asked
    if subject.kind in _LISTED:
        if subject.props.get("acl") in _OPEN:
            yield Found(
                ("acl",), f"{subject.props.get('acl')} asked", remedy="make it private, and name readers in a policy"
            )
        return
    for name in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"):
        if subject.props.get(name) is not True:
            yield Found((name,), "not asked")
