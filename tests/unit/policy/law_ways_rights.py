"""The many ways in which rights in AWS and in Kubernetes grow past what is meant, and those that do not."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, kube

__all__ = ["WAYS_OF_RIGHTS"]

_PROVIDER: Final = "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
_ROLES: Final = "arn:aws:iam::123456789012:role/*"


def _token(path: str) -> str:
    service, _, kind = path.partition("/")
    return f"aws:{service}/{kind[0].lower()}{kind[1:]}:{kind}"


def _statement(**statement: Any) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", **statement}]})


def _allowing(action: str, resource: str = "*", **more: Any) -> Subject:
    return aws("aws:iam/policy:Policy", {"policy": _statement(Action=action, Resource=resource, **more)})


def _trusted(token: str, name: str = "policy", **more: Any) -> Subject:
    return aws(token, {name: _statement(Action="*", Principal="*"), **more})


def _role(condition: Mapping[str, Any], principal: Any = "*", **more: Any) -> Subject:
    trusted = _statement(Action="sts:AssumeRole", Principal=principal, Condition=condition, **more)
    return aws("aws:iam/role:Role", {"assumeRolePolicy": trusted})


def _account(account: str, **more: Any) -> Subject:
    return _role({"StringLike": {"a:sub": account, "a:aud": "sts"}}, {"Federated": _PROVIDER}, **more)


def _object(api: str, kind: str, **more: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "a", "namespace": "ray"}, **more})


def _may(verb: str, resource: str, group: str = "") -> Subject:
    return kube("ClusterRole", {"rules": [{"apiGroups": [group], "resources": [resource], "verbs": [verb]}]})


_TRUSTING: Final = {
    **dict.fromkeys(("backup/VaultPolicy", "cloudwatch/EventBusPolicy", "dynamodb/ResourcePolicy"), "policy"),
    **dict.fromkeys(("s3/AccessPoint", "secretsmanager/Secret"), "policy"),
    "glacier/Vault": "accessPolicy",
    "opensearch/Domain": "accessPolicies",
}
_GIVEN: Final = (
    aws(_token("ec2/AmiLaunchPermission"), {"group": "all"}),
    aws(_token("ec2/SnapshotCreateVolumePermission"), {"accountId": "all"}),
    aws(_token("lambda/Permission"), {"principal": "*"}),
)
_MORE_RIGHTS: Final = (
    *(f"iam:{verb}{whose}PermissionsBoundary" for verb in ("Delete", "Put") for whose in ("Role", "User")),
    *("eks:AssociateAccessPolicy", "eks:CreateAccessEntry", "eks:UpdateAccessEntry"),
    *("ssm:SendCommand", "ssm:StartSession"),
)
_PASSED: Final = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
_AGREED: Final = {"Condition": _PASSED}
_HERE: Final = {"Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}
WAYS_OF_RIGHTS: Final[Mapping[str, Example]] = {
    "rights-in-aws": Example(
        breaks=(
            *map(_allowing, _MORE_RIGHTS),
            *(_allowing(action, _ROLES) for action in ("iam:PassRole", "sts:AssumeRole", "iam:*", "sts:Assume*")),
            *(_allowing("iam:*", f"arn:aws:iam::1:{kind}/*") for kind in ("group", "policy", "user")),
            _allowing("iam:PassRole", **_HERE),
            aws("aws:iam/policy:Policy", {"policy": _statement(Action="iam:*", Resource=["arn:a", _ROLES])}),
        ),
        keeps=(
            _allowing("iam:PassRole", _ROLES, **_AGREED),
            _allowing("s3:*", _ROLES),
            aws("aws:iam/policy:Policy", {"policy": _statement(NotAction="iam:*", Resource="arn:aws:s3:::models")}),
            _allowing("iam:List*", _ROLES),
            *(_allowing(f"kms:{verb}*") for verb in ("Decrypt", "Encrypt", "GenerateDataKey", "ReEncrypt")),
            *(_allowing(f"a:{verb}*") for verb in ("Check", "ConditionCheck", "Estimate", "Filter", "Preview", "Scan")),
            *(_allowing(f"a:{verb}*") for verb in ("Select", "Simulate", "Test", "Validate", "BatchCheck")),
            _allowing("pricing:*"),
            _allowing("sts:AssumeRole", "arn:aws:iam::*:role/cdk-*"),
        ),
    ),
    "secrets-in-aws": Example(
        breaks=(
            *(_allowing(f"secretsmanager:{verb}") for verb in ("BatchGetSecretValue", "Get*")),
            *(_allowing(f"ssm:GetParameter{more}") for more in ("", "s", "History", "*", "s*")),
            _allowing("kms:Decrypt", **_HERE),
        ),
        keeps=(_allowing("secretsmanager:GetRandomPassword"), _allowing("kms:Encrypt")),
    ),
    "writes-in-aws": Example(
        breaks=(
            *(_allowing(f"dynamodb:{verb}Item") for verb in ("BatchWrite", "Delete", "Put", "Update")),
            *(_allowing(f"sqs:{verb}Message") for verb in ("Delete", "Purge", "Send")),
            *(_allowing(f"secretsmanager:{verb}Secret") for verb in ("Delete", "Put", "Update")),
            *(_allowing(f"lambda:{verb}Function") for verb in ("Create", "Delete", "Update")),
            *(_allowing(f"rds:{verb}DBInstance") for verb in ("Delete", "Modify")),
            *(_allowing(f"kms:{action}") for action in ("DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion")),
            *(_allowing(f"cloudformation:{verb}Stack") for verb in ("Create", "Delete", "Update")),
            *map(_allowing, ("eks:UpdateClusterConfig", "ec2:TerminateInstances", "s3:DeleteObject")),
            *(_allowing(f"iam:{verb}Role") for verb in ("Create", "Delete", "Detach")),
        ),
        keeps=(_allowing("s3:GetObject"), _allowing("iam:DeleteServiceLinkedRole"), _allowing("s3:PutObject", _ROLES)),
    ),
    "administrator-in-aws": Example(
        breaks=tuple(
            aws(_token("iam/RolePolicyAttachment"), {"policyArn": f"arn:aws:iam::aws:policy/{name}"})
            for name in (
                *("AdministratorAccess-Amplify", "AdministratorAccess-AWSElasticBeanstalk", "IAMFullAccess"),
                *("job-function/DatabaseAdministrator", "job-function/NetworkAdministrator"),
                *("job-function/SystemAdministrator", "AmazonDynamoDBFullAccess_v2", "AWSBackupFullAccessV2"),
            )
        ),
        keeps=(aws(_token("iam/RolePolicyAttachment"), {"policyArn": "arn:aws:iam::aws:policy/FullAccessNot"}),),
    ),
    "open-to-everybody": Example(
        breaks=(
            *(_trusted(_token(path), name) for path, name in _TRUSTING.items()),
            *_GIVEN,
            aws(_token("ec2/VpcEndpointService"), {"allowedPrincipals": ["*"], "acceptanceRequired": False}),
            _role({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}),
            _role({"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}}),
            _role({"ForAllValues:StringEquals": {"aws:PrincipalOrgID": ["o-1"]}}),
            _role({"StringNotLike": {"a:sub": "system:serviceaccount:kube-system:*"}}, {"Federated": _PROVIDER}),
            _account("system:serviceaccount:*:train"),
        ),
        keeps=(
            _trusted(_token("s3/AccessPoint"), vpcConfiguration={"vpcId": "vpc-1"}),
            _trusted(_token("opensearch/Domain"), "accessPolicies", vpcOptions={"subnetIds": ["a"]}),
            aws(_token("ec2/AmiLaunchPermission"), {"accountId": "1"}),
            aws(_token("ec2/VpcEndpointService"), {"allowedPrincipals": ["*"], "acceptanceRequired": True}),
            aws(_token("ec2/VpcEndpointService"), {"allowedPrincipals": ["arn:b"], "acceptanceRequired": False}),
            *(
                aws(_token("lambda/Permission"), {"principal": "*", name: "a"})
                for name in ("functionUrlAuthType", "principalOrgId", "sourceAccount", "sourceArn")
            ),
            _role({"StringEquals": {"aws:PrincipalOrgID": "o-1"}, "StringNotEquals": {"aws:userid": "a"}}),
            _role({"StringLikeIfExists": {"a:sub": "repo:acme/ray:*"}}, {"Federated": _PROVIDER}),
            _account("system:serviceaccount:team-*:train"),
        ),
    ),
    "account-of-its-own": Example(
        breaks=(
            _account("system:serviceaccount:ray:default"),
            _account("system:serviceaccount:ray:*"),
            kube("ClusterRoleBinding", {"subjects 0": {"kind": "User", "name": "system:serviceaccount:ray:default"}}),
            aws(_token("eks/Addon"), {"podIdentityAssociations": [{"serviceAccount": "default"}]}),
        ),
        keeps=(
            _account("system:serviceaccount:ray:train"),
            _account("system:serviceaccount:ray:default", Effect="Deny"),
            _role({"StringEquals": {"a:aud": "system:serviceaccount:ray:default"}}, {"Federated": _PROVIDER}),
            aws(_token("other/Association"), {"serviceAccount": "default"}),
            aws(_token("eks/Addon"), {"podIdentityAssociations": [{"serviceAccount": "ebs-csi-controller-sa"}]}),
        ),
    ),
    "types-out-of-sight": Example(
        breaks=(
            *(
                aws(f"aws-native:{kind}")
                for kind in (
                    *("ec2:NetworkAclEntry", "ec2:Subnet", "ec2:Vpc", "elasticache:ReplicationGroup"),
                    *("iam:AccessKey", "iam:Group", "iam:User", "rds:DbCluster", "rds:DbInstance"),
                )
            ),
            *(
                _object(f"{service}.services.k8s.aws/v1alpha1", "Role")
                for service in (
                    "ec2",
                    "ecr",
                    "efs",
                    "eks",
                    "elasticache",
                    "elbv2",
                    "iam",
                    "kms",
                    "rds",
                    "s3",
                    "sns",
                    "sqs",
                )
            ),
            *(
                _object(f"iam.aws.{domain}/v1beta1", "Role")
                for domain in ("upbound.io", "m.upbound.io", "crossplane.io", "m.crossplane.io")
            ),
            _object("secretsmanager.services.k8s.aws/v1alpha1", "Secret"),
        ),
        keeps=(_object("apigatewayv2.services.k8s.aws/v1alpha1", "API"), aws("aws-native:ec2:VpcCidrBlock")),
    ),
    "rights-to-more-rights": Example(
        breaks=(
            *(_may(verb, "signers", "certificates.k8s.io") for verb in ("approve", "sign")),
            *(_may("get", resource) for resource in ("pods/attach", "pods/portforward", "pods/*", "*/exec", "nodes/*")),
            *(_may(verb, "pods/exec") for verb in ("*", "create", "get")),
            *(_may("patch", each) for each in ("limitranges", "resourcequotas", "pods/ephemeralcontainers")),
        ),
        keeps=(
            *(_may("get", resource) for resource in ("limitranges", "resourcequotas", "*/log")),
            *(_may("update", resource) for resource in ("*/scale", "pods/exec")),
        ),
    ),
    "bound-cluster-wide": Example(
        breaks=tuple(
            kube("ClusterRoleBinding", {"roleRef name": name})
            for name in ("admin", "system:kubelet-api-admin", "system:node")
        ),
        keeps=(kube("ClusterRoleBinding", {"roleRef name": "system:nodes"}),),
    ),
}
"""By rule."""
