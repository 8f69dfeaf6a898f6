"""What is kept in AWS: on disks, in databases, in buckets, and who reaches it there."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text

from ..machines import MACHINES, NODE_CLASS, SINGLE
from ..rule import Level, Nothing, rule
from ..subject import Subject

_BY_DEFAULT: Final = "aws:ebs/encryptionByDefault:EncryptionByDefault"
_DOMAIN: Final = "aws:opensearch/domain:Domain"
_REPLICATED: Final = "aws:elasticache/replicationGroup:ReplicationGroup"
_CACHE: Final = "aws:elasticache/cluster:Cluster"
_AT_REST: Final[Mapping[str, tuple[str, ...]]] = {
    "aws:docdb/cluster:Cluster": ("storageEncrypted",),
    "aws:ebs/volume:Volume": ("encrypted",),
    "aws:efs/fileSystem:FileSystem": ("encrypted",),
    "aws:neptune/cluster:Cluster": ("storageEncrypted",),
    "aws:rds/cluster:Cluster": ("storageEncrypted",),
    "aws:rds/instance:Instance": ("storageEncrypted",),
    _BY_DEFAULT: ("enabled",),
    _DOMAIN: ("encryptAtRest", "enabled"),
    _REPLICATED: ("atRestEncryptionEnabled",),
}
"""Where it stands that what is kept is encrypted, by type."""
_COPIED: Final = frozenset(
    {
        "globalReplicationGroupId",
        "replicateSourceDb",
        "replicationSourceIdentifier",
        "restoreToPointInTime",
        "snapshotID",
        "snapshotId",
        "snapshotIdentifier",
    }
)
"""What names that of which something is a copy: it is encrypted as that is."""
_VALKEY: Final = "valkey"
"""Encrypted at rest unless somebody says otherwise."""
_CLASS: Final = "StorageClass"
_EBS: Final = ("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs")
_REACHED: Final = frozenset(
    {
        "aws:mq/broker:Broker",
        "aws:neptune/clusterInstance:ClusterInstance",
        "aws:rds/clusterInstance:ClusterInstance",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/workgroup:Workgroup",
    }
)
"""Databases that may have an address of the Internet."""
_MEMORY: Final = "aws:memorydb/cluster:Cluster"
_USER: Final = "aws:elasticache/user:User"
_PASSWORDS: Final = frozenset({"authToken", "userGroupIds"})
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
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/objectCopy:ObjectCopy",
    }
)
"""What says by a name, or by grants, who may read and write a bucket or an object of it."""
_OPEN: Final = ("public-read", "public-read-write", "authenticated-read")
_EVERYBODY: Final = ("/AllUsers", "/AuthenticatedUsers")
"""How groups end that are everybody, or everybody with an account."""


@rule(
    "disks-encrypted",
    Subject,
    why="a snapshot of it can be read by whoever gets it",
    remedy="set it to true",
    source="NSA/CISA: secrets; Checkov CKV_AWS_3, CKV_AWS_29, CKV_AWS_42, CKV_AWS_96",
    kinds=frozenset({*MACHINES, _CLASS, _CACHE, *_AT_REST}),
)
def disks_encrypted(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Disks and file systems are encrypted."""
    del asked
    if subject.kind in MACHINES:
        yield from _of_machine(subject)
    elif subject.kind == _CLASS:
        encrypted = mapping(subject.props.get("parameters")).get("encrypted")
        if subject.props.get("provisioner") in _EBS and not _is_true(encrypted):
            yield Found(("parameters", "encrypted"), "disks in the clear asked")
    elif subject.kind == _CACHE:
        if subject.props.get("engine") == "redis" and "replicationGroupId" not in subject.props:
            yield Found((), "Redis in the clear asked", remedy="make a ReplicationGroup, which can be encrypted")
    elif not (_COPIED & subject.props.keys() or _is_kept_encrypted(subject)):
        yield Found(_AT_REST[subject.kind], "not asked")


def _of_machine(subject: Subject) -> Iterator[Found]:
    for path, disk in _disks(subject):
        if not (_is_true(disk.get("encrypted")) or _COPIED & disk.keys()):
            yield Found((*path, "encrypted"), "a disk in the clear asked")


def _is_kept_encrypted(subject: Subject) -> bool:
    value: Any = subject.props
    for name in _AT_REST[subject.kind]:
        value = mapping(value).get(name)
    by_itself = subject.kind == _BY_DEFAULT or subject.props.get("engine") == _VALKEY
    return _is_true(value) or (value is None and by_itself)


def _is_true(value: Any) -> bool:
    """Whether a switch is on, which both providers of AWS take as a text too."""
    return str(value).lower() == "true"


def _disks(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    start, whole = (("spec",), subject.spec) if subject.kind == NODE_CLASS else ((), subject.props)
    for index, each in enumerate(items(whole.get("blockDeviceMappings"))):
        if each.get("ebs") is not None:
            yield (*start, "blockDeviceMappings", index, "ebs"), mapping(each.get("ebs"))
    for index, each in enumerate(items(whole.get("ebsBlockDevices"))):
        yield ("ebsBlockDevices", index), each
    root = whole.get("rootBlockDevice")
    if root is not None or (subject.kind in SINGLE and whole.get("launchTemplate") is None):
        yield ("rootBlockDevice",), mapping(root)


@rule(
    "data-private",
    Subject,
    why="anybody on the Internet may try it, with whatever password leaks",
    remedy="set publiclyAccessible: false, and reach it from within the network",
    source="NSA/CISA: network; Checkov CKV_AWS_17, CKV_AWS_69, CKV_AWS_87, CKV_AWS_102",
    kinds=_REACHED,
)
def data_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No database has an address of the Internet."""
    del asked
    if subject.props.get("publiclyAccessible") is True:
        yield Found(("publiclyAccessible",), "an address of the Internet asked")


@rule(
    "redis-guarded",
    Subject,
    why="whoever reaches the Redis of a Ray cluster, or listens on the way to it, has what its head knows",
    remedy="encrypt in transit, and have a password: transitEncryptionEnabled with authToken or userGroupIds",
    source="NSA/CISA: network; Checkov CKV_AWS_30, CKV_AWS_31",
    level=Level.ADVISORY,
    kinds=frozenset({_REPLICATED, _MEMORY, _USER}),
)
def redis_guarded(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Redis is encrypted on its way, and asks for a password."""
    del asked
    if subject.kind == _REPLICATED and "globalReplicationGroupId" not in subject.props:
        if not _is_true(subject.props.get("transitEncryptionEnabled")):
            yield Found(("transitEncryptionEnabled",), "Redis in the clear asked")
        if not _PASSWORDS & subject.props.keys():
            yield Found(("authToken",), "Redis without a password asked")
    elif subject.kind == _MEMORY:
        if subject.props.get("tlsEnabled") is False:
            yield Found(("tlsEnabled",), "Redis in the clear asked")
        if subject.props.get("aclName") == "open-access":
            yield Found(("aclName",), "Redis without a password asked")
    elif subject.props.get("noPasswordRequired") is True and text(subject.props.get("accessString")).startswith("on "):
        yield Found(("noPasswordRequired",), "Redis without a password asked")


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
        found = [(("acl",), subject.props.get("acl"))] if subject.props.get("acl") in _OPEN else _granted(subject)
        for path, everybody in found:
            yield Found(path, f"{everybody} asked", remedy="make it private, and name readers in a policy")
        return
    for name in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"):
        if subject.props.get(name) is not True:
            yield Found((name,), "not asked")


def _granted(subject: Subject) -> Iterator[tuple[Path, str]]:
    """The grants to everybody."""
    listed: Path = ("accessControlPolicy", "grants")
    for index, each in enumerate(items(subject.props.get("grants"))):
        yield from _everybody(("grants", index, "uri"), each.get("uri"))
    for index, each in enumerate(items(mapping(subject.props.get("accessControlPolicy")).get("grants"))):
        yield from _everybody((*listed, index, "grantee", "uri"), mapping(each.get("grantee")).get("uri"))


def _everybody(path: Path, uri: Any) -> Iterator[tuple[Path, str]]:
    if text(uri).endswith(_EVERYBODY):
        yield path, text(uri).rpartition("/")[2]
