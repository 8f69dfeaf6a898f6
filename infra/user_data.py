"""What a node is told when it starts: the pool's own arithmetic, written down, so that the nodes keep to it.

Forms after nodeadm's ``NodeConfig`` (Amazon Linux 2023) and Bottlerocket's settings; EKS adds how to join the cluster.
"""

import json
from base64 import b64encode
from typing import Final

from .allocatable import EVICTION_MEMORY_MIB, EVICTION_STORAGE_PERCENT, RESERVED_STORAGE_GIB
from .pools import GpuNodePoolSpec, NodePoolSpec, node
from .pools.mig import mig

__all__ = ["user_data"]

BOUNDARY: Final = "RAYFORM"
"""What separates the parts of a document for Amazon Linux 2023."""

EPHEMERAL_FOLDERS: Final = ("/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods")
"""Folders that Bottlerocket puts on local disks: images, the pods' files, their logs."""


def user_data(spec: NodePoolSpec) -> str:
    """The user data of the pool's nodes, in base64."""
    text = _al2023(spec) if spec.ami == "al2023" else _bottlerocket(spec)
    return b64encode(text.encode()).decode()


def _reserved(spec: NodePoolSpec) -> dict[str, str]:
    kept = node(spec).reserved
    return {
        "cpu": f"{kept.cpu_millis}m",
        "memory": f"{kept.memory_mib}Mi",
        "ephemeral-storage": f"{RESERVED_STORAGE_GIB}Gi",
    }


def _eviction() -> dict[str, str]:
    return {
        "memory.available": f"{EVICTION_MEMORY_MIB}Mi",
        "nodefs.available": f"{EVICTION_STORAGE_PERCENT}%",
        "nodefs.inodesFree": "5%",
    }


def _al2023(spec: NodePoolSpec) -> str:
    one = node(spec)
    kubelet = {"maxPods": one.reserved.max_pods, "kubeReserved": _reserved(spec), "evictionHard": _eviction()}
    described: dict[str, object] = {"kubelet": {"config": kubelet}}
    if one.nvme:
        described["instance"] = {"localStorage": {"strategy": "RAID0"}}
    # JSON is YAML, and needs no library to write.
    config = json.dumps({"apiVersion": "node.eks.aws/v1alpha1", "kind": "NodeConfig", "spec": described}, indent=1)
    head = f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{BOUNDARY}"\n\n'
    return f"{head}--{BOUNDARY}\nContent-Type: application/node.eks.aws\n\n{config}\n\n--{BOUNDARY}--\n"


def _bottlerocket(spec: NodePoolSpec) -> str:
    one = node(spec)
    lines = ["[settings.kubernetes]", f"max-pods = {one.reserved.max_pods}"]
    lines += ["[settings.kubernetes.kube-reserved]", *_table(_reserved(spec))]
    lines += ["[settings.kubernetes.eviction-hard]", *_table(_eviction())]
    if one.nvme:
        folders = json.dumps(EPHEMERAL_FOLDERS)[1:-1]
        init, bind = '["apiclient", "ephemeral-storage", "init"]', '"apiclient", "ephemeral-storage", "bind", "--dirs"'
        lines += ["[settings.bootstrap-commands.ephemeral-storage]", f"commands = [{init}, [{bind}, {folders}]]"]
        lines += ['mode = "always"', "essential = true"]
    if isinstance(spec, GpuNodePoolSpec):
        lines += _shared(spec)
    return "\n".join(lines) + "\n"


def _shared(spec: GpuNodePoolSpec) -> list[str]:
    plugin, gpu = "settings.kubelet-device-plugins.nvidia", node(spec).gpu
    if spec.time_slices:
        slices = [f"replicas = {spec.time_slices}", "fail-requests-greater-than-one = true"]
        return [f"[{plugin}]", 'device-sharing-strategy = "time-slicing"', f"[{plugin}.time-slicing]", *slices]
    if spec.mig_profile and gpu and (cut := mig(gpu)):
        profile = f'"{cut.model}" = "{spec.mig_profile}"'
        return [f"[{plugin}]", 'device-partitioning-strategy = "mig"', f"[{plugin}.mig.profile]", profile]
    return []


def _table(values: dict[str, str]) -> list[str]:
    return [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in values.items()]
