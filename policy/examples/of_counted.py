"""Examples of what no ceiling could count."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ..subject import Subject, of_manifest
from .example import Edits, Example, aws, job, kube, ray
from .places import HEAD, IN_DEPLOYMENT, IN_GROUP, IN_HEAD, WORKER

__all__ = ["COUNTED"]

_GPU: Final = "nvidia.com/gpu"
_TEMPLATE: Final = "spec template"
_LIMITS: Final = "resources limits"
_PATCH: Final = "kubernetes:apps/v1:DeploymentPatch"
_ADMISSION: Final = "admissionregistration.k8s.io/v1"
_ASKING: Final = {"template": {"spec": {"containers": [{"name": "a", "resources": {"limits": {_GPU: 8}}}]}}}


def _other(api: str, kind: str, **more: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "other", "namespace": "ray"}, **more})


def _matching(group: str, resource: str) -> dict[str, Any]:
    return {"apiGroups": [group], "resources": [resource]}


def _constrained(group: str, resource: str) -> dict[str, Any]:
    return {"matchConstraints": {"resourceRules": [_matching(group, resource)]}}


def _command(**asked: Any) -> Subject:
    return aws("command:local:Command", asked)


def _seen(value: str, name: str = "NVIDIA_VISIBLE_DEVICES") -> dict[str, str]:
    return {"name": name, "value": value}


def _scaled(most: int | None, gpus: int, **target: str) -> tuple[Subject, Subject]:
    named = {"kind": "Deployment", "name": "web", **target}
    bound = {} if most is None else {"maxReplicas": most}
    scaler = _other("autoscaling/v2", "HorizontalPodAutoscaler", spec={"scaleTargetRef": named, **bound})
    return kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": gpus}), scaler


def _deployment(edits: Edits) -> Subject:
    return kube("Deployment", edits)


def _runs(**edits: Any) -> Subject:
    container = "spec jobTemplate spec template spec containers 0"
    return kube("CronJob", {f"{container} {_LIMITS} {_GPU}": 1, **edits})


COUNTED: Final[Mapping[str, Example]] = {
    "gpu-not-counted": Example(
        breaks=(
            ray({f"{IN_HEAD} env 0": _seen("all")}),
            kube("Deployment", {f"{IN_DEPLOYMENT} env 0": _seen("0,1")}),
            kube("Pod", {"spec containers 0 env 0": {"name": "AMD_VISIBLE_DEVICES", "valueFrom": {"fieldRef": {}}}}),
            ray({f"{HEAD} runtimeClassName": "nvidia"}),
            kube("Deployment", {f"{_TEMPLATE} metadata annotations": {"cdi.k8s.io/gpu": "nvidia.com/gpu=all"}}),
            kube("Deployment", {f"{_TEMPLATE} metadata annotations": {"gpu-fraction": "0.5"}}),
            *(
                made({f"{where} env 0": _seen("all"), "metadata namespace": "kube-system"})
                for made, where in ((ray, IN_HEAD), (_deployment, IN_DEPLOYMENT))
            ),
        ),
        keeps=(
            ray({f"{IN_HEAD} env 0": _seen("void")}),
            ray({f"{IN_GROUP} env 0": _seen("all")}),
            ray({f"{WORKER} runtimeClassName": "nvidia"}),
            ray({f"{HEAD} runtimeClassName": "gvisor"}),
            kube(
                "Deployment", {f"{_TEMPLATE} spec runtimeClassName": "nvidia", f"{IN_DEPLOYMENT} env 0": _seen("none")}
            ),
            kube("DaemonSet", {f"{IN_DEPLOYMENT} env 0": _seen("all"), "metadata namespace": "kube-system"}),
        ),
    ),
    "device-claims": Example(
        breaks=(
            ray({f"{WORKER} resourceClaims": [{"name": "gpu", "resourceClaimTemplateName": "gpus"}]}),
            kube("Pod", {"spec resourceClaims": [{"name": "gpu", "resourceClaimName": "mine"}]}),
        ),
        keeps=(ray(), ray({f"{WORKER} resourceClaims": []})),
    ),
    "resources-known": Example(
        breaks=(
            ray({f"{IN_GROUP} {_LIMITS} acme.io/a100": 8}),
            ray({"spec autoscalerOptions resources": {"requests": {"acme.io/a100": 1}}}),
            kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} acme.io/h100": 1}),
        ),
        keeps=(
            ray({f"{IN_GROUP} {_LIMITS}": {"cpu": 8, "memory": "64Gi", "vpc.amazonaws.com/efa": 4}}),
            ray({f"{IN_GROUP} {_LIMITS} example.com/gpu": 1}),
        ),
    ),
    "gpus-of-every-node": Example(
        breaks=(
            kube("DaemonSet", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": 1}),
            kube("DaemonSet", {f"{IN_DEPLOYMENT} {_LIMITS} aws.amazon.com/neuron": 1}),
        ),
        keeps=(kube("DaemonSet"), kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": 1})),
    ),
    "gpus-of-runs-together": Example(
        breaks=(_runs(), _runs(**{"spec concurrencyPolicy": "Allow"})),
        keeps=(
            *(_runs(**{"spec concurrencyPolicy": policy}) for policy in ("Forbid", "Replace")),
            kube("CronJob"),
        ),
    ),
    "objects-out-of-sight": Example(
        breaks=(
            kube("Release"),
            _other("argoproj.io/v1alpha1", "Application", spec={}),
            _other("v1", "List", items=[{}, {}]),
            _command(create="kubectl apply -f cluster.yaml"),
            _command(create="true", update="cd ray&&/usr/bin/helm upgrade ray ."),
            _command(create="./deploy.sh", environment={"KUBECONFIG": "config"}),
            _command(create="bash", stdin="kubectl create -f cluster.yaml"),
        ),
        keeps=(
            kube("Release", {"chart": "gpu-operator"}),
            _other("app.k8s.io/v1beta1", "Application", spec={}),
            _other("v1", "AllowList", spec={}),
            _command(create="aws eks update-kubeconfig; cat ./helm/values.yaml"),
            kube("Deployment"),
        ),
        parameters={"charts": ["gpu-operator"]},
    ),
    "tools-in-pods": Example(
        breaks=(
            kube("Deployment", {f"{IN_DEPLOYMENT} args": ["kubectl scale deployment web --replicas=90"]}),
            ray({f"{IN_HEAD} lifecycle": {"postStart": {"exec": {"command": ["helm", "upgrade", "ray", "."]}}}}),
        ),
        keeps=(
            kube("Deployment", {f"{IN_DEPLOYMENT} args": ["kubectl get pods"]}),
            ray({f"{IN_HEAD} command": ["python", "helm.py", "install"]}),
        ),
    ),
    "tools-called": Example(
        breaks=(
            _other("tekton.dev/v1", "Task", spec={"steps": [{"script": "#!/bin/sh\nkubectl apply -f ray.yaml\n"}]}),
            job({"spec entrypoint": "kubectl scale raycluster train --replicas=9"}),
            aws("aws:ssm/document:Document", {"content": "{runCommand: [aws ec2 run-instances --count 9]}"}),
            aws("pulumi-python:dynamic:Resource"),
        ),
        keeps=(
            _other("tekton.dev/v1", "Task", spec={"steps": [{"script": "#!/bin/sh\nkubectl get pods\n"}]}),
            job({"spec entrypoint": "python -m kubectl"}),
            aws("aws:ssm/document:Document", {"content": "{runCommand: [aws ec2 describe-instances]}"}),
            aws("pulumi-python:dynamic/rayform:KubeRayCrds"),
        ),
    ),
    "types-out-of-sight": Example(
        breaks=(aws("aws-native:eks:Cluster"), aws("aws-native:iam:Role", {"roleName": "nodes"})),
        keeps=(aws("aws-native:logs:LogGroup"), aws("aws-native:kms:Key")),
        parameters={"names": ["aws-native:kms:*"]},
    ),
    "gpus-uncounted": Example(
        breaks=(
            _other("jobset.x-k8s.io/v1alpha2", "JobSet", spec={"replicatedJobs": [{"template": {"spec": _ASKING}}]}),
            _other("batch.volcano.sh/v1alpha1", "Job", spec={"tasks": [_ASKING]}),
            _other("helm.sh/v3", "Release", values={"worker": {"resources": {"limits": {_GPU: "0.5Ti"}}}}),
            _other("workload.codeflare.dev/v1beta2", "AppWrapper", spec={"components": [{"template": ray().props}]}),
            _other("ray.io/v1", "RayOther", spec=_ASKING),
            _other("v1", "LimitRange", spec={"limits": [{"type": "Container", "default": {_GPU: 1}}]}),
            _other("v1", "ConfigMap", data={"pod.yaml": f"apiVersion: v1\nkind: Pod\nspec: {{limits: {{{_GPU}: 8}}}}"}),
            _other("argoproj.io/v1alpha1", "Workflow", spec={"manifest": "apiVersion: ray.io/v1\nkind: RayCluster"}),
            _other("v1", "ConfigMap", data={"ray.yaml": "apiVersion: ray.io/v1\nkind: RayCluster"}),
            _other("example.com/v1", "Bundle", spec={"part": {"apiVersion": "ray.io/v1"}}),
            _other("kubevirt.io/v1", "VirtualMachine", spec={"gpus": [{"name": "a", "deviceName": "nvidia.com/A10"}]}),
        ),
        keeps=(
            _other("v1", "LimitRange", spec={"limits": [{"type": "Container", "max": {_GPU: 8}}]}),
            _other("jobset.x-k8s.io/v1alpha2", "JobSet", spec={"replicatedJobs": []}),
            _other("helm.sh/v3", "Release", values={"resources": {"limits": {_GPU: 0}}}),
            kube("NodePool"),
            kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": 1}),
        ),
    ),
    "gpus-in-texts": Example(
        breaks=(
            _other("v1", "ConfigMap", data={"README.md": f"Ask for one:\n\n    limits:\n      {_GPU}: 1\n"}),
            _other("v1", "Secret", stringData={"values.yaml": f"extra_resource_limits: {{{_GPU}: '1'}}"}),
        ),
        keeps=(
            _other("v1", "ConfigMap", data={"config.yaml": f"resources: [{{name: {_GPU}, replicas: 4}}]"}),
            _other("v1", "ConfigMap", data={"README.md": "Nothing here asks for devices."}),
        ),
    ),
    "gpu-nodes-uncounted": Example(
        breaks=(
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"instanceType": "p5.48xlarge"}),
            aws("aws:ec2/fleet:Fleet", {"launchTemplateConfigs": [{"overrides": [{"instanceType": "g99.huge"}]}]}),
            aws("aws-native:sagemaker:Cluster", {"instanceGroups": [{"instanceType": "ml.trn1.32xlarge"}]}),
            aws("aws:ec2/capacityBlockReservation:CapacityBlockReservation", {"capacityBlockOfferingId": "cb-1"}),
            aws("gcp:container/nodePool:NodePool", {"nodeConfig": {"machineType": "a3-highgpu-8g"}}),
            aws("aws:lambda/invocation:Invocation", {"input": '{"InstanceType": "p5.48xlarge"}'}),
        ),
        keeps=(
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"instanceType": "m5.large"}),
            aws("aws:eks/nodeGroup:NodeGroup"),
            aws("aws:ec2/instance:Instance", {"instanceType": "p5.48xlarge"}),
        ),
    ),
    "gpus-autoscaled": Example(
        breaks=(
            _scaled(65, 1),
            _scaled(None, 1),
            (
                *_scaled(32, 2),
                kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": 1}, "b"),
                _other(
                    "keda.sh/v1alpha1", "ScaledObject", spec={"scaleTargetRef": {"name": "b"}, "maxReplicaCount": 1}
                ),
            ),
            (
                kube("Deployment", {f"{IN_DEPLOYMENT} {_LIMITS} {_GPU}": 1}),
                replace(kube("Deployment", {"spec": {"replicas": 65}}), token=_PATCH, urn=_PATCH),
            ),
        ),
        keeps=(_scaled(64, 1), _scaled(1000, 0), _scaled(65, 1, name="other"), _scaled(65, 1, kind="StatefulSet")),
    ),
    "pods-changed-later": Example(
        breaks=(
            _other(_ADMISSION, "MutatingWebhookConfiguration", webhooks=[{"rules": [_matching("", "pods")]}]),
            _other(f"{_ADMISSION}beta1", "MutatingAdmissionPolicy", spec=_constrained("ray.io", "*")),
            _other("kyverno.io/v1", "ClusterPolicy", spec={"rules": [{"mutate": {"foreach": []}}]}),
            _other("mutations.gatekeeper.sh/v1", "Assign", spec={"applyTo": [{"kinds": ["Pod"]}]}),
        ),
        keeps=(
            _other(_ADMISSION, "MutatingWebhookConfiguration", webhooks=[{"rules": [_matching("", "secrets")]}]),
            _other(_ADMISSION, "ValidatingWebhookConfiguration", webhooks=[{"rules": [_matching("", "pods")]}]),
            _other("kyverno.io/v1", "ClusterPolicy", spec={"rules": [{"validate": {}}]}),
        ),
    ),
    "device-names": Example(
        breaks=(
            _other("node.k8s.io/v1", "RuntimeClass", handler="nvidia"),
            _other("resource.k8s.io/v1", "DeviceClass", spec={"extendedResourceName": "rdma/a100"}),
        ),
        keeps=(
            _other("node.k8s.io/v1", "RuntimeClass", handler="runsc"),
            _other("node.k8s.io/v1", "RuntimeClass", handler="nvidia", metadata={"name": "nvidia"}),
            _other("resource.k8s.io/v1", "DeviceClass", spec={"extendedResourceName": _GPU}),
            _other("resource.k8s.io/v1", "DeviceClass", spec={"selectors": []}),
        ),
    ),
}
"""By rule."""
