"""Examples of what a pod may do, and what runs in it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ..subject import Subject, of_manifest
from .example import ABSENT, Example, aws, cron, job, kube, ray, service
from .places import HEAD, IN_DEPLOYMENT, IN_GROUP, IN_HEAD, SUBMITTER, WORKER

__all__ = ["PODS"]

_RIGHTS: Final = "securityContext"
_SIDECAR: Final = {"name": "metrics", "image": "registry.example.com/metrics:1"}
_DEPLOYED: Final = "spec template spec"


def _configured(name: str, *values: Mapping[str, Any]) -> Subject:
    words = json.dumps({"apiVersion": "config.ray.io/v1alpha1", "kind": "Configuration", name: values})
    return of_manifest({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "o"}, "data": {"config": words}})


def _beside(**differing: Any) -> Mapping[str, Any]:
    amounts = {"cpu": "100m", "memory": "64Mi"}
    rights = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    return {**_SIDECAR, "resources": {"limits": amounts}, "securityContext": rights, **differing}


def _image(image: str, where: str = IN_GROUP) -> dict[str, Any]:
    return {f"{where} image": image}


PODS: Final[Mapping[str, Example]] = {
    "host-namespaces": Example(
        breaks=(ray({f"{HEAD} hostNetwork": True}), kube("Deployment", {f"{_DEPLOYED} hostPID": True})),
        keeps=(
            ray({f"{HEAD} hostNetwork": False}),
            kube("DaemonSet", {f"{_DEPLOYED} hostNetwork": True, "metadata namespace": "kube-system"}),
        ),
    ),
    "host-paths": Example(
        breaks=(
            ray({f"{WORKER} volumes": [{"name": "disk", "hostPath": {"path": "/mnt"}}]}),
            cron({"spec jobTemplate submitterPodTemplate spec volumes": [{"name": "a", "hostPath": {"path": "/"}}]}),
        ),
        keeps=(
            ray({f"{WORKER} volumes": [{"name": "disk", "persistentVolumeClaim": {"claimName": "disk"}}]}),
            kube(
                "DaemonSet",
                {
                    f"{_DEPLOYED} volumes": [{"name": "dev", "hostPath": {"path": "/dev"}}],
                    "metadata namespace": "kube-system",
                },
            ),
        ),
    ),
    "volume-kinds": Example(
        breaks=(
            ray({f"{WORKER} volumes": [{"name": "data", "nfs": {"server": "a", "path": "/"}}]}),
            kube("Pod", {"spec volumes": [{"name": "data", "iscsi": {"iqn": "a"}}]}),
        ),
        keeps=(
            ray({f"{WORKER} volumes": [{"name": "token", "projected": {"sources": []}}]}),
            ray({f"{WORKER} volumes": [{"name": "data", "ephemeral": {}}]}),
        ),
    ),
    "host-ports": Example(
        breaks=(
            ray({f"{IN_HEAD} ports": [{"containerPort": 8265, "hostPort": 8265}]}),
            kube("Deployment", {f"{IN_DEPLOYMENT} ports": [{"containerPort": 80, "hostPort": 80}]}),
        ),
        keeps=(
            ray({f"{IN_HEAD} ports": [{"containerPort": 8265}]}),
            ray({f"{IN_HEAD} ports": [{"containerPort": 8265, "hostPort": 0}]}),
        ),
    ),
    "probe-hosts": Example(
        breaks=(
            kube("Pod", {"spec containers 0 livenessProbe": {"httpGet": {"host": "169.254.169.254", "port": 80}}}),
            ray({f"{IN_HEAD} lifecycle": {"preStop": {"tcpSocket": {"host": "10.0.0.1", "port": 80}}}}),
        ),
        keeps=(
            kube("Pod", {"spec containers 0 livenessProbe": {"httpGet": {"port": 80}}}),
            ray({f"{IN_HEAD} lifecycle": {"preStop": {"httpGet": {"host": "", "port": 80}}}}),
        ),
    ),
    "privileged": Example(
        breaks=(
            ray({f"{IN_GROUP} {_RIGHTS} privileged": True}),
            ray({"spec autoscalerOptions securityContext privileged": True}),
        ),
        keeps=(ray({f"{IN_GROUP} {_RIGHTS} privileged": False}), ray()),
    ),
    "privilege-escalation": Example(
        breaks=(
            ray({f"{IN_GROUP} {_RIGHTS} allowPrivilegeEscalation": ABSENT}),
            ray({"spec autoscalerOptions securityContext": ABSENT}),
            job({"spec submitterPodTemplate": ABSENT}),
        ),
        keeps=(ray(), job({"spec submitterPodTemplate": ABSENT, "spec submissionMode": "HTTPMode"})),
    ),
    "root-user": Example(
        breaks=(
            ray({f"{HEAD} {_RIGHTS} runAsNonRoot": ABSENT}),
            ray({f"{IN_HEAD} {_RIGHTS} runAsUser": 0}),
            ray({f"{IN_HEAD} {_RIGHTS} runAsNonRoot": False}),
        ),
        keeps=(
            ray({f"{IN_HEAD} {_RIGHTS} runAsUser": 2000}),
            kube("Deployment", {f"{_DEPLOYED} {_RIGHTS}": {}, f"{IN_DEPLOYMENT} {_RIGHTS} runAsNonRoot": True}),
        ),
    ),
    "capabilities": Example(
        breaks=(
            ray({f"{IN_GROUP} {_RIGHTS} capabilities": {"drop": ["NET_RAW"]}}),
            ray({f"{IN_GROUP} {_RIGHTS} capabilities add": ["SYS_PTRACE"]}),
        ),
        keeps=(ray({f"{IN_GROUP} {_RIGHTS} capabilities add": ["NET_BIND_SERVICE"]}), ray()),
    ),
    "seccomp": Example(
        breaks=(
            ray({f"{HEAD} {_RIGHTS} seccompProfile": ABSENT}),
            ray({f"{IN_HEAD} {_RIGHTS} seccompProfile": {"type": "Unconfined"}}),
        ),
        keeps=(
            ray({f"{IN_HEAD} {_RIGHTS} seccompProfile": {"type": "Localhost", "localhostProfile": "ray.json"}}),
            ray(),
        ),
    ),
    "app-armor": Example(
        breaks=(
            ray({f"{IN_HEAD} {_RIGHTS} appArmorProfile": {"type": "Unconfined"}}),
            ray({f"{WORKER} {_RIGHTS} appArmorProfile": {"type": "Unconfined"}}),
        ),
        keeps=(ray({f"{IN_HEAD} {_RIGHTS} appArmorProfile": {"type": "RuntimeDefault"}}), ray()),
    ),
    "se-linux": Example(
        breaks=(
            ray({f"{IN_HEAD} {_RIGHTS} seLinuxOptions": {"type": "spc_t"}}),
            ray({f"{WORKER} {_RIGHTS} seLinuxOptions": {"user": "system_u"}}),
        ),
        keeps=(
            ray({f"{IN_HEAD} {_RIGHTS} seLinuxOptions": {"type": "container_t"}}),
            ray({f"{IN_HEAD} {_RIGHTS} seLinuxOptions": {"level": "s0:c1"}}),
        ),
    ),
    "proc-mount": Example(
        breaks=(
            ray({f"{IN_HEAD} {_RIGHTS} procMount": "Unmasked"}),
            kube("Pod", {f"spec containers 0 {_RIGHTS} procMount": "Unmasked"}),
        ),
        keeps=(ray({f"{IN_HEAD} {_RIGHTS} procMount": "Default"}), ray()),
    ),
    "sysctls": Example(
        breaks=(
            ray({f"{HEAD} {_RIGHTS} sysctls": [{"name": "net.core.somaxconn", "value": "1024"}]}),
            kube("Pod", {f"spec {_RIGHTS} sysctls": [{"name": "kernel.msgmax", "value": "65536"}]}),
        ),
        keeps=(
            ray({f"{HEAD} {_RIGHTS} sysctls": [{"name": "net.ipv4.tcp_keepalive_time", "value": "60"}]}),
            ray({f"{HEAD} {_RIGHTS} sysctls": []}),
        ),
    ),
    "host-process": Example(
        breaks=(
            ray({f"{IN_HEAD} {_RIGHTS} windowsOptions": {"hostProcess": True}}),
            kube("Pod", {f"spec {_RIGHTS} windowsOptions": {"hostProcess": True}}),
        ),
        keeps=(ray({f"{IN_HEAD} {_RIGHTS} windowsOptions": {"hostProcess": False}}), ray()),
    ),
    "read-only-root": Example(
        breaks=(
            ray({f"{IN_HEAD} {_RIGHTS} readOnlyRootFilesystem": ABSENT}),
            kube("Deployment", {f"{IN_DEPLOYMENT} {_RIGHTS} readOnlyRootFilesystem": False}),
        ),
        keeps=(ray(), kube("Deployment")),
    ),
    "image-pinned": Example(
        breaks=(
            ray(_image("rayproject/ray:latest")),
            ray(_image("rayproject/ray:nightly-py311-gpu")),
            ray({f"{WORKER} initContainers": [{**_SIDECAR, "image": "localhost:5000/tools"}]}),
            ray({"spec autoscalerOptions image": "rayproject/autoscaler:latest"}),
        ),
        keeps=(ray(_image("rayproject/ray:2.60.0")), ray(_image(f"rayproject/ray@sha256:{'1' * 64}"))),
    ),
    "image-digest": Example(
        breaks=(ray(_image("rayproject/ray:2.60.0")), ray(_image("rayproject/ray:2.60.0@md5:1"))),
        keeps=(ray(), ray(_image(f"rayproject/ray@sha256:{'1' * 64}"))),
    ),
    "image-registry": Example(
        breaks=(ray(_image("rayproject/ray:2.60.0")), ray(_image("quay.io/kuberay/operator:v1.6.2"))),
        keeps=(ray(), ray(_image("docker.io/library/redis:7")), ray(_image("redis:7"))),
        parameters={"names": ["registry.example.com", "docker.io/library/*", "docker.io/redis*"]},
    ),
    "service-account": Example(
        breaks=(
            ray({f"{WORKER} automountServiceAccountToken": ABSENT}),
            job({f"{SUBMITTER} automountServiceAccountToken": True, f"{SUBMITTER} serviceAccountName": "default"}),
        ),
        keeps=(
            ray({f"{WORKER} automountServiceAccountToken": ABSENT, f"{WORKER} serviceAccountName": "train"}),
            ray({f"{HEAD} automountServiceAccountToken": ABSENT}),
            kube("Deployment", {f"{_DEPLOYED} automountServiceAccountToken": ABSENT}),
        ),
    ),
    "token-mounted": Example(
        breaks=(
            ray({f"{WORKER} automountServiceAccountToken": True}),
            ray({f"{WORKER} automountServiceAccountToken": ABSENT, f"{WORKER} serviceAccountName": "train"}),
        ),
        keeps=(ray(), ray({f"{HEAD} automountServiceAccountToken": ABSENT})),
    ),
    "namespace-own": Example(
        breaks=(ray({"metadata namespace": "default"}), job({"metadata namespace": ABSENT})),
        keeps=(ray(), kube("Deployment", {"metadata namespace": "default"})),
    ),
    "account-of-its-own": Example(
        breaks=(
            aws("aws:eks/podIdentityAssociation:PodIdentityAssociation", {"serviceAccount": "default"}),
            kube("ServiceAccount", {"metadata annotations": {"eks.amazonaws.com/role-arn": "arn:a"}}, "default"),
            kube("ClusterRoleBinding", {"subjects 1": {"kind": "ServiceAccount", "name": "default"}}),
        ),
        keeps=(
            aws("aws:eks/podIdentityAssociation:PodIdentityAssociation"),
            kube("ServiceAccount", {"metadata annotations": {"eks.amazonaws.com/role-arn": "arn:a"}}),
        ),
    ),
    "sidecars-of-operator": Example(
        breaks=(
            _configured("headSidecarContainers", _beside(securityContext={"privileged": True})),
            _configured("workerSidecarContainers", _beside(resources={"limits": {"nvidia.com/gpu": 1}})),
            _configured("workerSidecarContainers", _beside(), _beside(image="fluent-bit:latest")),
            _configured("defaultContainerEnvs", {"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}),
            _configured("defaultContainerEnvs", {"name": "HF_TOKEN", "value": "correct-horse"}),
        ),
        keeps=(
            _configured("headSidecarContainers", _beside()),
            _configured("workerSidecarContainers", _beside()),
            _configured("defaultContainerEnvs", {"name": "NVIDIA_VISIBLE_DEVICES", "value": "none"}),
            _configured("reconcileConcurrency", _beside(securityContext={"privileged": True})),
        ),
    ),
    "image-at-run-time": Example(
        breaks=(
            job({"spec runtimeEnvYAML": "image_uri: rayproject/ray:nightly"}),
            cron({"spec jobTemplate runtimeEnvYAML": "{container: {image: 'rayproject/ray:2.60.0'}}"}),
            service({"spec serveConfigV2": "applications: [{runtime_env: {image_uri: 'rayproject/ray:2.60.0'}}]"}),
        ),
        keeps=(
            job({"spec runtimeEnvYAML": "{pip: [pillow], env_vars: {image: a}, container: {}}"}),
            job({"spec runtimeEnvYAML": "{image_uri: ''}"}),
            service({"spec serveConfigV2": "applications: [{args: {image: a}}]"}),
        ),
    ),
}
"""By rule."""
