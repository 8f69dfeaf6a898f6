"""What each changed field of a RayService does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..rules.view import items, mapping
from .cluster import Clusters, bounds, cluster_edit, hashed
from .difference import Difference, Steps
from .effect import Edit, Effect, does
from .scale import devices, told

__all__ = ["Services", "service_edit"]

_NO_OPS = frozenset({"deploymentUnhealthySecondThreshold", "serviceUnhealthySecondThreshold"})
_STEPWISE = "NewClusterWithIncrementalUpgrade"


@dataclass(frozen=True, slots=True)
class Services:
    """The spec of a service before and after an edit."""

    before: Mapping[str, Any]
    """As it is."""
    after: Mapping[str, Any]
    """As it is to be."""
    clusters: Clusters
    """Its cluster, before and after."""

    @classmethod
    def of(cls, old: Mapping[str, Any], new: Mapping[str, Any], paths: Sequence[Steps], kuberay: str) -> "Services":
        """Two specs, and every field that differs."""
        before, after = (mapping(spec.get("rayClusterConfig")) for spec in (old, new))
        inside = [path[1:] for path in paths if path[:1] == ("rayClusterConfig",)]
        return cls(old, new, Clusters(before, after, inside, kuberay))

    @property
    def strategy(self) -> str:
        """How a changed cluster is taken."""
        return str(mapping(self.after.get("upgradeStrategy")).get("type") or "NewCluster")

    @property
    def seen(self) -> bool:
        """Whether the operator sees that the cluster is another one."""
        return any(map(hashed, self.clusters.paths))

    @property
    def in_place(self) -> bool:
        """Whether the operator writes the whole cluster's spec to the one that runs, instead of starting another."""
        if self.clusters.before.get("suspend") != self.clusters.after.get("suspend"):
            return True
        return self.seen and all(map(self._appended, filter(hashed, self.clusters.paths)))

    def _appended(self, path: Steps) -> bool:
        old, new = (items(spec.get("workerGroupSpecs")) for spec in (self.clusters.before, self.clusters.after))
        names = [f"[{group.get('groupName')}]" for group in new]
        return path[:1] == ("workerGroupSpecs",) and len(path) == 2 and path[1] in names[len(old) :]


def service_edit(change: Difference, path: Steps, services: Services) -> Edit:
    """What a change at ``path`` of a service's spec does to what serves."""
    field = path[0] if path else ""
    if field == "rayClusterConfig":
        return _cluster_edit(change, path[1:], services)
    if field == "serveConfigV2":
        return does(change, Effect.LIVE, "Serve takes it within the running cluster; the conditions do not show it")
    if field == "serveService":
        return does(change, Effect.IGNORED, "the Service follows it only when the service gets another cluster")
    if field in _NO_OPS:
        return does(change, Effect.IGNORED, "KubeRay no longer reads it; remove it")
    return does(change, Effect.LIVE, "read at every reconciliation of the service")


def _cluster_edit(change: Difference, path: Steps, services: Services) -> Edit:
    if services.in_place:
        return cluster_edit(change, path, services.clusters)
    if not services.seen:
        return _unseen(change, path, services)
    if services.strategy == "None":
        return does(change, Effect.IGNORED, "upgrade_strategy None takes no change; set NewCluster to have it")
    how = "grows" if services.strategy == _STEPWISE else "runs"
    why = f"a second cluster {how} beside the first until it serves alone; {_cost(services)}"
    return does(change, Effect.SECOND_CLUSTER, why)


def _unseen(change: Difference, path: Steps, services: Services) -> Edit:
    """What alone makes no second cluster never reaches the one that runs."""
    never = "a service never passes it on to its running cluster (#2331, #4568)"
    if not bounds(path):
        return does(change, Effect.IGNORED, f"{never}; the next cluster has it")
    return does(
        change,
        Effect.REFUSED,
        f"{never}; change it together with something that makes a second one, such as an annotation of the head's "
        f"pods ({_cost(services)})",
    )


def _cost(services: Services) -> str:
    """What the second cluster takes while there are two, in numbers."""
    old, new = services.clusters.before, services.clusters.after
    both = devices(old) + devices(new)
    if not both:
        return "no GPUs, but CPUs and memory twice meanwhile"
    scaled = new.get("enableInTreeAutoscaling") is True
    more = ", before the autoscaler adds any" if scaled else ""
    if services.strategy != _STEPWISE:
        return f"{told(devices(new))} more, {told(both)} in all meanwhile{more}"
    surge = mapping(mapping(services.after.get("upgradeStrategy")).get("clusterUpgradeOptions")).get("maxSurgePercent")
    at_most = f"at most {surge}% of its capacity at a time" if surge is not None else "all of it at once"
    return f"{told(devices(new, least=True))} more at first, {told(both)} in all at the most, {at_most}{more}"
