"""An operator with the gate of schedules on, and a job that it starts each night at two, Berlin's time."""

from pathlib import Path

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ConfigMapFiles,
    DeletionCondition,
    DeletionRule,
    DeletionStrategy,
    Head,
    KubeRayOperator,
    KubeRayOperatorSpec,
    RayClusterSpec,
    RayCronJob,
    RayCronJobSpec,
    RayJobSpec,
    Volume,
    VolumeMount,
    WorkerGroup,
)

kuberay = KubeRayOperator("kuberay", KubeRayOperatorSpec(version="1.7.0", feature_gates={"RayCronJob": True}))
levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
# Jobs of past nights may be there when it is destroyed: it goes first, while the operator can let them go.
namespace = k8s.core.v1.Namespace(
    "reports",
    metadata={"name": "reports", "labels": levels},
    opts=pulumi.ResourceOptions(depends_on=list(kuberay.ends)),
)
# Whoever reaches Ray runs code in it: its own pods and the operator may.
near = [{"podSelector": {}}, {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay-system"}}}]
closed = k8s.networking.v1.NetworkPolicy(
    "closed",
    metadata={"name": "closed", "namespace": "reports"},
    spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)
scripts = k8s.core.v1.ConfigMap(
    "scripts",
    metadata={"name": "scripts", "namespace": "reports"},
    data={"report.py": (Path(__file__).parent / "report.py").read_text()},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)

night = RayCronJob(
    "nightly",
    RayCronJobSpec(
        namespace="reports",
        schedule="0 2 * * *",
        time_zone="Europe/Berlin",
        job_template=RayJobSpec(
            entrypoint="python /scripts/report.py",
            ray_cluster_spec=RayClusterSpec(
                ray_version="2.60.0",
                head=Head(
                    cpu=2,
                    memory="8Gi",
                    volumes=[Volume(name="scripts", config_map=ConfigMapFiles(name="scripts"))],
                    volume_mounts=[VolumeMount(name="scripts", mount_path="/scripts", read_only=True)],
                ),
                workers=[WorkerGroup(name="cpu", cpu=4, memory="16Gi", replicas=2, min_replicas=2, max_replicas=2)],
            ),
            active_deadline_seconds=2 * 3600,
            # Nobody deletes the jobs of a schedule but this: the cluster at once, the job and its log after a day.
            deletion_strategy=DeletionStrategy(
                deletion_rules=[
                    DeletionRule(policy=policy, condition=DeletionCondition(job_status=status, ttl_seconds=seconds))
                    for status in ("SUCCEEDED", "FAILED")
                    for policy, seconds in (("DeleteCluster", 0), ("DeleteSelf", 86400))
                ]
            ),
        ),
    ),
    operator=kuberay,
    opts=pulumi.ResourceOptions(depends_on=[scripts, closed]),
)
