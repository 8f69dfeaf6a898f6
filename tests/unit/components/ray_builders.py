"""Ray specs and manifests that are valid by default; a test changes the one thing it is about."""

from copy import deepcopy
from typing import Any

from rayform.components import (
    DeletionCondition,
    DeletionRule,
    DeletionStrategy,
    ExistingPool,
    Head,
    RayClusterSpec,
    RayCronJobSpec,
    RayJobSpec,
    RayServiceSpec,
    ServeApplication,
    ServeConfig,
    Taint,
    WorkerGroup,
)
from rayform.components.ray.manifest import Manifest, ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.ray.placement import by_name

__all__ = [
    "A10G",
    "GONE",
    "changed",
    "cluster",
    "cluster_manifest",
    "container",
    "group",
    "head",
    "job",
    "job_manifest",
    "pod_spec",
    "schedule",
    "schedule_manifest",
    "service",
    "service_manifest",
    "template",
]

A10G = ExistingPool(
    name="a10g",
    node_type="g5.12xlarge",
    labels={"rayform/pool": "a10g"},
    taints=[Taint(key="nvidia.com/gpu"), Taint(key="team", value="ml", effect="NoExecute")],
    gpus=4,
    gpu_resource="example.com/gpu",
)
"""A pool of GPU nodes."""

GONE: Any = object()
"""Instead of a value: the place is emptied."""


def head(**fields: Any) -> Head:
    """A head."""
    return Head(**{"cpu": 4, "memory": "16Gi"} | fields)


def group(**fields: Any) -> WorkerGroup:
    """A group of GPU workers."""
    return WorkerGroup(**{"name": "gpu", "cpu": 8, "memory": "64Gi", "gpus": 2, "max_replicas": 4} | fields)


def cluster(**fields: Any) -> RayClusterSpec:
    """A cluster of a head and one group."""
    return RayClusterSpec(**{"ray_version": "2.60.0", "head": head(), "workers": [group()]} | fields)


def job(**fields: Any) -> RayJobSpec:
    """A job on a cluster of its own."""
    return RayJobSpec(**{"entrypoint": "python train.py", "ray_cluster_spec": cluster()} | fields)


def service(**fields: Any) -> RayServiceSpec:
    """A service of one application on the cluster."""
    config = ServeConfig(applications=[ServeApplication(import_path="chat:app")])
    return RayServiceSpec(**{"ray_cluster_config": cluster(), "serve_config_v2": config} | fields)


def schedule(**fields: Any) -> RayCronJobSpec:
    """A schedule of the job that deletes what it has started."""
    rule = DeletionRule(policy="DeleteSelf", condition=DeletionCondition(job_status="SUCCEEDED"))
    own = job(shutdown_after_job_finishes=False, deletion_strategy=DeletionStrategy(deletion_rules=[rule]))
    return RayCronJobSpec(**{"schedule": "0 3 * * *", "job_template": own} | fields)


def cluster_manifest(**changes: Any) -> Manifest:
    """What is sent for the cluster, changed."""
    return changed(ray_cluster("train", cluster()), changes)


def job_manifest(**changes: Any) -> Manifest:
    """What is sent for the job, changed."""
    return changed(ray_job("nightly", job()), changes)


def service_manifest(**changes: Any) -> Manifest:
    """What is sent for the service, changed."""
    return changed(ray_service("chat", service()), changes)


def schedule_manifest(**changes: Any) -> Manifest:
    """What is sent for the schedule, changed."""
    return changed(ray_cron_job("nightly", schedule()), changes)


def changed(manifest: Manifest, changes: dict[str, Any]) -> Manifest:
    """The manifest with other values in these places: keys of a path are joined by blanks, numbers count in lists."""
    copy = deepcopy(manifest)
    for path, value in changes.items():
        *above, last = [int(step) if step.isdigit() else step for step in path.split()]
        part: Any = copy
        for step in above:
            part = part.setdefault(step, {}) if isinstance(part, dict) else part[step]
        if value is GONE:
            del part[last]
        elif isinstance(part, list) and last == len(part):
            part.append(value)
        else:
            part[last] = value
    return copy


def template(**fields: Any) -> Manifest:
    """The pod template of a group with these fields."""
    manifest = ray_cluster("train", cluster(workers=[group(**fields)]), by_name([A10G]))
    sent: Manifest = manifest["spec"]["workerGroupSpecs"][0]["template"]
    return sent


def pod_spec(**fields: Any) -> Manifest:
    """The pods of a group with these fields."""
    sent: Manifest = template(**fields)["spec"]
    return sent


def container(**fields: Any) -> Manifest:
    """The Ray container of a group with these fields."""
    sent: Manifest = pod_spec(**fields)["containers"][0]
    return sent
