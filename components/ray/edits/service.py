"""What each changed field of a RayService does."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rayform.spec.quantity import amount

from .cluster import outside_hash
from .difference import ABSENT
from .effect import Change, Edit, Effect

__all__ = ["gpus", "service_edit"]

_NO_OPS = frozenset({"deploymentUnhealthySecondThreshold", "serviceUnhealthySecondThreshold"})


def service_edit(change: Change) -> Edit:
    """What a change does to a running RayService."""
    field = change.path[1] if len(change.path) > 1 else ""
    if field == "serveConfigV2":
        return change.does(Effect.LIVE, "Serve takes it within the running cluster; the conditions do not show it")
    if field in _NO_OPS:
        return change.does(Effect.IGNORED, "KubeRay no longer reads it; remove it")
    if field == "rayClusterConfig":
        return _cluster_edit(change, change.path[2:])
    return change.does(Effect.LIVE, "read at every reconciliation of the service")


def _cluster_edit(change: Change, path: tuple[str, ...]) -> Edit:
    if path and outside_hash(path):
        return change.does(
            Effect.IGNORED, "a service never passes it on to its running cluster (#2331); change the RayCluster too"
        )
    if path[:1] == ("workerGroupSpecs",) and len(path) == 2 and change.before is ABSENT:
        return change.does(Effect.LIVE, "an appended group is added to the running cluster")
    strategy: Mapping[str, Any] = change.spec.get("upgradeStrategy") or {}
    if strategy.get("type") == "None":
        return change.does(Effect.IGNORED, "upgradeStrategy None takes no change; set NewCluster to have it")
    return change.does(Effect.SECOND_CLUSTER, _doubling(change.spec.get("rayClusterConfig") or {}))


def _doubling(cluster: Mapping[str, Any]) -> str:
    asked = sum(gpus(cluster), Decimal(0))
    meanwhile = f"{asked} more GPUs until then" if asked else "no GPUs, but its CPUs and memory twice until then"
    return f"a second cluster starts beside the first and replaces it when it serves: {meanwhile}"


def gpus(cluster: Mapping[str, Any]) -> Iterator[Decimal]:
    """GPUs of the head and of each group's initial workers, by the limits of their containers."""
    yield _pod_gpus(cluster.get("headGroupSpec") or {})
    for group in cluster.get("workerGroupSpecs") or ():
        workers = int(group.get("replicas") or group.get("minReplicas") or 0) * int(group.get("numOfHosts") or 1)
        yield workers * _pod_gpus(group)


def _pod_gpus(group: Mapping[str, Any]) -> Decimal:
    template: Mapping[str, Any] = group.get("template") or {}
    spec: Mapping[str, Any] = template.get("spec") or {}
    containers: Sequence[Mapping[str, Any]] = spec.get("containers") or ()
    return sum((_container_gpus(container) for container in containers), Decimal(0))


def _container_gpus(container: Mapping[str, Any]) -> Decimal:
    resources: Mapping[str, Any] = container.get("resources") or {}
    limits: Mapping[str, Any] = resources.get("limits") or {}
    return sum((amount(str(value)) for name, value in limits.items() if name.endswith("/gpu")), Decimal(0))
