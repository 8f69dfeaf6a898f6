"""A batch job with a Ray cluster of its own, on a Kubernetes cluster and an operator that are there already.

The cluster comes with the job and goes with it; its workers run on spot nodes, its head does not.
"""

from pathlib import Path

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ConfigMapFiles,
    ExistingPool,
    Head,
    KubeRayOperator,
    RayClusterSpec,
    RayJob,
    RayJobSpec,
    Submitter,
    Taint,
    Volume,
    VolumeMount,
    WorkerGroup,
)

kuberay = KubeRayOperator.existing(version="1.6.2")
steady = ExistingPool(name="steady", node_type="m7i.2xlarge", labels={"pool": "steady"}, cpu=7, memory="27Gi")
spot = ExistingPool(
    name="spot",
    node_type="g6.4xlarge",
    labels={"pool": "spot-l4"},
    taints=[Taint(key="nvidia.com/gpu", value="true")],
    gpus=1,
    cpu=15,
    memory="57Gi",
    spot=True,
    max_nodes=8,
)

levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
namespace = k8s.core.v1.Namespace("batch", metadata={"name": "batch", "labels": levels})
# Whoever reaches Ray runs code in it: its own pods and the operator may.
near = [{"podSelector": {}}, {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay-system"}}}]
closed = k8s.networking.v1.NetworkPolicy(
    "closed",
    metadata={"name": "closed", "namespace": "batch"},
    spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)
scripts = k8s.core.v1.ConfigMap(
    "scripts",
    metadata={"name": "scripts", "namespace": "batch"},
    data={"score.py": (Path(__file__).parent / "score.py").read_text()},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)

batch = RayJob(
    "score",
    RayJobSpec(
        namespace="batch",
        entrypoint="python /scripts/score.py --items 100000",
        ray_cluster_spec=RayClusterSpec(
            ray_version="2.60.0",
            head=Head(
                pool="steady",
                cpu=4,
                memory="16Gi",
                volumes=[Volume(name="scripts", config_map=ConfigMapFiles(name="scripts"))],
                volume_mounts=[VolumeMount(name="scripts", mount_path="/scripts", read_only=True)],
            ),
            workers=[
                WorkerGroup(name="l4", pool="spot", gpus=1, cpu=14, memory="48Gi", min_replicas=1, max_replicas=8)
            ],
            autoscaling=True,
        ),
        submitter=Submitter(pool="steady"),
        # A spot node may go at any time: tasks are tried again by Ray, the whole job once more by the operator.
        backoff_limit=1,
        active_deadline_seconds=6 * 3600,
        ttl_seconds_after_finished=300,
    ),
    operator=kuberay,
    pools=[steady, spot],
    opts=pulumi.ResourceOptions(depends_on=[scripts, closed]),
)

pulumi.export("status", batch.status)
