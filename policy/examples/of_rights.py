"""Examples of rights that grow, of addresses of the Internet, and of what is kept or preferred too long."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ..guarded import GUARD
from ..subject import Options, Subject, of_manifest
from .example import Example, aws, kube, ray, service
from .places import HEAD, WORKER

__all__ = ["RIGHTS"]


def _role(kind: str, verb: str, resource: str, **more: Any) -> Subject:
    return kube(kind, {"rules": [{"apiGroups": ["*"], "resources": [resource], "verbs": [verb], **more}]})


def _node_class(api: str, kind: str, **spec: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "gpu"}, "spec": spec})


def _volume(**spec: Any) -> Subject:
    return of_manifest({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "disk"}, "spec": spec})


def _of_guard(api: str, kind: str, name: str, parent: str = "") -> Subject:
    made = of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": name}})
    return replace(made, urn=f"{parent}{made.urn}", options=Options())


def _secret(**more: Any) -> Subject:
    return of_manifest({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, **more})


def _administrators(number: int, policy: str = "AmazonEKSClusterAdminPolicy") -> tuple[Subject, ...]:
    arn = f"arn:aws:eks::aws:cluster-access-policy/{policy}"
    token = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"  # noqa: S105 - a type
    return tuple(aws(token, {"policyArn": arn}, f"admin-{each}") for each in range(number))


RIGHTS: Final[Mapping[str, Example]] = {
    "node-named": Example(
        breaks=(ray({f"{WORKER} nodeName": "gpu-1"}), kube("Deployment", {"spec template spec nodeName": "gpu-1"})),
        keeps=(ray({f"{WORKER} nodeSelector": {"a": "b"}}), kube("Pod", {"spec nodeName": "gpu-1", "status": {}})),
    ),
    "host-path-volumes": Example(
        breaks=(_volume(hostPath={"path": "/"}), _volume(capacity={"storage": "1Gi"}, hostPath={"path": "/mnt"})),
        keeps=(_volume(csi={"driver": "ebs.csi.aws.com"}), _volume(local={"path": "/mnt/disks/ssd0"})),
    ),
    "token-for-ever": Example(
        breaks=(
            _secret(type="kubernetes.io/service-account-token"),
            _secret(type="kubernetes.io/service-account-token", data={}),
            aws("aws:iam/accessKey:AccessKey", {"user": "ci"}),
        ),
        keeps=(_secret(type="Opaque"), _secret()),
    ),
    "eks-administrators": Example(
        breaks=(_administrators(3), _administrators(4)),
        keeps=(_administrators(2), _administrators(5, "AmazonEKSClusterAdminPolicyX")),
        parameters={"most": 2},
    ),
    "rights-to-more-rights": Example(
        breaks=(
            _role("ClusterRole", "escalate", "clusterroles"),
            _role("ClusterRole", "impersonate", "users"),
            _role("Role", "create", "serviceaccounts/token"),
            _role("Role", "create", "pods/exec"),
        ),
        keeps=(kube("Role"), _role("ClusterRole", "bind", "clusterroles", resourceNames=["view"])),
    ),
    "nodes-private": Example(
        breaks=(
            aws("aws:ec2/instance:Instance", {"associatePublicIpAddress": True}),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"networkInterfaces": [{"associatePublicIpAddress": "true"}]}),
            _node_class("karpenter.k8s.aws/v1", "EC2NodeClass", associatePublicIPAddress=True),
            _node_class("eks.amazonaws.com/v1", "NodeClass", advancedNetworking={"associatePublicIPAddress": True}),
        ),
        keeps=(
            aws("aws:ec2/instance:Instance", {"associatePublicIpAddress": False}),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"networkInterfaces": [{"deviceIndex": 0}]}),
            _node_class("karpenter.k8s.aws/v1", "EC2NodeClass"),
            _node_class("eks.amazonaws.com/v1", "NodeClass", advancedNetworking={"associatePublicIPAddress": False}),
        ),
    ),
    "old-cluster-kept": Example(
        breaks=(
            service({"spec rayClusterDeletionDelaySeconds": 3601}),
            service({"spec rayClusterDeletionDelaySeconds": 604800}, "other"),
        ),
        keeps=(service(), service({"spec rayClusterDeletionDelaySeconds": 3600})),
    ),
    "priority-of-system": Example(
        breaks=(
            ray({f"{WORKER} priorityClassName": "system-node-critical"}),
            ray({f"{HEAD} priorityClassName": "system-cluster-critical"}),
        ),
        keeps=(
            ray({f"{WORKER} priorityClassName": "training"}),
            kube("DaemonSet", {"spec template spec priorityClassName": "system-node-critical"}),
        ),
    ),
    "guard-as-made": Example(
        breaks=(
            _of_guard("v1", "ConfigMap", "rayform-policy"),
            _of_guard("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "rayform-policy-a"),
            _of_guard("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "rayform-policy-a"),
        ),
        keeps=(
            _of_guard("v1", "ConfigMap", "settings"),
            _of_guard("v1", "ConfigMap", "rayform-policy", parent=f"urn:pulumi:prod::rayform::{GUARD}$"),
            of_manifest({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "rayform-policy"}}),
        ),
    ),
}
"""By rule."""
