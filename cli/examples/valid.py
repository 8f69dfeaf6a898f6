"""A valid object of each kind, which examples change."""

from collections.abc import Mapping
from typing import Any

from rayform.components.versions import RAY_DEFAULT

__all__ = ["VALID"]


def _template(name: str, **amounts: str) -> dict[str, Any]:
    resources = {"limits": amounts, "requests": amounts}
    return {"spec": {"containers": [{"name": name, "image": "registry.example.com/train:1", "resources": resources}]}}


_WORKERS = {"groupName": "gpu", "minReplicas": 0, "maxReplicas": 4}
_CLUSTER = {
    "rayVersion": RAY_DEFAULT,
    "authOptions": {"mode": "token"},
    "headGroupSpec": {
        "rayStartParams": {"num-cpus": "0"},
        "template": _template("ray-head", cpu="4", memory="16Gi"),
    },
    "workerGroupSpecs": [
        {**_WORKERS, "template": _template("ray-worker", cpu="8", memory="64Gi", **{"nvidia.com/gpu": "2"})}
    ],
}
_JOB = {"entrypoint": "python train.py", "shutdownAfterJobFinishes": True, "rayClusterSpec": _CLUSTER}
_RULES = {"deletionRules": [{"policy": "DeleteSelf", "condition": {"jobStatus": "SUCCEEDED", "ttlSeconds": 3600}}]}
_SERVE = """\
applications:
- name: chat
  import_path: chat:app
  route_prefix: /
"""


def _object(kind: str, name: str, spec: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": name}, "spec": dict(spec)}


VALID: Mapping[str, Mapping[str, Any]] = {
    "RayCluster": _object("RayCluster", "train", _CLUSTER),
    "RayJob": _object("RayJob", "train", _JOB),
    "RayService": _object("RayService", "chat", {"serveConfigV2": _SERVE, "rayClusterConfig": _CLUSTER}),
    "RayCronJob": _object(
        "RayCronJob",
        "nightly",
        {
            "schedule": "0 3 * * *",
            "jobTemplate": {**_JOB, "shutdownAfterJobFinishes": False, "deletionStrategy": _RULES},
        },
    ),
}
"""Valid objects by kind; a RayCronJob needs its gate."""
