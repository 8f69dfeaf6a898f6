"""The ground in AWS: nodes and who gets into them, keys, registries."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import PositiveCount, Spec

from ..machines import AUTO_CLASS, MACHINES, NODE_CLASS, NODE_GROUP, started
from ..rule import Level, Nothing, rule
from ..subject import Subject

_SOURCES: Final = ("sourceSecurityGroupIds", "sourceSecurityGroups")
"""Who may log in to nodes, as either provider of AWS has it."""
_DEFAULTS: Final = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"
_SCALED: Final = "aws:autoscaling/group:Group"
_NEWEST: Final = ("$Default", "$Latest")
_HOPS_OF_EKS: Final = 2
"""How many hops an answer takes by the launch template that EKS makes (aws-cdk 31124, notification-terraform 985)."""
_LOOSE: Final = re.compile(
    r"--(?:anonymous-auth(?:(?:=|\s+)true|(?=[\"']|$))|authorization-mode(?:=|\s+)AlwaysAllow"
    r"|read-only-port(?:=|\s+)[1-9]\d*)"
    r"|\banonymous\W{1,9}\s*enabled\W{1,4}true|\bauthorization\W{1,9}\s*mode\W{1,4}AlwaysAllow"
    r"|\breadOnlyPort\W{1,4}[1-9]\d*"
)
"""What opens a kubelet, as its flags have it, and as its file."""
_SUBNET: Final = "aws:ec2/subnet:Subnet"
_ADDRESSED: Final[Mapping[str, str]] = {
    "aws:ec2/eip:Eip": "instance",
    "aws:ec2/eipAssociation:EipAssociation": "instanceId",
}
"""What gives machines an address of the Internet, and where it stands to which."""


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
    kinds=MACHINES | {NODE_GROUP, _DEFAULTS},
)
def metadata_service(subject: Subject, allowed: _Hops) -> Iterator[Found]:
    """Pods do not reach the credentials of their node."""
    if subject.kind == NODE_GROUP:
        if subject.props.get("launchTemplate") is None and allowed.most < _HOPS_OF_EKS:
            made = f"at most {allowed.most}: the template that EKS makes lets answers take {_HOPS_OF_EKS} hops"
            yield Found(("launchTemplate",), "none asked", made, remedy="name one with metadataOptions of your own")
        return
    if subject.kind == _DEFAULTS:
        if subject.props.get("httpTokens") == "optional":
            yield Found(("httpTokens",), "optional asked of the whole account", remedy="set httpTokens: required")
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
    if subject.kind == NODE_CLASS:
        safe = {"httpTokens": "required", "httpPutResponseHopLimit": 1}
        return ("spec", "metadataOptions"), {**safe, **mapping(subject.spec.get("metadataOptions"))}
    return ("metadataOptions",), mapping(subject.props.get("metadataOptions"))


@rule(
    "node-login",
    Subject,
    why="whoever gets in has every pod of the node",
    remedy="use SSM, or name sourceSecurityGroupIds",
    source="NSA/CISA: worker nodes; Checkov CKV_AWS_100",
    kinds=frozenset({NODE_GROUP}),
)
def node_login(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nobody logs in to nodes from everywhere."""
    del asked
    access = subject.props.get("remoteAccess")
    if access is not None and not any(map(mapping(access).get, _SOURCES)):
        yield Found(("remoteAccess",), "a login from everywhere asked")


@rule(
    "node-keys",
    Subject,
    why="who holds its other half is known to nobody, and it is never taken back",
    remedy="use SSM: Session Manager knows who comes, and keeps what they do",
    source="NSA/CISA: worker nodes",
    level=Level.ADVISORY,
    kinds=(MACHINES - {NODE_CLASS}) | {NODE_GROUP},
)
def node_keys(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No machine lets somebody in by a key."""
    del asked
    place = ("remoteAccess", "ec2SshKey") if subject.kind == NODE_GROUP else ("keyName",)
    value: Any = subject.props
    for name in place:
        value = mapping(value).get(name)
    if value:
        yield Found(place, "a key of SSH asked")


@rule(
    "node-image-pinned",
    Subject,
    why="nodes change when somebody else says so, and with them the driver of their GPUs",
    remedy="name a version, such as al2023@v20251120, and a number of the launch template",
    source="Karpenter: managing AMIs; NSA/CISA: upgrades",
    level=Level.ADVISORY,
    kinds=frozenset({NODE_CLASS, NODE_GROUP, _SCALED}),
)
def node_image_pinned(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nodes are of an image that is named, not of the newest one."""
    del asked
    for index, each in enumerate(items(subject.spec.get("amiSelectorTerms"))):
        if text(each.get("alias")).endswith("@latest"):
            yield Found(("spec", "amiSelectorTerms", index, "alias"), f"{each.get('alias')} asked")
    version = mapping(subject.props.get("launchTemplate")).get("version")
    if version in _NEWEST:
        yield Found(("launchTemplate", "version"), f"{version} asked")


@rule(
    "kubelet-guarded",
    Subject,
    why="whoever reaches the node runs commands in its pods, or reads what they are started with",
    remedy="leave it out: the images of EKS ask who comes, and open no port without that",
    source="CIS EKS 1.7: 3.2.1, 3.2.2, 3.2.4; NSA/CISA: worker nodes",
    kinds=MACHINES,
)
def kubelet_guarded(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No kubelet is started so that it answers everybody."""
    del asked
    for path, words in started(subject):
        if found := _LOOSE.search(words):
            yield Found(path, f"{' '.join(found.group().split())} asked")


@rule(
    "nodes-private",
    Subject,
    why="a node with an address of the Internet is tried from there, whatever its security groups let in today",
    remedy="leave it out, and put nodes into private subnets",
    source="CIS EKS 1.7: 5.4.3; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({*MACHINES, AUTO_CLASS, _SUBNET, *_ADDRESSED}),
)
def nodes_private(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No machine asks for an address of the Internet."""
    del asked
    if subject.kind in _ADDRESSED:
        if _ADDRESSED[subject.kind] in subject.props:
            yield Found((_ADDRESSED[subject.kind],), "an address of the Internet asked")
        return
    for path, value in _addresses(subject):
        if str(value).lower() == "true":
            yield Found(path, "an address of the Internet asked")


def _addresses(subject: Subject) -> Iterator[tuple[Path, Any]]:
    name = "associatePublicIPAddress"
    if subject.kind == NODE_CLASS:
        yield ("spec", name), subject.spec.get(name)
    elif subject.kind == _SUBNET:
        yield ("mapPublicIpOnLaunch",), subject.props.get("mapPublicIpOnLaunch")
    elif subject.kind == AUTO_CLASS:
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
    # What is kept outside KMS, it cannot rotate.
    if symmetric and "customKeyStoreId" not in subject.props and subject.props.get("enableKeyRotation") is not True:
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
