"""Examples of rules about batch schedulers and Kueue."""

from collections.abc import Mapping
from typing import Any

from .example import Example, Fragment, cluster, job, main_of, spec

__all__ = ["EXAMPLES"]

_KAI = "kai-scheduler"
_ELASTIC = {"annotations": {"kueue.x-k8s.io/elastic-job": "true"}}
_SELECTED = {"clusterSelector": {"ray.io/cluster": "train"}, "rayClusterSpec": None, "shutdownAfterJobFinishes": None}
_TOPOLOGY = {"volcano.sh/network-topology-mode": "hard"}
_TIER = "volcano.sh/network-topology-highest-tier-allowed"


def _labelled(labels: Mapping[str, str], metadata: Fragment | None = None, **fields: Any) -> Fragment:
    return {"metadata": {"labels": labels, **(metadata or {})}, **(spec(**fields) if fields else {})}


def _queued(metadata: Fragment | None = None, **fields: Any) -> Fragment:
    return _labelled({"kueue.x-k8s.io/queue-name": "research"}, metadata, **fields)


def _groups(number: int) -> Fragment:
    amounts = {"limits": {"cpu": "8", "memory": "64Gi"}}
    template = main_of("ray-worker", image="registry.example.com/train:1", resources=amounts)
    more = [{"groupName": f"gpu-{each}", "maxReplicas": 4, "template": template} for each in range(1, number)]
    return {"workerGroupSpecs": [{"groupName": "gpu"}, *more]}


EXAMPLES: Mapping[str, Example] = {
    "kueue-queue-misplaced": cluster(
        {"metadata": {"annotations": {"kueue.x-k8s.io/queue-name": "team"}}},
        {"metadata": {"labels": {"kueue.x-k8s.io/queue-name": "team"}}},
    ),
    "kai-submitter": job(
        _labelled({"kai.scheduler/queue": "research"}, submissionMode="K8sJobMode"),
        _labelled({"kai.scheduler/queue": "research"}, submissionMode="SidecarMode"),
        schedulers=(_KAI, _KAI),
    ),
    "kai-queue-missing": cluster(spec(), _labelled({"kai.scheduler/queue": "research"}), schedulers=(_KAI, _KAI)),
    "scheduler-plugins-job": job(spec(), spec(), schedulers=("scheduler-plugins", "volcano")),
    "volcano-selected": job(spec(**_SELECTED), spec(), schedulers=("volcano", "volcano")),
    "volcano-tier": cluster(
        _labelled({**_TOPOLOGY, _TIER: "rack"}), _labelled({**_TOPOLOGY, _TIER: "2"}), schedulers=("volcano", "volcano")
    ),
    "scheduler-label-unread": cluster(
        _labelled({"volcano.sh/queue-name": "research"}),
        _labelled({"yunikorn.apache.org/queue": "root.research"}),
        schedulers=("yunikorn", "yunikorn"),
    ),
    "kueue-shutdown": job(_queued(shutdownAfterJobFinishes=False), _queued(shutdownAfterJobFinishes=True)),
    "kueue-selected": job(_queued(**_SELECTED), spec(**_SELECTED)),
    "kueue-autoscaling": cluster(
        _queued(enableInTreeAutoscaling=True), _queued(_ELASTIC, enableInTreeAutoscaling=True)
    ),
    "kueue-groups": cluster(_queued(**_groups(8)), _queued(**_groups(7))),
    "kueue-group-name": cluster(
        _queued(workerGroupSpecs=[{"groupName": "head"}]), _queued(workerGroupSpecs=[{"groupName": "gpu"}])
    ),
}
"""Examples by rule."""
