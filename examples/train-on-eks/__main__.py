"""From an empty AWS account to a training run: network, EKS, GPUs, KubeRay, a Ray cluster, and a job on it."""

from pathlib import Path

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ConfigMapFiles,
    Head,
    KubeRayOperator,
    KubeRayOperatorSpec,
    RayCluster,
    RayClusterSpec,
    RayJob,
    RayJobSpec,
    Submitter,
    Volume,
    VolumeMount,
    WorkerGroup,
)
from rayform.infra import (
    EksCluster,
    EksClusterSpec,
    GpuNodePool,
    GpuNodePoolSpec,
    GpuSupport,
    Network,
    NetworkSpec,
    NodePool,
    NodePoolSpec,
)

RAY = "2.60.0"

config = pulumi.Config()

network = Network(
    "ml", NetworkSpec(cidr="10.20.0.0/16", pod_cidr="100.64.0.0/16", zones=["us-east-1a", "us-east-1b"], nat="single")
)
cluster = EksCluster("ml", EksClusterSpec(version="1.34", admins=[config.require("adminRole")]), network=network)
heads = NodePool("heads", NodePoolSpec(instance_types=["m7i.2xlarge"], min_nodes=1, max_nodes=2), cluster=cluster)
a10g = GpuNodePool("a10g", GpuNodePoolSpec(instance_types=["g5.12xlarge"], max_nodes=4), cluster=cluster)
support = GpuSupport("gpus", cluster=cluster, pools=[a10g])

inside = pulumi.ResourceOptions(provider=cluster.provider)
kuberay = KubeRayOperator("kuberay", KubeRayOperatorSpec(version="1.6.2"), cluster=cluster)
levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
# What others have left in it goes while the operator can let it go.
after = pulumi.ResourceOptions.merge(inside, pulumi.ResourceOptions(depends_on=list(kuberay.ends)))
namespace = k8s.core.v1.Namespace("training", metadata={"name": "training", "labels": levels}, opts=after)
within = pulumi.ResourceOptions.merge(inside, pulumi.ResourceOptions(depends_on=[namespace]))
# Whoever reaches Ray runs code in it: its own pods and the operator may.
near = [{"podSelector": {}}, {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay-system"}}}]
closed = k8s.networking.v1.NetworkPolicy(
    "closed",
    metadata={"name": "closed", "namespace": "training"},
    spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]},
    opts=within,
)
scripts = k8s.core.v1.ConfigMap(
    "scripts",
    metadata={"name": "scripts", "namespace": "training"},
    data={"train.py": (Path(__file__).parent / "train.py").read_text()},
    opts=within,
)

train = RayCluster(
    "train",
    RayClusterSpec(
        namespace="training",
        ray_version=RAY,
        head=Head(
            pool="heads",
            cpu=4,
            memory="16Gi",
            volumes=[Volume(name="scripts", config_map=ConfigMapFiles(name="scripts"))],
            volume_mounts=[VolumeMount(name="scripts", mount_path="/scripts", read_only=True)],
        ),
        # Two workers of two GPUs fill a node: no GPU is stranded.
        workers=[WorkerGroup(name="gpu", pool="a10g", gpus=2, cpu=20, memory="80Gi", min_replicas=0, max_replicas=8)],
        autoscaling=True,
    ),
    operator=kuberay,
    pools=[heads, a10g],
    opts=pulumi.ResourceOptions.merge(inside, pulumi.ResourceOptions(depends_on=[scripts, closed, support])),
)

RayJob(
    "epochs",
    RayJobSpec(
        namespace="training",
        cluster_selector={"ray.io/cluster": "train"},
        entrypoint="python /scripts/train.py --workers 2 --epochs 3",
        submitter=Submitter(image=f"rayproject/ray:{RAY}", pool="heads"),
        active_deadline_seconds=3600,
    ),
    operator=kuberay,
    pools=[heads],
    opts=pulumi.ResourceOptions.merge(inside, pulumi.ResourceOptions(depends_on=[train])),
)

pulumi.export("dashboard", train.dashboard_url)
