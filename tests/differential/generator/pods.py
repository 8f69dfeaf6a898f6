"""Legal pod templates, with the parts that Ray's operator looks at."""

from typing import Any

from .draw import Draw
from .plan import Plan

__all__ = ["entries", "head_template", "submitter_template", "worker_template"]

PORTS = [
    {"containerPort": 6379, "name": "gcs-server"},
    {"containerPort": 8265, "name": "dashboard"},
    {"containerPort": 10001, "name": "client"},
    {"containerPort": 8000, "name": "serve"},
]


def entries(draw: Draw) -> list[dict[str, Any]]:
    """Environment variables that mean nothing to the operator."""
    names = draw.sample(["LOG_LEVEL", "HF_HOME", "OMP_NUM_THREADS", "RAY_DEDUP_LOGS", "TOKEN"], draw.randint(0, 3))
    return [{"name": name, **_source(draw)} for name in names]


def _source(draw: Draw) -> dict[str, Any]:
    return draw.pick(
        {"value": draw.pick("1", "true", "")},
        {"valueFrom": {"secretKeyRef": {"name": draw.word(), "key": "key"}}},
        {"valueFrom": {"configMapKeyRef": {"name": draw.word(), "key": "key", "optional": True}}},
        {"valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
    )


def head_template(draw: Draw, plan: Plan, version: str) -> dict[str, Any]:
    """The template of a head."""
    template = _template(draw, "ray-head", version, _amounts(draw, gpus=False))
    container = template["spec"]["containers"][0]
    if draw.chance(0.5):
        container["ports"] = [dict(port) for port in PORTS]
    if plan.autoscaling == "env":
        container["env"].append({"name": "RAY_enable_autoscaler_v2", "value": draw.pick("1", "true")})
    if plan.gcs == "annotation":
        container["env"].append({"name": "RAY_REDIS_ADDRESS", "value": "redis:6379"})
    if draw.chance(0.2) or plan.mode == "SidecarMode":
        template["spec"]["restartPolicy"] = "Never"
    return template


def worker_template(draw: Draw, version: str) -> dict[str, Any]:
    """The template of a worker group."""
    template = _template(draw, "ray-worker", version, _amounts(draw, gpus=draw.chance(0.4)))
    if draw.chance(0.2):
        template["spec"]["restartPolicy"] = "Never"
    return template


def submitter_template(draw: Draw, version: str) -> dict[str, Any]:
    """The template of a job's submitter."""
    template = _template(draw, "ray-job-submitter", version, {})
    template["spec"]["restartPolicy"] = draw.pick("Never", "OnFailure")
    return template


def _amounts(draw: Draw, *, gpus: bool) -> dict[str, Any]:
    amounts: dict[str, Any] = {"cpu": draw.pick("2", 4, "500m"), "memory": draw.pick("4Gi", "8G", "16384Mi")}
    if gpus:
        amounts[draw.pick("nvidia.com/gpu", "amd.com/gpu", "nvidia.com/mig-1g.5gb")] = draw.pick(1, "2")
    return {"limits": amounts, "requests": dict(amounts)}


def _template(draw: Draw, name: str, version: str, resources: dict[str, Any]) -> dict[str, Any]:
    container = {
        "name": name,
        "image": f"rayproject/ray:{version}{draw.pick('', '-py311', '-gpu')}",
        "resources": resources,
        "env": entries(draw),
        **draw.some(
            0.15,
            imagePullPolicy=lambda: draw.pick("Always", "IfNotPresent"),
            envFrom=lambda: [{"secretRef": {"name": draw.word()}}],
            volumeMounts=lambda: [{"name": "scratch", "mountPath": "/scratch"}],
            securityContext=lambda: {"allowPrivilegeEscalation": False},
            lifecycle=lambda: {"preStop": {"exec": {"command": ["/bin/sh", "-c", "ray stop"]}}},
        ),
    }
    spec: dict[str, Any] = {"containers": [container], **_around(draw)}
    if "volumeMounts" in container:
        spec["volumes"] = [{"name": "scratch", "emptyDir": {}}]
    metadata = draw.some(0.1, labels=lambda: {"team": draw.word()}, annotations=lambda: {"note": "x"})
    return {"spec": spec, **({"metadata": metadata} if metadata else {})}


def _around(draw: Draw) -> dict[str, Any]:
    return draw.some(
        0.15,
        nodeSelector=lambda: {"pool": draw.word()},
        tolerations=lambda: [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
        terminationGracePeriodSeconds=lambda: 60,
        priorityClassName=draw.word,
        initContainers=lambda: [{"name": "prepare", "image": "busybox:1.37", "command": ["true"]}],
        imagePullSecrets=lambda: [{"name": draw.word()}],
        securityContext=lambda: {"runAsNonRoot": True},
    )
