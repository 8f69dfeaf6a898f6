"""Examples of rules about pods, and about who reaches them."""

from collections.abc import Mapping
from typing import Any

from rayform.components.versions import RAY_DEFAULT

from .example import Example, Fragment, cluster, env, group, head, job, main_of, service, spec

__all__ = ["EXAMPLES"]

_IMAGE = f"rayproject/ray:{RAY_DEFAULT}"
_V2 = {"enableInTreeAutoscaling": True, "autoscalerOptions": {"version": "v2"}}
_V1 = {"enableInTreeAutoscaling": True, "autoscalerOptions": {"version": "v1"}}


def _worker(*, cluster: Fragment | None = None, pod: Fragment | None = None, **fields: Any) -> Fragment:
    return group(cluster=cluster, template=main_of("ray-worker", pod=pod, **fields))


def _head(*, cluster: Fragment | None = None, **fields: Any) -> Fragment:
    return head(cluster=cluster, template=main_of("ray-head", **fields))


def _amounts(limits: Fragment, requests: Fragment | None = None) -> Fragment:
    return {"limits": limits, **({"requests": requests} if requests else {})}


def _gpus(count: str) -> Fragment:
    return _amounts({"nvidia.com/gpu": count}, {"nvidia.com/gpu": count})


def _two(*names: str) -> Fragment:
    resources = _amounts({"cpu": "8", "memory": "64Gi"})
    containers = [{"name": name, "image": f"ours/{name}:1", "resources": resources} for name in names]
    return group(template={"spec": {"containers": containers}})


def _asks(port: int) -> Fragment:
    return {"httpGet": {"path": "/api/healthz", "port": port}}


def _shared(size: str) -> Fragment:
    volume = {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": size}}
    mounts = [{"name": "shm", "mountPath": "/dev/shm"}]
    return _worker(pod={"volumes": [volume]}, volumeMounts=mounts)


def _restart(policy: str, options: Fragment) -> Fragment:
    return group(cluster=options, template={"spec": {"restartPolicy": policy}})


EXAMPLES: Mapping[str, Example] = {
    "service-type-unknown": cluster(head(serviceType="Internal"), head(serviceType="ClusterIP")),
    "pull-policy-unknown": cluster(_worker(imagePullPolicy="IfMissing"), _worker(imagePullPolicy="IfNotPresent")),
    "restart-policy-unknown": cluster(_restart("Sometimes", {}), _restart("OnFailure", {})),
    "amount-negative": cluster(
        _worker(resources=_amounts({"cpu": "-1"}, {"cpu": "-1"})),
        _worker(resources=_amounts({"cpu": "1"}, {"cpu": "1"})),
    ),
    "amount-unparseable": cluster(
        _worker(resources=_amounts({"memory": "64gi"}, {"memory": "64gi"})),
        _worker(resources=_amounts({"memory": "64Gi"}, {"memory": "64Gi"})),
    ),
    "request-over-limit": cluster(
        _worker(resources=_amounts({"memory": "64Gi"}, {"memory": "80Gi"})),
        _worker(resources=_amounts({"memory": "80Gi"}, {"memory": "64Gi"})),
    ),
    "device-request": cluster(
        _worker(resources=_amounts({"nvidia.com/gpu": "2"}, {"nvidia.com/gpu": "1"})),
        _worker(resources=_amounts({"nvidia.com/gpu": "2"}, {"nvidia.com/gpu": "2"})),
    ),
    "amount-missing": cluster(_worker(resources=None), _worker(resources=_amounts({"cpu": "8", "memory": "64Gi"}))),
    "ray-container-first": cluster(_two("logs", "ray-worker"), _two("ray-worker", "logs")),
    "ray-never-runs": cluster(_worker(command=["sleep", "infinity"]), _worker(command=["sleep", "5"])),
    "worker-probed-as-head": cluster(_worker(livenessProbe=_asks(8265)), _worker(livenessProbe=_asks(52365))),
    "images-differ": cluster(
        _head(cluster=_worker(image=f"{_IMAGE}-py312")["spec"], image=f"{_IMAGE}-py311"),
        _head(cluster=_worker(image=f"{_IMAGE}-py312")["spec"], image=f"{_IMAGE}-py312"),
    ),
    "image-gone": cluster(_worker(image=f"{_IMAGE}-py39"), _worker(image=f"{_IMAGE}-py310")),
    "tls-by-half": cluster(
        _head(env=env(RAY_USE_TLS="1")),
        _head(cluster=_worker(env=env(RAY_USE_TLS="1"))["spec"], env=env(RAY_USE_TLS="1")),
    ),
    "gpu-imagined": cluster(
        group(rayStartParams={"num-gpus": "4"}, template=main_of("ray-worker", resources=_gpus("1"))),
        group(rayStartParams={"num-gpus": "4"}, template=main_of("ray-worker", resources=_gpus("4"))),
    ),
    "gpu-unseen": cluster(
        _worker(resources=_amounts({"nvidia.com/gpu.shared": "1"})),
        group(
            rayStartParams={"num-gpus": "1"},
            template=main_of("ray-worker", resources=_amounts({"nvidia.com/gpu.shared": "1"})),
        ),
    ),
    "shared-memory": cluster(_shared("100Gi"), _shared("20Gi")),
    "image-missing": cluster(_head(image=None), _head(image=f"rayproject/ray:{RAY_DEFAULT}")),
    "image-version": cluster(
        _head(cluster={"rayVersion": RAY_DEFAULT}, image="rayproject/ray:2.57.1-py311"),
        _head(cluster={"rayVersion": RAY_DEFAULT}, image=f"rayproject/ray:{RAY_DEFAULT}-py311"),
    ),
    "dashboard-port": cluster(
        _head(ports=[{"name": "gcs-server", "containerPort": 6379}]),
        _head(ports=[{"name": "gcs-server", "containerPort": 6379}, {"name": "dashboard", "containerPort": 8265}]),
    ),
    "dashboard-closed": service(
        spec(rayClusterConfig={"headGroupSpec": {"rayStartParams": {"dashboard-host": "127.0.0.1"}}}),
        spec(rayClusterConfig={"headGroupSpec": {"rayStartParams": {"dashboard-host": None}}}),
    ),
    "serve-port": service(
        spec(rayClusterConfig=_head(ports=[{"name": "dashboard", "containerPort": 8265}])["spec"]),
        spec(
            rayClusterConfig=_head(
                ports=[{"name": "dashboard", "containerPort": 8265}, {"name": "serve", "containerPort": 8000}]
            )["spec"]
        ),
    ),
    "head-exposed": cluster(head(serviceType="LoadBalancer"), head(serviceType="ClusterIP")),
    "token-needs-ray-version": cluster(
        spec(rayVersion="2.51.1", authOptions={"mode": "token"}),
        spec(rayVersion=RAY_DEFAULT, authOptions={"mode": "token"}),
    ),
    "kubernetes-token-needs-ray-version": cluster(
        spec(rayVersion="2.54.0", authOptions={"mode": "token", "enableK8sTokenAuth": True}),
        spec(rayVersion=RAY_DEFAULT, authOptions={"mode": "token", "enableK8sTokenAuth": True}),
    ),
    "kubernetes-token-with-secret": cluster(
        spec(authOptions={"mode": "token", "enableK8sTokenAuth": True, "secretName": "tokens"}),
        spec(authOptions={"mode": "token", "secretName": "tokens"}),
    ),
    "kubernetes-token-without-mode": cluster(
        spec(authOptions={"mode": None, "enableK8sTokenAuth": True}),
        spec(authOptions={"mode": "token", "enableK8sTokenAuth": True}),
    ),
    "kubernetes-token-in-job": job(
        spec(rayClusterSpec={"authOptions": {"mode": "token", "enableK8sTokenAuth": True}}),
        spec(rayClusterSpec={"authOptions": {"mode": "token"}}),
    ),
    "kubernetes-token-in-service": service(
        spec(rayClusterConfig={"authOptions": {"mode": "token", "enableK8sTokenAuth": True}}),
        spec(rayClusterConfig={"authOptions": {"mode": "token"}}),
    ),
    "auth-without-mode": cluster(
        spec(authOptions={"mode": None, "secretName": "tokens"}),
        spec(authOptions={"mode": "token", "secretName": "tokens"}),
    ),
    "auth-off": cluster(spec(authOptions=None), spec(authOptions={"mode": "token"})),
    "ray-vulnerable": cluster(spec(rayVersion="2.55.1"), spec(rayVersion=RAY_DEFAULT)),
    "v2-without-autoscaling": cluster(_head(env=env(RAY_enable_autoscaler_v2="1")), _head(cluster=_V2, env=[])),
    "autoscaler-version-twice": cluster(
        _head(cluster=_V2, env=env(RAY_enable_autoscaler_v2="1")), _head(cluster=_V2, env=[])
    ),
    "v2-restart-policy": cluster(_restart("Always", _V2), _restart("Never", _V2)),
    "autoscaled-restart-policy": cluster(_restart("Always", _V1), _restart("Never", _V1)),
    "autoscaler-idle-negative": cluster(
        spec(enableInTreeAutoscaling=True, autoscalerOptions={"idleTimeoutSeconds": -5}),
        spec(enableInTreeAutoscaling=True, autoscalerOptions={"idleTimeoutSeconds": 60}),
    ),
    "autoscaler-token": cluster(
        head(cluster=_V2, template={"spec": {"automountServiceAccountToken": False}}), spec(**_V2)
    ),
    "autoscaler-unused": cluster(spec(autoscalerOptions={"idleTimeoutSeconds": 60}), spec(**_V2)),
    "autoscaler-start-command": cluster(
        spec(
            enableInTreeAutoscaling=True, autoscalerOptions={"env": env(KUBERAY_GEN_AUTOSCALER_START_CMD="ray start")}
        ),
        spec(enableInTreeAutoscaling=True, autoscalerOptions={"args": ["ray start"]}),
        newer=True,
    ),
    "autoscaling-unbounded": cluster(group(cluster=_V2, maxReplicas=None), group(cluster=_V2, maxReplicas=8)),
    "replicas-autoscaled": cluster(
        group(cluster=_V2, replicas=2, minReplicas=0), group(cluster=_V2, replicas=2, minReplicas=2)
    ),
}
"""Examples by rule."""
