"""A stack of one service: what it answers, and whether it can be imported, are configuration."""

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ConfigMapFiles,
    Head,
    KubeRayOperator,
    KubeRayOperatorSpec,
    RayClusterSpec,
    RayService,
    RayServiceSpec,
    ServeActorOptions,
    ServeApplication,
    ServeConfig,
    ServeDeployment,
    Volume,
    VolumeMount,
)

CODE = """
import os
from ray import serve

@serve.deployment
class Chat:
    async def __call__(self, request):
        return os.environ["ANSWER"]

app = Chat.bind()
"""
config = pulumi.Config()
operator = KubeRayOperator("kuberay", KubeRayOperatorSpec())
namespace = k8s.core.v1.Namespace("ray", metadata={"name": "ray"})
code = k8s.core.v1.ConfigMap(
    "code",
    metadata={"name": "code", "namespace": "ray"},
    data={"chat.py": CODE},
    opts=pulumi.ResourceOptions(depends_on=[namespace]),
)
head = Head(
    cpu="750m",
    memory="2Gi",
    env={"ANSWER": config.require("answer"), "PYTHONPATH": "/home/ray/code"},
    volumes=[Volume(name="code", config_map=ConfigMapFiles(name="code"))],
    volume_mounts=[VolumeMount(name="code", mount_path="/home/ray/code")],
)
deployment = ServeDeployment(name="Chat", ray_actor_options=ServeActorOptions(num_cpus=0.1))
application = ServeApplication(
    name="chat", import_path=f"{config.get('module') or 'chat'}:app", deployments=[deployment]
)
service = RayService(
    "chat",
    RayServiceSpec(
        namespace="ray",
        ray_cluster_config=RayClusterSpec(ray_version="2.60.0", head=head),
        serve_config_v2=ServeConfig(applications=[application]),
        ray_cluster_deletion_delay_seconds=10,
    ),
    operator=operator,
    opts=pulumi.ResourceOptions(depends_on=[code]),
)
pulumi.export("url", service.serve_url)
