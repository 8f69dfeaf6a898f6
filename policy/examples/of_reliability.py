"""Examples of what keeps a cluster up, and of what stands elsewhere in a stack."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.components.versions import RAY_FLOOR
from rayform.infra.eks_versions import EXTENDED, VERSIONS

from .example import ABSENT, Example, aws, declared, job, kube, ray, service
from .places import GROUP, HEAD, IN_DEPLOYMENT, WORKER

__all__ = ["RELIABILITY"]

_EKS: Final = "aws:eks/cluster:Cluster"
_NOTES: Final = "spec headGroupSpec template metadata annotations"
_QUOTA: Final = "spec hard requests.nvidia.com/gpu"
_OPERATOR: Final = {f"{IN_DEPLOYMENT} image": "quay.io/kuberay/operator:v1.6.2"}
_VPC: Final = "aws:ec2/vpc:Vpc"
_LOG: Final = "aws:ec2/flowLog:FlowLog"


def _probes(value: str) -> dict[str, Any]:
    return {**_OPERATOR, f"{IN_DEPLOYMENT} env 0": {"name": "ENABLE_PROBES_INJECTION", "value": value}}


RELIABILITY: Final[Mapping[str, Example]] = {
    "head-undisturbed": Example(
        breaks=(ray({_NOTES: ABSENT}), ray({_NOTES: {"karpenter.sh/do-not-disrupt": "false"}})),
        keeps=(ray(), ray({_NOTES: {"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"}})),
    ),
    "gcs-fault-tolerance": Example(
        breaks=(
            service({"spec rayClusterConfig gcsFaultToleranceOptions": ABSENT}),
            service({"spec rayClusterConfig gcsFaultToleranceOptions": None}),
        ),
        keeps=(service(), ray()),
    ),
    "ray-version": Example(
        breaks=(
            ray({"spec rayVersion": "2.55.1"}),
            ray({"spec rayVersion": ABSENT}),
            service({"spec rayClusterConfig rayVersion": "2.9"}),
        ),
        keeps=(ray({"spec rayVersion": RAY_FLOOR.version}), job({"spec rayClusterSpec rayVersion": "2.57"})),
    ),
    "kuberay-version": Example(
        breaks=(
            kube("Deployment", {f"{IN_DEPLOYMENT} image": "quay.io/kuberay/operator:v1.4.2"}),
            kube("Deployment", {f"{IN_DEPLOYMENT} image": "ecr.example.com/kuberay/operator:1.99.0@sha256:0"}),
        ),
        keeps=(
            kube("Deployment", _OPERATOR),
            kube("Deployment", {f"{IN_DEPLOYMENT} image": "quay.io/kuberay/operator:nightly"}),
            kube("Deployment", {f"{IN_DEPLOYMENT} image": "quay.io/kuberay/apiserver:v1.4.2"}),
        ),
    ),
    "kubernetes-version": Example(
        breaks=(aws(_EKS, {"version": "1.27"}), aws(_EKS, {"version": "1.99"})),
        keeps=(aws(_EKS), aws(_EKS, {"version": ABSENT})),
    ),
    "kubernetes-standard-support": Example(
        breaks=tuple(aws(_EKS, {"version": version}) for version in sorted(EXTENDED)),
        keeps=(aws(_EKS), aws(_EKS, {"version": VERSIONS[-1]})),
    ),
    "protected": Example(
        breaks=(declared(aws(_EKS), protect=False), declared(aws("aws:efs/fileSystem:FileSystem"))),
        keeps=(declared(aws(_EKS), protect=True), declared(kube("Deployment")), aws(_EKS)),
    ),
    "upgrade-strategy": Example(
        breaks=(service({"spec upgradeStrategy": ABSENT}), service({"spec upgradeStrategy type": "None"})),
        keeps=(service(), service({"spec upgradeStrategy type": "NewClusterWithIncrementalUpgrade"})),
    ),
    "probes-kept": Example(
        breaks=(kube("Deployment", _probes("false")), kube("Deployment", _probes("False"))),
        keeps=(
            kube("Deployment", _probes("true")),
            kube("Deployment", {f"{IN_DEPLOYMENT} env 0": {"name": "ENABLE_PROBES_INJECTION", "value": "false"}}),
        ),
    ),
    "time-to-drain": Example(
        breaks=(
            ray({f"{WORKER} terminationGracePeriodSeconds": 0}),
            ray({f"{HEAD} terminationGracePeriodSeconds": 29}),
        ),
        keeps=(
            ray({f"{WORKER} terminationGracePeriodSeconds": 30}),
            kube("Deployment", {"spec template spec terminationGracePeriodSeconds": 0}),
        ),
    ),
    "namespace-quota": Example(
        breaks=((ray(), kube("ResourceQuota", {_QUOTA: ABSENT})), (job(),)),
        keeps=((ray(), kube("ResourceQuota")), (kube("Deployment"),)),
    ),
    "quota-holds": Example(
        breaks=(
            (ray(), kube("ResourceQuota", {_QUOTA: "7"})),
            (ray(), job(), kube("ResourceQuota", {"spec hard requests.memory": "500Gi"})),
            (ray({f"{GROUP} maxReplicas": ABSENT}), kube("ResourceQuota", {"spec hard": {"pods": "50"}})),
            (ray(), kube("LimitRange", {"spec limits": [{}, {"type": "Container", "max": {"memory": "63Gi"}}]})),
        ),
        keeps=(
            (ray(), kube("ResourceQuota", {_QUOTA: "8"})),
            (ray(), kube("ResourceQuota", {_QUOTA: "0", "metadata namespace": "other"})),
        ),
    ),
    "namespace-limit-range": Example(
        breaks=(
            (ray(), kube("ResourceQuota")),
            (ray(), kube("ResourceQuota"), kube("LimitRange", {"metadata namespace": "other"})),
        ),
        keeps=((ray(), kube("ResourceQuota"), kube("LimitRange")), (ray(),)),
    ),
    "network-policy": Example(
        breaks=(
            (ray(),),
            (ray(), kube("NetworkPolicy", {"spec policyTypes": ["Egress"]})),
            (ray(), kube("NetworkPolicy", {"spec podSelector": {"matchLabels": {"ray.io/node-type": "worker"}}})),
            (
                ray(),
                kube(
                    "NetworkPolicy",
                    {
                        "spec podSelector": {
                            "matchExpressions": [{"key": "ray.io/cluster", "operator": "NotIn", "values": ["train"]}]
                        }
                    },
                ),
            ),
        ),
        keeps=(
            (ray(), kube("NetworkPolicy")),
            (ray(), kube("NetworkPolicy", {"spec podSelector": {}})),
            (ray({"spec networkPolicy": {"mode": "DenyAll"}}),),
        ),
    ),
    "flow-logs": Example(
        breaks=((aws(_VPC),), (aws(_VPC, {}, "a"), aws(_VPC, {}, "b"), aws(_LOG))),
        keeps=((aws(_VPC), aws(_LOG)), (kube("Deployment"),)),
    ),
    "head-budget": Example(
        breaks=((ray(),), (service(), kube("PodDisruptionBudget", {"metadata namespace": "other"}))),
        keeps=((ray(), kube("PodDisruptionBudget")), (job(),)),
    ),
}
"""By rule."""
