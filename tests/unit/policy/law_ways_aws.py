"""The many ways in which the same is written at AWS: other types for one thing, other words for one right."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws

__all__ = ["WAYS_IN_AWS"]

_POLICY: Final = "aws:iam/policy:Policy"
_ROLE: Final = "aws:iam/role:Role"
_INSTANCE: Final = "aws:ec2/instance:Instance"
_SPOT: Final = "aws:ec2/spotInstanceRequest:SpotInstanceRequest"
_LAUNCH: Final = "aws:ec2/launchConfiguration:LaunchConfiguration"
_SAFE: Final = {"httpTokens": "required", "httpPutResponseHopLimit": 1}
_ADMINISTRATOR: Final = "arn:aws:iam::aws:policy/AdministratorAccess"


def _statement(**statement: Any) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", **statement}]})


def _allowing(action: str, resource: str = "*") -> Subject:
    return aws(_POLICY, {"policy": _statement(Action=action, Resource=resource)})


def _trusting(token: str = _ROLE, name: str = "policy", **statement: Any) -> Subject:
    return aws(token, {name: _statement(Action="*", **statement)})


def _token(service: str, *kinds: str) -> tuple[str, ...]:
    return tuple(f"aws:{service}/{kind[0].lower()}{kind[1:]}:{kind}" for kind in kinds)


def _node_class(**spec: Any) -> Subject:
    return of_manifest(
        {"apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass", "metadata": {"name": "gpu"}, "spec": spec}
    )


def _disk(**disk: Any) -> Subject:
    return _node_class(blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": disk}])


def _storage(provisioner: str, **parameters: str) -> Subject:
    api = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}}
    return of_manifest({**api, "provisioner": provisioner, "parameters": parameters})


WAYS_IN_AWS: Final[Mapping[str, Example]] = {
    "rights-in-aws": Example(
        breaks=(
            *(_allowing(action) for action in ("iam:Put*", "ec2:*Instances", "s3:Delete?bject", "**", "gets:*")),
            aws(_POLICY, {"policy": _statement(Action="*", Resource=["arn:aws:s3:::models", "*"])}),
            *(_allowing("s3:*", every) for every in ("**", "arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:ec2:*:*:*")),
            aws(
                *_token("ssoadmin", "PermissionSetInlinePolicy"), {"inlinePolicy": _statement(Action="*", Resource="*")}
            ),
            aws(
                _POLICY,
                {"policy": {"Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:*"], "Resource": "*"}]}},
            ),
        ),
        keeps=(
            *(_allowing(f"a:{word}*") for word in ("Get", "List", "describe", "View", "Head", "Lookup", "Search")),
            *(_allowing(action) for action in ("logs:Query*", "ecr:BatchGet*", "ec2:RunInstances")),
            *(
                _allowing("s3:*", one)
                for one in ("arn:aws:s3:::models", "arn:aws:s3:::models/*", "arn:aws:iam::1:role/*")
            ),
        ),
    ),
    "administrator-in-aws": Example(
        breaks=(
            *(
                aws(token, {"policyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", _ADMINISTRATOR]})
                for token in _token("iam", *(f"{kind}PolicyAttachmentsExclusive" for kind in ("Role", "User", "Group")))
            ),
            aws(*_token("ssoadmin", "ManagedPolicyAttachment"), {"managedPolicyArn": _ADMINISTRATOR}),
        ),
        keeps=(),
    ),
    "open-to-everybody": Example(
        breaks=(
            _trusting(name="assumeRolePolicy", NotPrincipal={"AWS": "arn:aws:iam::1:root"}),
            _trusting(name="assumeRolePolicy", Principal={"Service": "ec2.amazonaws.com", "AWS": ["*"]}),
            *(_trusting(token, Principal="*") for token in _token("s3", "Bucket", "BucketV2", "BucketPolicy")),
            *(_trusting(token, Principal="*") for token in _token("ecr", "RepositoryPolicy", "RegistryPolicy")),
            *(_trusting(token, Principal="*") for token in _token("kms", "Key", "KeyPolicy")),
        ),
        keeps=(
            _trusting(*_token("kms", "KeyPolicy"), Principal={"AWS": "arn:aws:iam::1:root"}),
            _trusting(*_token("s3", "Bucket"), Principal="*", Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}}),
            _trusting(name="assumeRolePolicy", Principal={"Service": "ec2.amazonaws.com"}),
        ),
    ),
    "bucket-private": Example(
        breaks=(
            *(
                aws(token, {"acl": "public-read"})
                for token in _token("s3", "Bucket", "BucketV2", "BucketAcl", "BucketAclV2")
            ),
            *(aws(*_token("s3", "Bucket"), {"acl": acl}) for acl in ("public-read-write", "authenticated-read")),
            aws(*_token("s3", "AccountPublicAccessBlock"), {"blockPublicAcls": True}),
        ),
        keeps=tuple(aws(*_token("s3", "Bucket"), edits) for edits in ({}, {"acl": "private"})),
    ),
    "metadata-service": Example(
        breaks=(
            *(aws(token, {"metadataOptions": {"httpTokens": "required"}}) for token in (_INSTANCE, _SPOT, _LAUNCH)),
            _node_class(metadataOptions={"httpTokens": "optional"}),
            _node_class(metadataOptions={"httpPutResponseHopLimit": 2}),
        ),
        keeps=(
            _node_class(),
            _node_class(metadataOptions={"httpEndpoint": "disabled", "httpTokens": "optional"}),
            *(aws(token, {"metadataOptions": _SAFE}) for token in (_SPOT, _LAUNCH)),
        ),
    ),
    "disks-encrypted": Example(
        breaks=(
            *(aws(token, {"rootBlockDevice": {"volumeSize": 9}}) for token in (_SPOT, _LAUNCH)),
            *(aws(token, {}) for token in (_SPOT, _LAUNCH)),
            _disk(volumeSize="100Gi"),
            *(
                _storage(name, type="gp3")
                for name in ("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs")
            ),
        ),
        keeps=(
            _node_class(),
            _disk(encrypted=True),
            _storage("ebs.csi.aws.com", encrypted="true"),
            _storage("efs.csi.aws.com"),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"blockDeviceMappings": []}),
        ),
    ),
}
"""By rule: what the stack of somebody else may hold."""
