"""Examples of rules about what Kubernetes, its nodes and ``ray start`` require of pods."""

from collections.abc import Mapping
from typing import Any

from .example import Example, Fragment, cluster, group, main_of, spec

__all__ = ["EXAMPLES"]

_EMPTY: Fragment = {"emptyDir": {}}
_NODES = "requiredDuringSchedulingIgnoredDuringExecution"


def _worker(*, pod: Fragment | None = None, **fields: Any) -> Fragment:
    return group(template=main_of("ray-worker", pod=pod, **fields))


def _pod(**fields: Any) -> Fragment:
    return group(template={"spec": fields})


def _volumes(*volumes: Fragment, mount: str = "data", path: str = "/data") -> Fragment:
    return _worker(pod={"volumes": list(volumes)}, volumeMounts=[{"name": mount, "mountPath": path}])


def _limits(**amounts: str) -> Fragment:
    return _worker(resources={"limits": amounts, "requests": amounts})


def _zone(operator: str, *values: str) -> Fragment:
    term = {"matchExpressions": [{"key": "topology.kubernetes.io/zone", "operator": operator, "values": list(values)}]}
    return _pod(affinity={"nodeAffinity": {_NODES: {"nodeSelectorTerms": [term]}}})


def _spread(skew: int) -> Fragment:
    spread = {"maxSkew": skew, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule"}
    return _pod(topologySpreadConstraints=[spread])


def _sidecar(name: str) -> Fragment:
    resources = {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1", "memory": "1Gi"}}
    return _pod(initContainers=[{"name": name, "image": "registry.example.com/fetch:1", "resources": resources}])


def _flags(**flags: str) -> Fragment:
    return group(rayStartParams={name.replace("_", "-"): value for name, value in flags.items()})


EXAMPLES: Mapping[str, Example] = {
    "namespace-form": cluster({"metadata": {"namespace": "ML_Team"}}, {"metadata": {"namespace": "ml-team"}}),
    "metadata-form": cluster({"metadata": {"labels": {"team": "ml team"}}}, {"metadata": {"labels": {"team": "ml"}}}),
    "field-twice": cluster(
        _worker(env=[{"name": "LEVEL", "value": "1"}, {"name": "LEVEL", "value": "2"}]),
        _worker(env=[{"name": "LEVEL", "value": "1"}]),
    ),
    "container-name": cluster(_sidecar("ray-worker"), _sidecar("fetch")),
    "image-form": cluster(_worker(image="Train:1"), _worker(image="registry.example.com/train:1")),
    "port-form": cluster(
        _worker(ports=[{"containerPort": 8080, "name": "metrics-of-the-trainer"}]),
        _worker(ports=[{"containerPort": 8080, "name": "metrics"}]),
    ),
    "variable-form": cluster(
        _worker(env=[{"name": "LEVEL=2", "value": "1"}]), _worker(env=[{"name": "LEVEL", "value": "2"}])
    ),
    "reference-form": cluster(_pod(priorityClassName="High Priority"), _pod(priorityClassName="high-priority")),
    "told-of-itself": cluster(
        _worker(env=[{"name": "ADDRESS", "valueFrom": {"fieldRef": {"fieldPath": "status.podIp"}}}]),
        _worker(env=[{"name": "ADDRESS", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]),
    ),
    "pod-label-form": cluster(_pod(nodeSelector={"gpu": "NVIDIA A100"}), _pod(nodeSelector={"gpu": "NVIDIA-A100"})),
    "volume-name": cluster(_volumes({"name": "Data", **_EMPTY}, mount="Data"), _volumes({"name": "data", **_EMPTY})),
    "volume-sources": cluster(
        _volumes({"name": "data", **_EMPTY, "persistentVolumeClaim": {"claimName": "data"}}),
        _volumes({"name": "data", "persistentVolumeClaim": {"claimName": "data"}}),
    ),
    "mount-unknown": cluster(
        _volumes({"name": "datasets", **_EMPTY}), _volumes({"name": "datasets", **_EMPTY}, mount="datasets")
    ),
    "mount-path": cluster(
        _volumes({"name": "data", **_EMPTY}, path=""), _volumes({"name": "data", **_EMPTY}, path="/data")
    ),
    "amount-name": cluster(_limits(gpu="1"), _limits(**{"nvidia.com/gpu": "1"})),
    "device-fraction": cluster(_limits(**{"nvidia.com/gpu": "0.5"}), _limits(**{"nvidia.com/gpu": "1"})),
    "amount-implausible": cluster(_limits(memory="64"), _limits(memory="64Gi")),
    "pages-form": cluster(
        _worker(resources={"limits": {"hugepages-2Mi": "1Gi"}, "requests": {"hugepages-2Mi": "512Mi"}}),
        _worker(resources={"limits": {"hugepages-2Mi": "1Gi"}, "requests": {"hugepages-2Mi": "1Gi"}}),
    ),
    "toleration-form": cluster(
        _pod(tolerations=[{"key": "nvidia.com/gpu", "operator": "Exists", "value": "true"}]),
        _pod(tolerations=[{"key": "nvidia.com/gpu", "operator": "Exists"}]),
    ),
    "affinity-form": cluster(_zone("In"), _zone("In", "eu-central-1a")),
    "spread-form": cluster(_spread(0), _spread(1)),
    "probe-form": cluster(
        _worker(livenessProbe={"httpGet": {"port": 8080}, "tcpSocket": {"port": 8080}}),
        _worker(livenessProbe={"httpGet": {"port": 8080}}),
    ),
    "hook-form": cluster(
        _worker(lifecycle={"preStop": {}}), _worker(lifecycle={"preStop": {"exec": {"command": ["ray", "stop"]}}})
    ),
    "root-refused": cluster(
        _worker(securityContext={"runAsNonRoot": True, "runAsUser": 0}),
        _worker(securityContext={"runAsNonRoot": True, "runAsUser": 1000}),
    ),
    "privilege-both": cluster(
        _worker(securityContext={"privileged": True, "allowPrivilegeEscalation": False}),
        _worker(securityContext={"allowPrivilegeEscalation": False}),
    ),
    "pod-deadline": cluster(_pod(activeDeadlineSeconds=0), _pod(activeDeadlineSeconds=3600)),
    "start-flag-unknown": cluster(group(rayStartParams={"num_cpus": "4"}), group(rayStartParams={"num-cpus": "4"})),
    "start-flag-value": cluster(_flags(object_store_memory="4Gi"), _flags(object_store_memory="4294967296")),
    "start-flag-of-head": cluster(_flags(port="6379"), _flags(node_manager_port="6380")),
    "start-address": cluster(_flags(address="127.0.0.1:6379"), _flags(num_cpus="4")),
    "start-address-fixed": cluster(_flags(address="ray-head:6379"), _flags(num_cpus="4")),
    "option-reference": cluster(
        spec(authOptions={"mode": "token", "secretName": "Ray_Token"}),
        spec(authOptions={"mode": "token", "secretName": "ray-token"}),
    ),
    "object-store-larger": cluster(
        _flags(object_store_memory="68719476736"), _flags(object_store_memory="17179869184")
    ),
}
"""Examples by rule."""
