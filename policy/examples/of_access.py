"""Examples of who reaches Ray, Kubernetes and AWS."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ..subject import Subject
from .example import ABSENT, Example, aws, kube, ray, service

__all__ = ["ACCESS"]

_ADDON: Final = "aws:eks/addon:Addon"
_EKS: Final = "aws:eks/cluster:Cluster"
_KEY: Final = "aws:kms/key:Key"
_POLICY: Final = "aws:iam/policy:Policy"
_ATTACHED: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_BUCKET: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
_REPOSITORY: Final = "aws:ecr/repository:Repository"
_ROLE: Final = "aws:iam/role:Role"
_READS: Final = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
_EVERYTHING: Final = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
_HEAD_SERVICE: Final = {"service": {"name": "train-head-svc", "port": {"number": 8265}}}
_CLIENT: Final = {"service": {"name": "ray-head", "port": {"name": "client"}}}
_BY_NAME: Final = {"service": {"name": "ui", "port": {"number": 80}}}
_PATH: Final = "spec rules 0 http paths 0 backend"
_INTERNAL: Final = {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}


def _named(port: Mapping[str, Any]) -> Subject:
    return kube("Service", {"spec selector": {"ray.io/node-type": "head"}, "spec ports": [port]}, "ui")


def _policy(**statement: Any) -> Subject:
    return aws(_POLICY, {"policy": json.dumps({"Statement": [{"Effect": "Allow", **statement}]})})


def _routed(destination: Mapping[str, Any]) -> Subject:
    spec = {"http": [{"route": [{"destination": destination}]}]}
    return kube("HTTPRoute", {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "spec": spec})


def _network(values: Mapping[str, Any]) -> Subject:
    return aws(_ADDON, {"addonName": "vpc-cni", "configurationValues": json.dumps(values)})


def _trusting(token: str, name: str, principal: Any, **more: Any) -> Subject:
    return aws(token, {name: {"Statement": [{"Effect": "Allow", "Principal": principal, **more}]}})


def _opened(kind: str, port: int, **more: Any) -> Subject:
    return kube("Service", {"spec type": kind, "spec ports": [{"port": port}], **more})


ACCESS: Final[Mapping[str, Example]] = {
    "service-public": Example(
        breaks=(
            _opened("LoadBalancer", 8265),
            _opened("NodePort", 10001),
            _opened("NodePort", 10002, **{"spec selector": {"ray.io/node-type": "worker"}}),
            kube("Service", {"spec type": "LoadBalancer", "spec ports": [{"port": 80, "targetPort": "dashboard"}]}),
            kube("Service", {"spec externalIPs": ["203.0.113.1"], "spec ports": [{"port": 6379}]}),
        ),
        keeps=(_opened("LoadBalancer", 8000), _opened("ClusterIP", 8265)),
    ),
    "load-balancer-public": Example(
        breaks=(
            _opened("LoadBalancer", 8000),
            _opened("LoadBalancer", 443, **{"metadata annotations": {"a": "b"}}),
            aws("aws:lb/loadBalancer:LoadBalancer"),
        ),
        keeps=(_opened("LoadBalancer", 8000, **{"metadata annotations": _INTERNAL}), kube("Service")),
    ),
    "ray-service-public": Example(
        breaks=(
            ray({"spec headGroupSpec serviceType": "LoadBalancer"}),
            ray({"spec headGroupSpec headService": {"spec": {"type": "NodePort"}}}),
            ray({"spec headGroupSpec enableIngress": True}),
            service({"spec serveService spec": {"type": "NodePort", "ports": [{"port": 8265}]}}),
        ),
        keeps=(ray({"spec headGroupSpec serviceType": "ClusterIP"}), ray({"spec headGroupSpec enableIngress": False})),
    ),
    "ingress-to-ray": Example(
        breaks=(
            kube("Ingress", {_PATH: _HEAD_SERVICE}),
            kube("Ingress", {"spec": {"defaultBackend": _CLIENT}}),
            kube("HTTPRoute", {"spec rules 0 backendRefs 0": {"name": "train-head-svc", "port": 8265}}),
            _routed({"host": "train-head-svc.ray.svc.cluster.local", "port": {"number": 8265}}),
            _routed({"host": "train-head-svc"}),
        ),
        keeps=(
            kube("Ingress"),
            _routed({"host": "train-head-svc.ray.svc.cluster.local", "port": {"number": 8000}}),
            _routed({"host": "chat-serve-svc", "port": {"number": 8000}}),
            kube("HTTPRoute", {"spec rules 0 backendRefs 0": {"name": "train-head-svc", "port": 8000}}),
        ),
    ),
    "route-to-ray": Example(
        breaks=(
            (_named({"port": 80, "targetPort": "dashboard"}), kube("Ingress", {_PATH: _BY_NAME})),
            (_named({"port": 80, "targetPort": 10001}), _routed({"host": "ui.ray.svc", "port": {"number": 80}})),
        ),
        keeps=(
            (_named({"port": 80, "targetPort": 8000}), kube("Ingress", {_PATH: _BY_NAME})),
            (_named({"port": 80, "targetPort": 8265}), kube("Ingress")),
        ),
    ),
    "network-policy-open": Example(
        breaks=(
            kube("NetworkPolicy", {"spec ingress": [{}]}),
            kube(
                "NetworkPolicy",
                {"spec ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 8265}]}]},
            ),
        ),
        keeps=(
            kube("NetworkPolicy", {"spec ingress": [{"ports": [{"port": 8000}]}]}),
            kube("NetworkPolicy", {"spec ingress": [{}], "spec podSelector": {"matchLabels": {"app": "web"}}}),
        ),
    ),
    "namespace-pod-security": Example(
        breaks=(
            kube("Namespace", {"metadata labels": {}}),
            kube("Namespace", {"metadata labels pod-security.kubernetes.io/enforce": "privileged"}),
        ),
        keeps=(kube("Namespace"), kube("Namespace", {"metadata labels": {}}, "kube-system")),
    ),
    "rights-without-end": Example(
        breaks=(
            kube("ClusterRole", {"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}),
            kube("Role", {"rules 1": {"apiGroups": [""], "resources": ["*"], "verbs": ["get", "*"]}}),
            kube("ClusterRole", {"aggregationRule": {"clusterRoleSelectors": [{}]}}),
        ),
        keeps=(
            kube("ClusterRole", {"rules 0 verbs": ["*"]}),
            kube("Role", {"rules 0 resources": ["*"]}),
            kube("ClusterRole", {"rules 0": {"apiGroups": ["ray.io"], "resources": ["*"], "verbs": ["*"]}}),
        ),
    ),
    "rights-to-all-secrets": Example(
        breaks=(
            kube("ClusterRole", {"rules 0 resources": ["pods", "secrets"]}),
            kube("ClusterRole", {"rules 0": {"apiGroups": [""], "resources": ["*"], "verbs": ["watch"]}}),
        ),
        keeps=(
            kube("ClusterRole", {"rules 0 resources": ["secrets"], "rules 0 resourceNames": ["a"]}),
            kube("ClusterRole", {"rules 0 resources": ["secrets"], "rules 0 verbs": ["create"]}),
            kube("Role", {"rules 0 resources": ["secrets"]}),
        ),
    ),
    "bound-to-everything": Example(
        breaks=(
            kube("ClusterRoleBinding", {"roleRef name": "cluster-admin"}),
            kube("ClusterRoleBinding", {"subjects 0": {"kind": "Group", "name": "system:authenticated"}}),
        ),
        keeps=(kube("ClusterRoleBinding"), kube("ClusterRoleBinding", {"subjects": []})),
    ),
    "eks-endpoint-private": Example(
        breaks=(
            aws(_EKS, {"vpcConfig endpointPublicAccess": ABSENT}),
            aws(_EKS, {"vpcConfig endpointPublicAccess": True, "vpcConfig publicAccessCidrs": ["0.0.0.0/0"]}),
            aws(_EKS, {"vpcConfig endpointPrivateAccess": False}),
            aws(_EKS, {"vpcConfig endpointPublicAccess": True, "vpcConfig publicAccessCidrs": ["128.0.0.0/1"]}),
        ),
        keeps=(
            aws(_EKS),
            aws(_EKS, {"vpcConfig endpointPublicAccess": True, "vpcConfig publicAccessCidrs": ["198.51.100.0/24"]}),
        ),
    ),
    "network-policies-enforced": Example(
        breaks=(_network({}), _network({"enableNetworkPolicy": "false"}), aws(_ADDON, {"addonName": "vpc-cni"})),
        keeps=(_network({"enableNetworkPolicy": "true"}), _network({"enableNetworkPolicy": True}), aws(_ADDON)),
    ),
    "eks-logs": Example(
        breaks=(aws(_EKS, {"enabledClusterLogTypes": ABSENT}), aws(_EKS, {"enabledClusterLogTypes": ["api", "audit"]})),
        keeps=(aws(_EKS), aws(_EKS, {"enabledClusterLogTypes 3": "scheduler"})),
    ),
    "eks-secrets-encrypted": Example(
        breaks=(aws(_EKS, {"encryptionConfig": ABSENT}), aws(_EKS, {"encryptionConfig resources": []})),
        keeps=(aws(_EKS), aws(_EKS, {"encryptionConfig provider keyArn": "arn:b"})),
    ),
    "eks-access-entries": Example(
        breaks=(
            aws(_EKS, {"accessConfig": ABSENT}),
            aws(_EKS, {"accessConfig bootstrapClusterCreatorAdminPermissions": True}),
            aws(_EKS, {"accessConfig authenticationMode": "CONFIG_MAP"}),
        ),
        keeps=(aws(_EKS), aws(_EKS, {"accessConfig authenticationMode": "API_AND_CONFIG_MAP"})),
    ),
    "eks-deletion-protection": Example(
        breaks=(aws(_EKS, {"deletionProtection": ABSENT}), aws(_EKS, {"deletionProtection": False})),
        keeps=(aws(_EKS), aws(_EKS, {"version": ABSENT})),
    ),
    "metadata-service": Example(
        breaks=(
            aws(_TEMPLATE, {"metadataOptions": ABSENT}),
            aws(_TEMPLATE, {"metadataOptions httpPutResponseHopLimit": 2}),
            aws("aws:ec2/instance:Instance", {"metadataOptions httpTokens": "optional"}),
        ),
        keeps=(aws(_TEMPLATE), aws(_TEMPLATE, {"metadataOptions": {"httpEndpoint": "disabled"}})),
    ),
    "ports-open-to-all": Example(
        breaks=(
            aws("aws:ec2/securityGroup:SecurityGroup", {"ingress 0 cidrBlocks": ["0.0.0.0/0"]}),
            aws("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {"cidrIpv6": "::/0"}),
            aws("aws:ec2/securityGroupRule:SecurityGroupRule", {"cidrBlocks": ["10.0.0.0/8", "0.0.0.0/0"]}),
        ),
        keeps=(
            aws("aws:ec2/securityGroup:SecurityGroup", {"egress": [{"cidrBlocks": ["0.0.0.0/0"]}]}),
            aws("aws:ec2/securityGroupRule:SecurityGroupRule", {"type": "egress", "cidrBlocks": ["0.0.0.0/0"]}),
            aws("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
        ),
    ),
    "node-login": Example(
        breaks=(
            aws("aws:eks/nodeGroup:NodeGroup", {"remoteAccess": {"ec2SshKey": "me"}}),
            aws("aws:eks/nodeGroup:NodeGroup", {"remoteAccess": {"sourceSecurityGroupIds": []}}),
        ),
        keeps=(
            aws("aws:eks/nodeGroup:NodeGroup"),
            aws("aws:eks/nodeGroup:NodeGroup", {"remoteAccess": {"sourceSecurityGroupIds": ["sg-1"]}}),
        ),
    ),
    "disks-encrypted": Example(
        breaks=(
            aws(_TEMPLATE, {"blockDeviceMappings 0 ebs encrypted": "false"}),
            aws("aws:ebs/volume:Volume", {"encrypted": ABSENT}),
            aws("aws:ec2/instance:Instance", {"rootBlockDevice encrypted": ABSENT}),
            aws("aws:efs/fileSystem:FileSystem", {"encrypted": False}),
        ),
        keeps=(aws(_TEMPLATE), aws(_TEMPLATE, {"blockDeviceMappings": [{"virtualName": "ephemeral0"}]})),
    ),
    "rights-in-aws": Example(
        breaks=(
            _policy(Action="*", Resource="*"),
            _policy(Action=["s3:GetObject", "s3:*"], Resource=["*"]),
            _policy(NotAction="iam:*", Resource="*"),
            aws(_ROLE, {"inlinePolicies": [{"policy": _EVERYTHING}]}),
        ),
        keeps=(
            _policy(Action="s3:*", Resource="arn:aws:s3:::mine/*"),
            _policy(Action=["ec2:Describe*", "ecr:GetAuthorizationToken"], Resource="*"),
            aws(_POLICY, {"policy": json.dumps({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})}),
        ),
    ),
    "administrator-in-aws": Example(
        breaks=(
            aws(_ATTACHED, {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
            aws(_ATTACHED, {"policyArn": "arn:aws:iam::aws:policy/AmazonS3FullAccess"}),
            aws(_ROLE, {"managedPolicyArns": [_READS, "arn:aws:iam::aws:policy/PowerUserAccess"]}),
        ),
        keeps=(aws(_ATTACHED), aws(_ATTACHED, {"policyArn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"})),
    ),
    "open-to-everybody": Example(
        breaks=(
            _trusting(_ROLE, "assumeRolePolicy", {"AWS": "*"}),
            _trusting("aws:s3/bucketPolicy:BucketPolicy", "policy", "*"),
            _trusting("aws:ecr/repositoryPolicy:RepositoryPolicy", "policy", {"AWS": ["1", "*"]}),
            _trusting(_KEY, "policy", "*"),
        ),
        keeps=(
            _trusting(_ROLE, "assumeRolePolicy", {"Service": "ec2.amazonaws.com"}),
            _trusting(_ROLE, "assumeRolePolicy", {"AWS": "*"}, Condition={"StringLike": {"aws:x": "y"}}),
            _trusting(_ROLE, "assumeRolePolicy", "*", Effect="Deny"),
            _trusting(_ROLE, "assumeRolePolicy", {"AWS": ["arn:aws:iam::1:root"]}),
        ),
    ),
    "key-rotates": Example(
        breaks=(
            aws(_KEY, {"enableKeyRotation": ABSENT}),
            aws(_KEY, {"enableKeyRotation": False}),
        ),
        keeps=(
            aws(_KEY),
            aws(_KEY, {"enableKeyRotation": ABSENT, "customerMasterKeySpec": "RSA_4096"}),
        ),
    ),
    "images-kept": Example(
        breaks=(
            aws(_REPOSITORY, {"imageTagMutability": "MUTABLE"}),
            aws(_REPOSITORY, {"imageScanningConfiguration scanOnPush": False}),
        ),
        keeps=(aws(_REPOSITORY), aws(_REPOSITORY, {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"})),
    ),
    "bucket-private": Example(
        breaks=(aws(_BUCKET, {"blockPublicAcls": False}), aws(_BUCKET, {"restrictPublicBuckets": ABSENT})),
        keeps=(aws(_BUCKET), aws("aws:s3/bucket:Bucket")),
    ),
}
"""By rule."""
