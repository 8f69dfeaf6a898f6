"""What each changed field of a RayCluster does."""

from collections.abc import Mapping
from typing import Any

from .difference import ABSENT
from .effect import Change, Edit, Effect

__all__ = ["cluster_edit", "is_scaling", "outside_hash"]

_SCALING = frozenset({"replicas", "minReplicas", "maxReplicas", "scaleStrategy", "suspend", "idleTimeoutSeconds"})
_UNHASHED = frozenset({"replicas", "minReplicas", "maxReplicas"})
_HEAD_SERVICE = frozenset({"headService", "serviceType", "headServiceAnnotations"})
_INGRESS = frozenset({"enableIngress", "ingressOptions"})
_LIVE = {
    "suspend": "true deletes every pod of the cluster, false starts it anew",
    "networkPolicy": "the policies are renewed beside the pods",
    "upgradeStrategy": "it says how later changes are taken",
}


def cluster_edit(change: Change) -> Edit:
    """What a change does to a running RayCluster."""
    strategy: Mapping[str, Any] = change.spec.get("upgradeStrategy") or {}
    recreates = strategy.get("type") == "Recreate"
    return (
        _group(change, recreates=recreates)
        or _served(change)
        or _live(change)
        or _template(change, recreates=recreates)
    )


def is_scaling(path: tuple[str, ...]) -> bool:
    """Whether the field (below ``spec``) only says how many workers a group has."""
    return len(path) > 2 and path[0] == "workerGroupSpecs" and path[2] in _SCALING


def outside_hash(path: tuple[str, ...]) -> bool:
    """Whether the operator leaves the field (below ``spec``) out of the hash by which it sees a changed cluster."""
    if path[0] == "upgradeStrategy" or {"tolerations", "schedulingGates"} & set(path):
        return True
    if path[0] != "workerGroupSpecs" or len(path) < 3:
        return False
    return path[2] in _UNHASHED or "workersToDelete" in path


def _group(change: Change, *, recreates: bool) -> Edit | None:
    path = change.path[1:]
    if path[:1] != ("workerGroupSpecs",) or len(path) > 2:
        return None
    if change.after is ABSENT:
        return _removed_group(change, recreates=recreates)
    if change.before is ABSENT:
        why = "all pods are made anew with the group" if recreates else "the group's pods are added to the cluster"
        return change.does(Effect.RECREATES if recreates else Effect.LIVE, why)
    return None


def _removed_group(change: Change, *, recreates: bool) -> Edit:
    if recreates:
        return change.does(Effect.RECREATES, "all pods are made anew without the group")
    return change.does(
        Effect.REFUSED,
        "its pods would go on running, with no one to end them (#1739); scale the group to 0 first and remove it "
        "then, or set upgradeStrategy.type to Recreate for this change",
    )


def _served(change: Change) -> Edit | None:
    path = change.path[1:]
    field = next(iter(path[1:] if path[:1] == ("headGroupSpec",) else path), "")
    if field in _HEAD_SERVICE:
        return change.does(
            Effect.IGNORED,
            "the head's Service is made once and never updated (#2564); delete that Service by hand",
        )
    if field in _INGRESS:
        return change.does(
            Effect.LIVE, "since KubeRay 1.7; an Ingress that is turned off stays until it is deleted by hand"
        )
    if path[:2] == ("gcsFaultToleranceOptions", "backend"):
        return change.does(Effect.REFUSED, "the backend is immutable once set; delete the cluster and create it anew")
    return None


def _live(change: Change) -> Edit | None:
    path = change.path[1:]
    if is_scaling(path):
        return change.does(Effect.LIVE, "workers are added or removed")
    if why := _LIVE.get(path[0]):
        return change.does(Effect.LIVE, why)
    return None


def _template(change: Change, *, recreates: bool) -> Edit:
    if recreates and not outside_hash(change.path[1:]):
        return change.does(Effect.RECREATES, "upgradeStrategy Recreate deletes all pods, the head included")
    return change.does(
        Effect.NEW_PODS,
        "running pods keep the old one; set upgradeStrategy.type to Recreate, or delete the pods, for all to have it",
    )
