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
_PROVIDER: Final = "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
_HOW: Final = ("aws:SecureTransport", "s3:TlsVersion", "aws:RequestedRegion", "aws:CurrentTime", "aws:EpochTime")
_GIVING: Final = (
    "PassRole",
    *(f"{verb}{whose}Policy" for verb in ("Attach", "Put") for whose in ("Group", "Role", "User")),
    *("CreatePolicyVersion", "SetDefaultPolicyVersion", "CreateAccessKey", "AddUserToGroup"),
    *("CreateLoginProfile", "UpdateLoginProfile", "UpdateAssumeRolePolicy"),
)
_ADMINISTRATOR: Final = "arn:aws:iam::aws:policy/AdministratorAccess"


def _statement(**statement: Any) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", **statement}]})


def _allowing(action: str, resource: str = "*") -> Subject:
    return aws(_POLICY, {"policy": _statement(Action=action, Resource=resource)})


def _trusting(token: str = _ROLE, name: str = "policy", **statement: Any) -> Subject:
    return aws(token, {name: _statement(Action="*", **statement)})


def _federated(condition: Mapping[str, Any]) -> Subject:
    return _trusting(name="assumeRolePolicy", Principal={"Federated": _PROVIDER}, Condition=condition)


def _bool(key: str) -> dict[str, Any]:
    return {"Bool": {key: "true"}}


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
            *(_allowing(f"iam:{action}") for action in _GIVING),
            *(_allowing(action) for action in ("sts:AssumeRole", "IAM:passrole")),
        ),
        keeps=(
            *(_allowing(f"a:{word}*") for word in ("Get", "List", "describe", "View", "Head", "Lookup", "Search")),
            *(_allowing(action) for action in ("logs:Query*", "ecr:BatchGet*", "ec2:RunInstances")),
            *(_allowing(action) for action in ("iam:PassRoles", "iam:CreateServiceLinkedRole", "iam:GetRole")),
            _allowing("iam:PassRole", "arn:aws:iam::1:role/node"),
            aws(
                _POLICY,
                {"policy": _statement(Action="iam:PassRole", Resource="*", Condition={"StringLike": {"a": "b"}})},
            ),
            *(
                _allowing("s3:*", one)
                for one in ("arn:aws:s3:::models", "arn:aws:s3:::models/*", "arn:aws:iam::1:role/*")
            ),
        ),
    ),
    "nodes-private": Example(
        breaks=(
            *(aws(token, {"associatePublicIpAddress": "True"}) for token in (_SPOT, _LAUNCH)),
            aws(_LAUNCH, {"networkInterfaces": [{}, {"associatePublicIpAddress": True}]}),
        ),
        keeps=(_node_class(associatePublicIPAddress=False), aws(_LAUNCH, {"associatePublicIPAddress": True})),
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
            *(_trusting(token, Principal="*") for token in _token("sqs", "Queue", "QueuePolicy")),
            *(_trusting(token, Principal="*") for token in _token("sns", "Topic", "TopicPolicy")),
            _trusting(*_token("secretsmanager", "SecretPolicy"), Principal="*"),
            _trusting(*_token("efs", "FileSystemPolicy"), Principal="*"),
            *(_trusting(*_token("s3", "Bucket"), Principal="*", Condition=_bool(key)) for key in _HOW),
            *(
                _trusting(*_token("s3", "Bucket"), Principal="*", Condition={"StringLike": {"aws:SourceIp": value}})
                for value in ("*", "**", "0.0.0.0/0", ["10.0.0.0/8", "::/0"])
            ),
            _federated({}),
            _federated({"StringEquals": {"a:aud": "sts.amazonaws.com"}}),
            *(
                _federated({"StringEquals": {"a:aud": "b"}, "StringLike": {"a:sub": value}})
                for value in ("system:serviceaccount:*", "system:serviceaccount:*:*", "repo:*", "repo:*/a:ref", "*")
            ),
        ),
        keeps=(
            _trusting(*_token("kms", "KeyPolicy"), Principal={"AWS": "arn:aws:iam::1:root"}),
            _trusting(*_token("s3", "Bucket"), Principal="*", Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}}),
            _trusting(name="assumeRolePolicy", Principal={"Service": "ec2.amazonaws.com"}),
            *(
                _federated({"StringLike": {"a:sub": value}})
                for value in ("system:serviceaccount:ray:train", "system:serviceaccount:ray:*", "repo:acme/a:*")
            ),
            _trusting(name="assumeRolePolicy", Principal={"Federated": "cognito-identity.amazonaws.com"}),
            _trusting(name="assumeRolePolicy", Effect="Deny", Principal={"Federated": _PROVIDER}),
            _trusting(
                *_token("s3", "Bucket"),
                Principal="*",
                Condition={"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:PrincipalOrgID": "o-1"}},
            ),
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
