"""Legal objects of all four kinds."""

from typing import Any

from .clusters import cluster_spec
from .draw import Draw
from .jobs import job_spec
from .plan import Plan

__all__ = ["made"]

SERVE = """\
applications:
- name: app
  import_path: app:app
  route_prefix: /
  deployments:
  - name: Model
    num_replicas: 2
"""


def made(draw: Draw, plan: Plan) -> dict[str, Any]:
    """A legal object after the plan."""
    spec = {
        "RayCluster": cluster_spec,
        "RayJob": job_spec,
        "RayService": _service_spec,
        "RayCronJob": _cron_spec,
    }[plan.kind](draw, plan)
    metadata: dict[str, Any] = {"name": draw.word(), "namespace": "default"}
    annotations = _annotations(draw, plan)
    if annotations:
        metadata["annotations"] = annotations
    if draw.chance(0.2):
        metadata["labels"] = {"team": draw.word()}
    return {"apiVersion": "ray.io/v1", "kind": plan.kind, "metadata": metadata, "spec": spec}


def _annotations(draw: Draw, plan: Plan) -> dict[str, str]:
    annotations = {}
    if plan.gcs == "annotation":
        annotations["ray.io/ft-enabled"] = draw.pick("true", "True")
        if draw.flag():
            annotations["ray.io/external-storage-namespace"] = draw.word()
    if plan.kind == "RayService" and draw.chance(0.2):
        annotations["ray.io/initializing-timeout"] = draw.pick("5m", "1h30m", "600", "1.5h", "+90s", "250ms", "")
    return annotations


def _service_spec(draw: Draw, plan: Plan) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "rayClusterConfig": cluster_spec(draw, plan),
        "serveConfigV2": SERVE,
        **draw.some(
            0.15,
            deploymentUnhealthySecondThreshold=lambda: 300,
            serviceUnhealthySecondThreshold=lambda: 900,
            excludeHeadPodFromServeSvc=draw.flag,
            managedBy=lambda: draw.pick("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"),
            rayClusterDeletionDelaySeconds=lambda: draw.pick(0, 60, 3600),
            serveService=lambda: {"spec": {"ports": [{"name": "serve", "port": 8000}]}},
        ),
    }
    if plan.upgrade != "none":
        spec["upgradeStrategy"] = _upgrade(draw, plan)
    return spec


def _upgrade(draw: Draw, plan: Plan) -> dict[str, Any]:
    strategy: dict[str, Any] = {"type": plan.upgrade} if plan.upgrade else {}
    if plan.upgrade == "NewClusterWithIncrementalUpgrade":
        surge = draw.pick(None, 10, 50, 100)
        options = {
            "stepSizePercent": draw.pick(1, 5, 10) if surge else draw.pick(1, 50, 100),
            "intervalSeconds": draw.pick(1, 10),
            "gatewayClassName": "istio",
        }
        strategy["clusterUpgradeOptions"] = options | ({"maxSurgePercent": surge} if surge else {})
    return strategy


def _cron_spec(draw: Draw, plan: Plan) -> dict[str, Any]:
    schedules = ("*/5 * * * *", "0 3 * * MON-FRI", "@daily", "@every 1h30m", "0 0 1,15 * ?", "30 2 * JAN sun")
    suspend = {"suspend": draw.flag()} if draw.chance(0.3) else {}
    return {"schedule": draw.pick(*schedules), "jobTemplate": job_spec(draw, plan), **suspend}
