"""What each changed field of a RayCluster does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..rules.view import mapping
from .difference import ABSENT, Difference, Steps
from .effect import Edit, Effect, does
from .scale import reported, workers

__all__ = ["Clusters", "bounds", "cluster_edit", "hashed", "unreported"]

_BOUNDS = frozenset({"replicas", "minReplicas", "maxReplicas"})
_OF_GROUPS = frozenset({"suspend", "idleTimeoutSeconds", "priority"})
_UNSEEN = frozenset({"tolerations", "schedulingGates"})
_HEAD_SERVICE = frozenset({"headService", "serviceType"})
_UNNOTICED = (
    "Recreate does not look at it, so no pod is renewed, and an update of it alone waits in vain until its timeout; "
    "change it together with something else of the pods, such as an annotation of the head's"
)
_RECREATED = "upgrade_strategy Recreate deletes all pods, the head included, and what runs in them"


@dataclass(frozen=True, slots=True)
class Clusters:
    """The spec of a cluster before and after an edit."""

    before: Mapping[str, Any]
    """As it is."""
    after: Mapping[str, Any]
    """As it is to be."""
    paths: Sequence[Steps]
    """Every field that differs."""
    kuberay: str
    """The operator's version."""

    @property
    def idle(self) -> bool:
        """Whether it has no pods while the edit is made, because it is suspended before or after."""
        return any(spec.get("suspend") is True for spec in (self.before, self.after))

    @property
    def recreated(self) -> bool:
        """Whether the edit makes the operator delete all pods."""
        return _strategy(self.after) == "Recreate" and not self.idle and any(map(hashed, self.paths))


def _strategy(cluster: Mapping[str, Any]) -> Any:
    return mapping(cluster.get("upgradeStrategy")).get("type")


def cluster_edit(change: Difference, path: Steps, clusters: Clusters) -> Edit:
    """What a change at ``path`` of a cluster's spec does to its pods."""
    found = (judge(change, path, clusters) for judge in _JUDGES)
    return next((edit for edit in found if edit), None) or does(change, Effect.NEW_PODS, _kept(clusters))


def unreported(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the operator's status says the same of both specs.

    With ``Recreate`` it says when pods are made anew; edits that it does not look at say so themselves.
    """
    suspended = {spec.get("suspend") is True for spec in (before, after)}
    return len(suspended) == 1 and reported(before) == reported(after) and _strategy(after) != "Recreate"


def bounds(path: Steps) -> bool:
    """Whether a field only says how many workers a group has."""
    return _of_group(path) in _BOUNDS


def hashed(path: Steps) -> bool:
    """Whether a field is part of the hash by which the operator sees a changed cluster."""
    if path[:1] == ("upgradeStrategy",) or _of_group(path) in _BOUNDS | {"scaleStrategy"}:
        return False
    pod = path[{"headGroupSpec": 1, "workerGroupSpecs": 2}.get("".join(path[:1]), len(path)) :]
    return not (pod[:2] == ("template", "spec") and _UNSEEN.intersection(pod[2:3]))


def _of_group(path: Steps) -> str:
    return path[2] if len(path) > 2 and path[0] == "workerGroupSpecs" else ""


def _kept(clusters: Clusters) -> str:
    if clusters.idle:
        return "the cluster is suspended, and all its pods are new when it resumes"
    if _strategy(clusters.after) == "Recreate":
        return _UNNOTICED
    return (
        "running pods keep the old one; set upgrade_strategy.type to Recreate, or delete the pods, for all to have it"
    )


def _group(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    """A whole group that comes or goes."""
    if path[:1] != ("workerGroupSpecs",) or len(path) > 2:
        return None
    if clusters.recreated:
        return does(change, Effect.RECREATES, _RECREATED)
    if change.after is ABSENT:
        return _removed(change, clusters)
    if change.before is ABSENT:
        return does(change, Effect.LIVE, "the group's pods are added to the cluster")
    return does(change, Effect.LIVE, "the order of the groups says nothing to running pods") if len(path) == 1 else None


def _removed(change: Difference, clusters: Clusters) -> Edit:
    scaled = clusters.before.get("enableInTreeAutoscaling") is True
    group = mapping(change.before)
    # What the autoscaler made of replicas is not in the manifest; the most that it may make is.
    if clusters.idle or not workers({**group, "replicas": 2**31} if scaled else group):
        return does(change, Effect.LIVE, "the group has no pods any more")
    zero = "its max_replicas" if scaled else "its replicas and min_replicas"
    return does(
        change,
        Effect.REFUSED,
        f"its pods would go on running, with no one to end them (#1739); set {zero} to 0 first and remove it then, or "
        "set upgrade_strategy.type to Recreate for this change",
    )


def _scaled(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    """How many workers a group has."""
    if _of_group(path) in _BOUNDS | {"scaleStrategy"}:
        return does(change, Effect.LIVE, "workers are added or removed")
    if _of_group(path) in _OF_GROUPS and not clusters.recreated:
        return does(change, Effect.LIVE, "the running group and the autoscaler follow it")
    return None


def _served(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    """How the head is reached: objects that the operator makes once."""
    in_head = path[1:2] if path[:1] == ("headGroupSpec",) else ()
    if path[:1] == ("headServiceAnnotations",) or set(in_head) & _HEAD_SERVICE:
        cost = "; all pods are made anew for it all the same" if clusters.recreated else ""
        why = f"the head's Service is made once and never updated (#2564); delete that Service by hand{cost}"
        return does(change, Effect.IGNORED, why)
    if clusters.recreated or not set(in_head) & {"enableIngress", "ingressOptions"}:
        return None
    return _ingress(change, path, clusters)


def _ingress(change: Difference, path: Steps, clusters: Clusters) -> Edit:
    head = mapping(clusters.after.get("headGroupSpec"))
    if head.get("enableIngress") is not True:
        return does(change, Effect.IGNORED, "an Ingress that is there stays; delete it by hand")
    if path[-1] == "enableIngress":
        return does(change, Effect.LIVE, "the Ingress is made")
    if clusters.kuberay.startswith("1.6."):
        return does(change, Effect.IGNORED, f"KubeRay {clusters.kuberay} makes the Ingress once; delete it by hand")
    return does(change, Effect.LIVE, "the Ingress follows it")


def _fixed(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    """What the API server lets nobody change."""
    del clusters
    if path[:2] != ("gcsFaultToleranceOptions", "backend") or change.before is ABSENT:
        return None
    why = "the backend is immutable once set; delete the cluster and create it anew"
    return does(change, Effect.REFUSED, why)


def _live(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    """What the operator and the autoscaler read again and again."""
    if path[:1] == ("suspend",):
        on = clusters.after.get("suspend") is True
        return does(change, Effect.LIVE, "every pod of the cluster is deleted" if on else "its pods are started")
    if path[:1] == ("upgradeStrategy",):
        return does(change, Effect.LIVE, _turned(clusters))
    if clusters.recreated:
        return None
    if path[:1] == ("networkPolicy",):
        return does(change, Effect.LIVE, "the policies are renewed beside the pods")
    if path[:1] == ("autoscalerOptions",) and path[1:2] in {("idleTimeoutSeconds",), ("upscalingMode",)}:
        return does(change, Effect.LIVE, "the autoscaler follows it")
    return None


def _turned(clusters: Clusters) -> str:
    why = "it says how later changes are taken"
    if _strategy(clusters.after) != "Recreate":
        return why
    renewed = f"{why}; Recreate also renews pods that earlier changes did not reach"
    if clusters.recreated or clusters.idle:
        return renewed
    return (
        f"{renewed}; where there are none, the wait is in vain until its timeout: set it together with a change of pods"
    )


def _recreated(change: Difference, path: Steps, clusters: Clusters) -> Edit | None:
    del path
    return does(change, Effect.RECREATES, _RECREATED) if clusters.recreated else None


_JUDGES: Sequence[Callable[[Difference, Steps, Clusters], Edit | None]] = (
    _fixed,
    _group,
    _scaled,
    _served,
    _live,
    _recreated,
)
