"""The strict profile: what Pod Security "restricted" demands, and what scanners ask for beyond it.

The image is your own, named by its digest, with all that the job imports: nothing can be installed where the root is
read-only. It runs as any user, and writes to /tmp alone. The cluster has a fixed size, so that no pod of it needs to
call the Kubernetes API, and none gets a token.
"""

from typing import Any

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ContainerSecurity,
    EmptyDir,
    Head,
    KubeRayOperator,
    PodSecurity,
    RayClusterSpec,
    RayJob,
    RayJobSpec,
    Submitter,
    Volume,
    VolumeMount,
    WorkerGroup,
)

config = pulumi.Config()
kuberay = KubeRayOperator.existing(version="1.6.2")

levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
namespace = k8s.core.v1.Namespace("strict", metadata={"name": "strict", "labels": levels})
within = pulumi.ResourceOptions(depends_on=[namespace])
account = k8s.core.v1.ServiceAccount(
    "job", metadata={"name": "job", "namespace": "strict"}, automount_service_account_token=False, opts=within
)
# Whoever reaches Ray runs code in it: its own pods and the operator may.
near = [{"podSelector": {}}, {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay-system"}}}]
closed = k8s.networking.v1.NetworkPolicy(
    "closed",
    metadata={"name": "closed", "namespace": "strict"},
    spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]},
    opts=within,
)

# A user above those of any node, the same for all three kinds of pods.
strict: dict[str, Any] = {
    "image": config.require("image"),
    "service_account_name": "job",
    "automount_service_account_token": False,
    "pod_security_context": PodSecurity(run_as_user=10001, run_as_group=10001, fs_group=10001),
    "security_context": ContainerSecurity(read_only_root_filesystem=True),
    "volumes": [Volume(name="scratch", empty_dir=EmptyDir(size_limit="10Gi"))],
    "volume_mounts": [VolumeMount(name="scratch", mount_path="/tmp")],
    "env": {"HOME": "/tmp"},
}

RayJob(
    "audited",
    RayJobSpec(
        namespace="strict",
        entrypoint="python -m ours.audited",
        ray_cluster_spec=RayClusterSpec(
            ray_version="2.60.0",
            head=Head(cpu=2, memory="8Gi", **strict),
            workers=[
                WorkerGroup(name="cpu", cpu=4, memory="16Gi", replicas=2, min_replicas=2, max_replicas=2, **strict)
            ],
        ),
        submitter=Submitter(**strict),
        active_deadline_seconds=3600,
    ),
    operator=kuberay,
    opts=pulumi.ResourceOptions(depends_on=[account, closed]),
)
