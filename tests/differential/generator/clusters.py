"""Legal cluster specs that reach every path of their own."""

from typing import Any

from .draw import Draw
from .plan import Plan
from .pods import entries, head_template, worker_template

__all__ = ["cluster_spec"]

START = {"object-store-memory": "100000000", "block": "true", "node-ip-address": "127.0.0.1"}


def cluster_spec(draw: Draw, plan: Plan) -> dict[str, Any]:
    """A cluster's spec."""
    version = draw.pick("2.56.0", "2.57.1", "2.60.0")
    spec: dict[str, Any] = {
        "rayVersion": version,
        "headGroupSpec": _head(draw, plan, version),
        **_autoscaling(draw, plan),
        **draw.some(
            0.1,
            headServiceAnnotations=lambda: {"service.kubernetes.io/topology-mode": "Auto"},
            managedBy=lambda: draw.pick("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"),
            suspend=draw.flag,
        ),
    }
    if plan.kind == "RayCluster" and draw.chance(0.2):
        spec["upgradeStrategy"] = {"type": draw.pick("Recreate", "None")}
    if plan.groups or draw.flag():
        spec["workerGroupSpecs"] = [_group(draw, plan, version, index) for index in range(plan.groups)]
    if plan.auth != "none":
        spec["authOptions"] = _auth(draw, plan)
    if plan.gcs == "options":
        spec["gcsFaultToleranceOptions"] = _gcs(draw)
    return spec


def _autoscaling(draw: Draw, plan: Plan) -> dict[str, Any]:
    options = draw.some(
        0.3,
        env=lambda: entries(draw),
        envFrom=lambda: [{"configMapRef": {"name": draw.word()}}],
        idleTimeoutSeconds=lambda: draw.pick(0, 60, 600),
        image=lambda: "rayproject/ray:2.60.0",
        imagePullPolicy=lambda: "IfNotPresent",
        resources=lambda: {
            "limits": {"cpu": "500m", "memory": "512Mi"},
            "requests": {"cpu": "500m", "memory": "512Mi"},
        },
        securityContext=lambda: {"runAsNonRoot": True},
        upscalingMode=lambda: draw.pick("Default", "Aggressive", "Conservative"),
        volumeMounts=lambda: [{"name": "scratch", "mountPath": "/scratch"}],
    )
    if plan.autoscaling == "off":
        return {"enableInTreeAutoscaling": False} if draw.flag() else {}
    if plan.autoscaling in ("v1", "v2"):
        options["version"] = plan.autoscaling
    return {"enableInTreeAutoscaling": True, **({"autoscalerOptions": options} if options else {})}


def _logical(draw: Draw, amounts: dict[str, str]) -> dict[str, Any]:
    """Ray's resources, by one of the two ways or by none."""
    start: dict[str, str] = draw.some(0.2, **{name: (lambda value=value: value) for name, value in START.items()})
    way = draw.pick("none", "start", "resources")
    if way == "start":
        start |= {"num-cpus": amounts["CPU"], "resources": '"{\\"custom\\": 1}"'}
    logical = {"resources": dict(amounts)} if way == "resources" else {}
    return {**({"rayStartParams": start} if start or draw.flag() else {}), **logical}


def _head(draw: Draw, plan: Plan, version: str) -> dict[str, Any]:
    return {
        "template": head_template(draw, plan, version),
        **_logical(draw, {"CPU": "0"}),
        **draw.some(
            0.15,
            enableIngress=draw.flag,
            headService=lambda: {"metadata": {"annotations": {"note": "x"}}, "spec": {"type": "ClusterIP"}},
            labels=lambda: {"ray.io/market-type": "spot"},
            serviceType=lambda: draw.pick("ClusterIP", "NodePort"),
        ),
    }


def _group(draw: Draw, plan: Plan, version: str, index: int) -> dict[str, Any]:
    least, more = draw.pick(0, 0, 1, 2), draw.pick(0, 1, 10)
    group: dict[str, Any] = {
        "groupName": f"{draw.word()}-{index}",
        "template": worker_template(draw, version),
        **draw.some(
            0.6,
            minReplicas=lambda: least,
            maxReplicas=lambda: least + more,
            replicas=lambda: least + draw.randint(0, more),
        ),
        **_logical(draw, {"CPU": "4"}),
        **draw.some(
            0.15,
            numOfHosts=lambda: draw.pick(1, 2, 4),
            labels=lambda: {"ray.io/accelerator-type": draw.pick("A100", ""), "zone": "a"},
            scaleStrategy=lambda: {"workersToDelete": ["train-worker-abc12"]},
        ),
    }
    if plan.autoscaling in ("v2", "env") and draw.chance(0.3):
        group["idleTimeoutSeconds"] = draw.pick(0, 30, 3600)
    if draw.chance(0.1):
        group["suspend"] = plan.gate("RayJobDeletionPolicy") and plan.autoscaling == "off" and draw.flag()
    return group


def _auth(draw: Draw, plan: Plan) -> dict[str, Any]:
    if plan.auth == "k8s":
        return {"mode": "token", "enableK8sTokenAuth": True}
    options: dict[str, Any] = {} if plan.auth == "empty" else {"mode": plan.auth}
    if plan.auth == "token" and draw.flag():
        options["secretName"] = draw.word()
    if draw.chance(0.1):
        options["enableK8sTokenAuth"] = False
    return options


def _gcs(draw: Draw) -> dict[str, Any]:
    def credential() -> dict[str, Any]:
        source = {"secretKeyRef": {"name": "redis", "key": "password"}}
        return draw.pick({"value": "secret"}, {"valueFrom": source})

    optional = draw.some(0.4, redisUsername=credential, redisPassword=credential, externalStorageNamespace=draw.word)
    return {"redisAddress": draw.pick("redis:6379", "redis://redis:6379"), **optional}
