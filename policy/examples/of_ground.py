"""Examples of networks, stores and machines in AWS, and of what rights in AWS reach."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ..subject import Subject, of_manifest
from .example import ABSENT, Example, aws, kube

__all__ = ["GROUND"]

_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
_INSTANCE: Final = "aws:ec2/instance:Instance"
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_LISTENER: Final = "aws:lb/listener:Listener"
_REPLICATED: Final = "aws:elasticache/replicationGroup:ReplicationGroup"
_REDIS: Final = {"atRestEncryptionEnabled": True, "transitEncryptionEnabled": True, "authToken": "correct-horse"}
_RULE: Final = "aws:ec2/networkAclRule:NetworkAclRule"
_LIST: Final = "aws:ec2/networkAcl:NetworkAcl"
_WORLD: Final = {"ruleAction": "allow", "cidrBlock": "0.0.0.0/0", "protocol": "tcp", "fromPort": 22, "toPort": 22}
_ENTRY: Final = {"action": "allow", "protocol": "-1", "cidrBlock": "0.0.0.0/0"}
_STRONG: Final = "ELBSecurityPolicy-TLS13-1-2-2021-06"
_FLAGS: Final = "/etc/eks/bootstrap.sh prod --kubelet-extra-args "
_KEPT: Final = "arn:aws:secretsmanager:eu-west-1:1:secret:db"
_FUNCTION: Final = "aws:lambda/function:Function"
_TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
_BUILD: Final = "aws:codebuild/project:Project"
_ALB: Final = "alb.ingress.kubernetes.io"
_FACING: Final = {f"{_ALB}/scheme": "internet-facing"}


def _policy(action: str, resource: str = "*", **more: Any) -> Subject:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return aws("aws:iam/policy:Policy", {"policy": json.dumps({"Statement": [statement]})})


def _variables(**variables: str) -> dict[str, Any]:
    return {"environment": {"variables": variables}}


def _task(*variables: Mapping[str, str]) -> Subject:
    return aws(_TASK, {"containerDefinitions": json.dumps([{"name": "app", "environment": variables}])})


def _build(**variable: str) -> Subject:
    return aws(_BUILD, {"environment": {"environmentVariables": [{"name": "GITHUB_TOKEN", **variable}]}})


def _gateway(*listeners: Mapping[str, Any]) -> Subject:
    api = {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "a"}}
    return of_manifest({**api, "spec": {"gatewayClassName": "eg", "listeners": list(listeners)}})


def _pools(*names: str) -> Subject:
    return aws("aws:eks/cluster:Cluster", {"computeConfig": {"enabled": True, "nodePools": list(names)}})


def _node_class(**spec: Any) -> Subject:
    api = {"apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass", "metadata": {"name": "gpu"}}
    return of_manifest({**api, "spec": spec})


def _ingress(**more: Any) -> Subject:
    return kube("Ingress", {"metadata annotations": _FACING, **{f"spec {name}": each for name, each in more.items()}})


_RIGHTS: Final[Mapping[str, Example]] = {
    "secrets-in-aws": Example(
        breaks=(_policy("secretsmanager:GetSecretValue"), _policy("ssm:GetParametersByPath"), _policy("kms:Decrypt")),
        keeps=(
            _policy("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:1:secret:ray/*"),
            _policy("secretsmanager:ListSecrets"),
            _policy("kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}),
            _policy("kms:Decrypt", Effect="Deny"),
        ),
    ),
    "writes-in-aws": Example(
        breaks=(_policy("s3:PutObject"), _policy("ec2:RunInstances"), _policy("eks:DeleteCluster")),
        keeps=(
            _policy("s3:PutObject", "arn:aws:s3:::models/*"),
            _policy("iam:CreateServiceLinkedRole"),
            _policy("ec2:RunInstances", Condition={"StringEquals": {"aws:RequestTag/owner": "ml"}}),
            _policy("s3:PutObject", Effect="Deny"),
        ),
    ),
    "bound-cluster-wide": Example(
        breaks=(
            kube("ClusterRoleBinding", {"roleRef name": "edit"}),
            kube("ClusterRoleBinding", {"roleRef name": "system:controller:job-controller"}),
        ),
        keeps=(kube("ClusterRoleBinding"), kube("ClusterRoleBinding", {"roleRef name": "view"})),
    ),
    "secret-in-environment": Example(
        breaks=(
            aws(_FUNCTION, _variables(DB_PASSWORD="correct-horse")),  # noqa: S106 - what must not be
            _task({"name": "PORT", "value": "1"}, {"name": "WANDB_API_KEY", "value": "correct-horse"}),
            _build(value="correct-horse", type="PLAINTEXT"),
        ),
        keeps=(
            aws(_FUNCTION, _variables(PORT="1", DB=_KEPT)),
            _task({"name": "PORT", "value": "1"}),
            _build(value="github:token", type="SECRETS_MANAGER"),
        ),
    ),
}
_NETWORKS: Final[Mapping[str, Example]] = {
    "network-lists-open": Example(
        breaks=(aws(_RULE, _WORLD), aws(_LIST, {"ingress": [{**_ENTRY, "action": "deny"}, _ENTRY]})),
        keeps=(
            aws(_RULE, {**_WORLD, "egress": True}),
            aws(_RULE, {**_WORLD, "ruleAction": "deny"}),
            aws(_RULE, {**_WORLD, "fromPort": 1024, "toPort": 3000}),
            aws(_LIST, {"ingress": [{**_ENTRY, "cidrBlock": "10.0.0.0/8"}], "egress": [_ENTRY]}),
        ),
    ),
    "doors-to-ray": Example(
        breaks=(
            aws(_LISTENER, {"port": 8265, "protocol": "TCP"}),
            aws("aws:apigatewayv2/integration:Integration", {"integrationUri": "http://train-head-svc.ray:8265/api"}),
            _gateway({"name": "client", "port": 10001, "protocol": "TCP"}),
        ),
        keeps=(
            aws(_LISTENER, {"port": 6379, "protocol": "TCP"}),
            aws("aws:lb/targetGroup:TargetGroup", {"port": 8000, "slowStart": 8265}),
            _gateway({"name": "serve", "port": 443, "protocol": "HTTPS"}),
        ),
    ),
    "doors-encrypted": Example(
        breaks=(
            aws(_LISTENER, {"port": 80, "protocol": "HTTP", "defaultActions": [{"type": "forward"}]}),
            aws(_LISTENER, {"port": 443, "protocol": "HTTPS"}),
            _gateway({"name": "http", "port": 80, "protocol": "HTTP"}),
            _ingress(),
        ),
        keeps=(
            aws(_LISTENER, {"port": 80, "protocol": "HTTP", "defaultActions": [{"type": "redirect"}]}),
            aws(_LISTENER, {"port": 443, "protocol": "TLS", "sslPolicy": _STRONG}),
            aws(_LISTENER, {"port": 6379, "protocol": "TCP"}),
            _gateway({"port": 80, "protocol": "HTTP"}, {"port": 443, "protocol": "HTTPS"}),
            _gateway({"port": 5432, "protocol": "TCP"}),
            _ingress(tls=[{"hosts": ["chat.example.com"]}]),
            kube("Ingress", {"metadata annotations": {**_FACING, f"{_ALB}/certificate-arn": "arn"}}),
            kube("Ingress", {"metadata annotations": {**_FACING, f"{_ALB}/listen-ports": '[{"HTTPS": 443}]'}}),
        ),
    ),
}
_STORES: Final[Mapping[str, Example]] = {
    "data-private": Example(
        breaks=tuple(
            aws(token, {"publiclyAccessible": True, "storageEncrypted": True})
            for token in ("aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance")
        ),
        keeps=(
            aws("aws:rds/clusterInstance:ClusterInstance", {"publiclyAccessible": False}),
            aws("aws:redshift/cluster:Cluster"),
        ),
    ),
    "redis-guarded": Example(
        breaks=(
            aws(_REPLICATED, {**_REDIS, "transitEncryptionEnabled": False}),
            aws(_REPLICATED, {**_REDIS, "authToken": ABSENT}),
            aws("aws:memorydb/cluster:Cluster", {"tlsEnabled": False, "aclName": "open-access"}),
            aws("aws:elasticache/user:User", {"noPasswordRequired": True, "accessString": "on ~* +@all"}),
        ),
        keeps=(
            aws(_REPLICATED, _REDIS),
            aws(_REPLICATED, {**_REDIS, "authToken": ABSENT, "userGroupIds": ["ray"]}),
            aws(_REPLICATED, {"globalReplicationGroupId": "all"}),
            aws("aws:memorydb/cluster:Cluster", {"aclName": "ray"}),
            aws("aws:elasticache/user:User", {"noPasswordRequired": True, "accessString": "off ~* +@all"}),
            aws("aws:elasticache/user:User", {"noPasswordRequired": False, "accessString": "on ~* +@all"}),
        ),
    ),
}
_MACHINES: Final[Mapping[str, Example]] = {
    "node-keys": Example(
        breaks=(
            aws(_INSTANCE, {"keyName": "me"}),
            aws(_GROUP, {"remoteAccess": {"ec2SshKey": "me", "sourceSecurityGroupIds": ["sg-1"]}}),
        ),
        keeps=(aws(_INSTANCE), aws(_GROUP), aws(_GROUP, {"keyName": "me"})),
    ),
    "node-image-pinned": Example(
        breaks=(
            _node_class(amiSelectorTerms=[{"id": "ami-1"}, {"alias": "al2023@latest"}]),
            aws(_GROUP, {"launchTemplate": {"id": "lt-1", "version": "$Latest"}}),
            aws(_GROUP, {"launchTemplate": {"id": "lt-1", "version": "$Default"}}),
        ),
        keeps=(_node_class(amiSelectorTerms=[{"alias": "al2023@v20251120"}]), aws(_GROUP)),
    ),
    "kubelet-guarded": Example(
        breaks=(
            aws(_TEMPLATE, {"userData": f"{_FLAGS}'--anonymous-auth=true'"}),
            aws(_INSTANCE, {"userData": f"{_FLAGS}'--authorization-mode=AlwaysAllow'"}),
            _node_class(userData="kind: NodeConfig\nspec: {kubelet: {config: {readOnlyPort: 10255}}}"),
            _node_class(userData="authentication:\n  anonymous:\n    enabled: true\n"),
        ),
        keeps=(
            aws(_TEMPLATE, {"userData": f"{_FLAGS}'--anonymous-auth=false --read-only-port=0'"}),
            _node_class(userData="authentication:\n  anonymous:\n    enabled: false\nreadOnlyPort: 0\n"),
            _node_class(),
        ),
    ),
    "eks-pools-bounded": Example(
        breaks=(_pools("system", "general-purpose"), _pools("general-purpose")),
        keeps=(_pools("system"), _pools(), aws("aws:eks/cluster:Cluster")),
    ),
    "budgets-heeded": Example(
        breaks=(aws(_GROUP, {"forceUpdateVersion": True}), aws(_GROUP, {"forceUpdateVersion": True}, "other")),
        keeps=(aws(_GROUP), aws(_GROUP, {"forceUpdateVersion": False})),
    ),
}
GROUND: Final[Mapping[str, Example]] = {**_RIGHTS, **_NETWORKS, **_STORES, **_MACHINES}
"""By rule."""
