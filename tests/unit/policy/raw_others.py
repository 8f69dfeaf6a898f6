"""The rest of the stack that somebody wrote without rayform: workloads, releases, routes, the ground."""

import json
from typing import Any, Final

from raw_stack import GPU, UNKNOWN, Raw, pod

__all__ = ["RAW_OTHERS"]

_APPS: Final = "kubernetes:apps/v1:"
_EVERYTHING: Final = json.dumps({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
_TRUST: Final = json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
_TARGET: Final = {"kind": "Deployment", "name": "scaled"}
_NODES: Final = {"requirements": [{"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["p5"]}]}


def _spec(template: Any, **more: Any) -> dict[str, Any]:
    return {"spec": {"template": template, **more}}


_EIGHT: Final = pod({GPU: 8})
_WORKLOADS: Final = (
    Raw(f"{_APPS}Deployment", "web", _spec(_EIGHT, replicas=64), ["gpus-per-namespace", "gpus-per-stack"]),
    Raw(f"{_APPS}StatefulSet", "db", _spec(pod({GPU: "9"})), ["gpus-per-pod"]),
    Raw(f"{_APPS}ReplicaSet", "rs", _spec(_EIGHT, replicas=99), ["gpus-per-namespace"]),
    Raw("kubernetes:core/v1:ReplicationController", "rc", _spec(_EIGHT, replicas=99), ["gpus-per-namespace"]),
    Raw(f"{_APPS}DaemonSet", "each", _spec(pod({GPU: 1})), ["gpus-of-every-node"]),
    Raw("kubernetes:batch/v1:Job", "wide", _spec(_EIGHT, parallelism=99, completions=None), ["gpus-per-namespace"]),
    Raw(
        "kubernetes:batch/v1:CronJob",
        "nightly",
        {"spec": {"jobTemplate": _spec(_EIGHT, parallelism=99)}},
        ["gpus-per-namespace"],
    ),
    Raw(
        "kubernetes:core/v1:Pod",
        "alone",
        pod({"habana.ai/gaudi": 9}, hostNetwork=True),
        ["gpus-per-pod", "host-namespaces"],
    ),
    Raw(f"{_APPS}Deployment", "some", _spec(_EIGHT, replicas=UNKNOWN), [], ["gpus-per-namespace", "gpus-per-stack"]),
    Raw("kubernetes:batch.volcano.sh/v1alpha1:Job", "volcano", {"spec": {"tasks": [_EIGHT]}}, ["gpus-uncounted"]),
    Raw("kubernetes:apps.kruise.io/v1:StatefulSet", "kruise", _spec(_EIGHT), ["gpus-uncounted"]),
    Raw("kubernetes:kubeflow.org/v1:PyTorchJob", "torch", {"spec": {"replicaSpecs": UNKNOWN}}, [], ["gpus-uncounted"]),
    Raw("kubernetes:core/v1:LimitRange", "gift", {"spec": {"limits": [{"default": {GPU: 8}}]}}, ["gpus-uncounted"]),
    Raw(
        f"{_APPS}Deployment",
        "seen",
        _spec(pod(runtimeClassName="nvidia", volumes=[{"name": "d", "hostPath": {"path": "/dev/nvidia0"}}])),
        ["gpu-not-counted", "host-paths"],
    ),
    Raw("kubernetes:core/v1:Pod", "claims", pod(resourceClaims=[{"name": "g"}]), ["device-claims"]),
    Raw(f"{_APPS}Deployment", "scaled", _spec(pod({GPU: 1})), []),
)
_AROUND: Final = (
    Raw(
        "kubernetes:helm.sh/v3:Release",
        "chart",
        {"chart": "ray-cluster", "values": {"worker": {"resources": {"limits": {GPU: 8}}}}},
        ["objects-out-of-sight", "gpus-uncounted"],
    ),
    Raw("kubernetes:helm.sh/v3:Release", "later", {"chart": UNKNOWN, "values": {}}, [], ["objects-out-of-sight"]),
    Raw("kubernetes:argoproj.io/v1alpha1:Application", "argo", {"spec": {}}, ["objects-out-of-sight"]),
    Raw("command:local:Command", "apply", {"create": "cat a|kubectl create -f -"}, ["objects-out-of-sight"]),
    Raw("kubernetes:core/v1:List", "bundle", {"items": [{}]}, ["objects-out-of-sight"]),
    Raw(
        "kubernetes:networking.istio.io/v1:VirtualService",
        "mesh",
        {"spec": {"http": [{"route": [{"destination": {"host": "a-head-svc.ml.svc", "port": {"number": 8265}}}]}]}},
        ["ingress-to-ray"],
    ),
    Raw(
        "kubernetes:core/v1:Service",
        "open",
        {"spec": {"type": "LoadBalancer", "selector": {"ray.io/node-type": "head"}, "ports": [{"port": 443}]}},
        ["service-public", "load-balancer-public"],
    ),
    Raw(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "half",
        {
            "spec": {
                "podSelector": {"matchLabels": {"ray.io/cluster": "a"}},
                "ingress": [{"from": [{"ipBlock": {"cidr": "128.0.0.0/1"}}]}],
            }
        },
        ["network-policy-open"],
    ),
)
_GROUND: Final = (
    Raw(
        "aws:eks/cluster:Cluster",
        "eks",
        {},
        ["eks-endpoint-private", "eks-logs", "eks-secrets-encrypted", "eks-access-entries"],
    ),
    Raw("aws:iam/role:Role", "admin", {"inlinePolicies": [{"policy": _EVERYTHING}]}, ["rights-in-aws"]),
    Raw("aws:iam/role:Role", "trusting", {"assumeRolePolicy": _TRUST}, ["open-to-everybody"]),
    Raw(
        "aws:ec2/securityGroup:SecurityGroup", "sg", {"ingress": [{"cidrBlocks": ["0.0.0.0/2"]}]}, ["ports-open-to-all"]
    ),
    Raw(
        "aws:ec2/launchTemplate:LaunchTemplate",
        "lt",
        {"instanceType": "p5.48xlarge"},
        ["gpu-nodes-uncounted", "metadata-service"],
    ),
    Raw("aws:autoscaling/group:Group", "asg", {"maxSize": 900}, ["pool-size", "pool-types-known"]),
    Raw(
        "aws-native:eks:Nodegroup",
        "native",
        {"instanceTypes": ["p4d.24xlarge"], "scalingConfig": {"maxSize": 900}},
        ["pool-gpus", "pool-size", "stack-hourly-cost"],
    ),
    Raw(
        "aws:eks/nodeGroup:NodeGroup",
        "trn",
        {"instanceTypes": ["trn1.32xlarge"], "scalingConfig": {"maxSize": 40}},
        ["pool-gpus"],
    ),
    Raw("aws:eks/nodeGroup:NodeGroup", "later", {"instanceTypes": UNKNOWN}, [], ["pool-gpus", "instance-types"]),
    Raw(
        "kubernetes:karpenter.sh/v1:NodePool",
        "endless",
        {"spec": {"template": {"spec": _NODES}, "limits": {"example.com/fpga": 1}}},
        ["pool-gpus"],
    ),
    Raw(
        "kubernetes:karpenter.sh/v1:NodePool",
        "dear",
        {"spec": {"template": {"spec": _NODES}, "limits": {"cpu": "9600"}}},
        ["pool-gpus", "stack-hourly-cost"],
    ),
)
RAW_OTHERS: Final = (*_WORKLOADS, *_AROUND, *_GROUND)
"""Every other resource."""
SCALER: Final = {"spec": {"scaleTargetRef": _TARGET, "maxReplicas": 500}}
"""An autoscaler of the Deployment ``scaled``, which only the whole stack shows."""
