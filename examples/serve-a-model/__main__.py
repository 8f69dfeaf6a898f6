"""A Ray service on a cluster and an operator that are there already; its code comes by a ConfigMap.

A change of ``model.py`` makes another ConfigMap, and so a second Ray cluster beside the first: requests move to it once
it serves. A change of the numbers of replicas alone is taken by the cluster that runs.
"""

from hashlib import sha256
from pathlib import Path

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ConfigMapFiles,
    Head,
    KubeRayOperator,
    RayClusterSpec,
    RayService,
    RayServiceSpec,
    ServeActorOptions,
    ServeApplication,
    ServeAutoscaling,
    ServeConfig,
    ServeDeployment,
    Volume,
    VolumeMount,
    WorkerGroup,
)

code = (Path(__file__).parent / "model.py").read_text()
name = f"model-{sha256(code.encode()).hexdigest()[:8]}"
levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
namespace = k8s.core.v1.Namespace("models", metadata={"name": "models", "labels": levels})
# Whoever reaches Ray runs code in it: its own pods and the operator may; name who asks the model beside them.
near = [{"podSelector": {}}, {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay-system"}}}]
closed = k8s.networking.v1.NetworkPolicy(
    "closed",
    metadata={"name": "closed", "namespace": "models"},
    spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)
files = k8s.core.v1.ConfigMap(
    "model",
    metadata={"name": name, "namespace": "models"},
    data={"model.py": code},
    immutable=True,
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)

volume = Volume(name="code", config_map=ConfigMapFiles(name=name))
mount = VolumeMount(name="code", mount_path="/code", read_only=True)
found = {"PYTHONPATH": "/code"}

service = RayService(
    "sentiment",
    RayServiceSpec(
        namespace="models",
        ray_cluster_config=RayClusterSpec(
            ray_version="2.60.0",
            head=Head(cpu=2, memory="8Gi", env=found, volumes=[volume], volume_mounts=[mount]),
            workers=[
                WorkerGroup(
                    name="replicas",
                    cpu=4,
                    memory="16Gi",
                    min_replicas=2,
                    max_replicas=6,
                    env=found,
                    volumes=[volume],
                    volume_mounts=[mount],
                )
            ],
            autoscaling=True,
        ),
        serve_config_v2=ServeConfig(
            applications=[
                ServeApplication(
                    name="sentiment",
                    import_path="model:app",
                    deployments=[
                        ServeDeployment(
                            name="Sentiment",
                            autoscaling_config=ServeAutoscaling(min_replicas=2, max_replicas=12),
                            ray_actor_options=ServeActorOptions(num_cpus=2),
                        )
                    ],
                )
            ]
        ),
    ),
    operator=KubeRayOperator.existing(version="1.6.2"),
    opts=pulumi.ResourceOptions(depends_on=[files, closed]),
)

pulumi.export("url", service.serve_url)
