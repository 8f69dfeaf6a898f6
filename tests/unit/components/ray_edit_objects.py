"""Ray objects to edit, as small as an edit needs them."""

from typing import Any

from rayform.components.ray.edits import Edit, edits


def pod(image: str = "ray:1", gpus: str | None = None, **spec: Any) -> dict[str, Any]:
    limits = {"nvidia.com/gpu": gpus} if gpus else {}
    return {"spec": {"containers": [{"name": "ray", "image": image, "resources": {"limits": limits}}], **spec}}


def group(name: str = "gpu", **fields: Any) -> dict[str, Any]:
    return {"groupName": name, "replicas": 2, "minReplicas": 1, "maxReplicas": 4, "template": pod(gpus="4"), **fields}


def cluster(**fields: Any) -> dict[str, Any]:
    spec = {"headGroupSpec": {"template": pod()}, "workerGroupSpecs": [group()], **fields}
    return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "train"}, "spec": spec}


def service(strategy: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A service; ``fields`` are its cluster's."""
    upgrade = {} if strategy is None else {"upgradeStrategy": strategy}
    spec = {"serveConfigV2": "applications: []", "rayClusterConfig": cluster(**fields)["spec"], **upgrade}
    return {"apiVersion": "ray.io/v1", "kind": "RayService", "metadata": {"name": "llm"}, "spec": spec}


def other(kind: str, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "x"}, "spec": fields}


def only(old: dict[str, Any], new: dict[str, Any], **settings: Any) -> Edit:
    found = edits(old, new, **settings)
    assert len(found) == 1, [str(edit) for edit in found]
    return found[0]
