"""What tells Kubernetes of GPUs and EFA, as manifests: only for nodes whose image does not bring it along.

Forms after the static manifests of github.com/NVIDIA/k8s-device-plugin, github.com/NVIDIA/dcgm-exporter and the chart
aws-efa-k8s-device-plugin of github.com/aws/eks-charts. Bottlerocket runs a device plugin of its own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.fit.resources import MIB, Resources
from rayform.spec.model import Flag, Spec

from .pools import GpuNodePoolSpec
from .pools.nodes import EFA_POD, GPU_PODS
from .pools.placements import LABEL_DOMAIN

__all__ = ["NAMESPACE", "GpuSupportSpec", "Pools", "daemon_sets", "plugin_configs"]

NAMESPACE: Final = "kube-system"
"""Where pods of the class ``system-node-critical`` may run."""

SOCKETS: Final = "/var/lib/kubelet/device-plugins"
"""Where the kubelet meets device plugins."""

Pools = Mapping[str, GpuNodePoolSpec]
"""GPU pools by name."""


class GpuSupportSpec(Spec):
    """The programs that tell Kubernetes of GPUs and EFA, and Prometheus of their state."""

    device_plugin_image: str = "nvcr.io/nvidia/k8s-device-plugin:v0.17.4"
    """The image of NVIDIA's device plugin."""
    efa_plugin_image: str = "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/aws-efa-k8s-device-plugin:v0.5.7"
    """The image of AWS's device plugin for EFA."""
    metrics: Flag = True
    """Whether each node with GPUs tells Prometheus how they are, on port 9400."""
    metrics_image: str = "nvcr.io/nvidia/k8s/dcgm-exporter:4.2.3-4.1.1-ubuntu22.04"
    """The image of NVIDIA's exporter of metrics."""


def plugin_configs(pools: Pools) -> dict[str, str]:
    """Configurations of the device plugin by name, where pods share GPUs in turns."""
    return {
        _plugin(slices): json.dumps(
            {
                "version": "v1",
                "sharing": {
                    "timeSlicing": {
                        "failRequestsGreaterThanOne": True,
                        "resources": [{"name": "nvidia.com/gpu", "replicas": slices}],
                    }
                },
            }
        )
        for slices in sorted({spec.time_slices for spec in _unequipped(pools).values() if spec.time_slices})
    }


def daemon_sets(spec: GpuSupportSpec, pools: Pools) -> dict[str, Any]:
    """The specs of the DaemonSets by name."""
    return dict(_found(spec, pools))


def _found(spec: GpuSupportSpec, pools: Pools) -> Iterator[tuple[str, dict[str, Any]]]:
    plain = _unequipped(pools)
    for slices in sorted({one.time_slices or 0 for one in plain.values()}):
        name = _plugin(slices)
        yield (
            name,
            _device_plugin(name, spec, [pool for pool, one in plain.items() if (one.time_slices or 0) == slices]),
        )
    if spec.metrics and pools:
        yield GPU_PODS[1].name, _exporter(spec, list(pools))
    if efa := [pool for pool, one in pools.items() if one.efa]:
        yield EFA_POD.name, _efa_plugin(spec, efa)


def _unequipped(pools: Pools) -> dict[str, GpuNodePoolSpec]:
    """Pools whose image brings no device plugin."""
    return {name: spec for name, spec in pools.items() if spec.ami == "al2023"}


def _plugin(slices: int | None) -> str:
    return f"{GPU_PODS[0].name}-{slices}" if slices else GPU_PODS[0].name


def _device_plugin(name: str, spec: GpuSupportSpec, pools: Sequence[str]) -> dict[str, Any]:
    container: dict[str, Any] = {
        "name": "nvidia-device-plugin",
        "image": spec.device_plugin_image,
        "env": [{"name": "FAIL_ON_INIT_ERROR", "value": "false"}],
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": "sockets", "mountPath": SOCKETS}],
    }
    volumes: list[dict[str, Any]] = [_folder("sockets", SOCKETS)]
    if name != GPU_PODS[0].name:
        container["args"] = ["--config-file=/config/config.yaml"]
        container["volumeMounts"].append({"name": "config", "mountPath": "/config", "readOnly": True})
        volumes.append({"name": "config", "configMap": {"name": name}})
    return _daemon_set(name, pools, container, GPU_PODS[0].resources, volumes=volumes)


def _efa_plugin(spec: GpuSupportSpec, pools: Sequence[str]) -> dict[str, Any]:
    container = {
        "name": "aws-efa-k8s-device-plugin",
        "image": spec.efa_plugin_image,
        "securityContext": {"privileged": True},
        "volumeMounts": [
            {"name": "sockets", "mountPath": SOCKETS},
            {"name": "infiniband", "mountPath": "/dev/infiniband"},
        ],
    }
    volumes = [_folder("sockets", SOCKETS), _folder("infiniband", "/dev/infiniband")]
    return _daemon_set(EFA_POD.name, pools, container, EFA_POD.resources, volumes=volumes, host_network=True)


def _exporter(spec: GpuSupportSpec, pools: Sequence[str]) -> dict[str, Any]:
    container = {
        "name": "dcgm-exporter",
        "image": spec.metrics_image,
        "env": [
            {"name": "DCGM_EXPORTER_LISTEN", "value": ":9400"},
            {"name": "DCGM_EXPORTER_KUBERNETES", "value": "true"},
            # Without it a device plugin gives the container no GPU to look at.
            {"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"},
            {"name": "NVIDIA_DRIVER_CAPABILITIES", "value": "utility,compute"},
        ],
        "ports": [{"name": "metrics", "containerPort": 9400}],
        "securityContext": {"runAsUser": 0, "capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}},
        "volumeMounts": [{"name": "pod-resources", "mountPath": "/var/lib/kubelet/pod-resources", "readOnly": True}],
    }
    volumes = [_folder("pod-resources", "/var/lib/kubelet/pod-resources")]
    return _daemon_set(GPU_PODS[1].name, pools, container, GPU_PODS[1].resources, volumes=volumes)


def _daemon_set(
    name: str,
    pools: Sequence[str],
    container: Mapping[str, Any],
    asked: Resources,
    *,
    volumes: Sequence[Mapping[str, Any]],
    host_network: bool = False,
) -> dict[str, Any]:
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/managed-by": "rayform"}
    of_pools = {"key": f"{LABEL_DOMAIN}/pool", "operator": "In", "values": sorted(pools)}
    terms = {"nodeSelectorTerms": [{"matchExpressions": [of_pools]}]}
    pod: dict[str, Any] = {
        "priorityClassName": "system-node-critical",
        "automountServiceAccountToken": False,
        "tolerations": [{"operator": "Exists"}],
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}},
        "containers": [{**container, **_resources(asked)}],
        "volumes": list(volumes),
    }
    if host_network:
        pod["hostNetwork"] = True
    return {
        "selector": {"matchLabels": {"app.kubernetes.io/name": name}},
        "updateStrategy": {"type": "RollingUpdate"},
        "template": {"metadata": {"labels": labels}, "spec": pod},
    }


def _resources(asked: Resources) -> dict[str, Any]:
    """What the fit takes off each node, asked for so that the scheduler does as well."""
    amounts = {"cpu": f"{asked.cpu_millis}m", "memory": f"{asked.memory_bytes // MIB}Mi"}
    requests = {name: amount for name, amount in amounts.items() if not amount.startswith("0")}
    # The API server drops an empty mapping, and every later update would put it back.
    return {"resources": {"requests": requests}} if requests else {}


def _folder(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "hostPath": {"path": path}}
