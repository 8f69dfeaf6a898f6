"""When an object of a built-in kind is ready, and what is missing until then."""

from collections.abc import Callable, Mapping
from typing import Any

from .api import Api
from .conditions import Missing
from .parts import Object, items, part
from .pods import troubles


class FailedError(Exception):
    """An object that will not become ready."""


def built_in_missing(api: Api, manifest: Mapping[str, Any]) -> Missing | None:
    """What a built-in kind is awaited by; None for a kind that is ready as soon as it exists."""
    judge = _KINDS.get((str(manifest["apiVersion"]), str(manifest["kind"])))
    return (lambda live: judge(api, live)) if judge else None


def _deployment(api: Api, live: Mapping[str, Any]) -> str | None:
    if _unseen(live):
        return "the controller to see it"
    conditions = _conditions(live)
    available, progressing = part(conditions, "Available"), part(conditions, "Progressing")
    new_set_up = progressing.get("status") == "True" and progressing.get("reason") == "NewReplicaSetAvailable"
    if available.get("status") == "True" and new_set_up:
        return None
    wanted, there = live["spec"].get("replicas", 1), part(live, "status").get("availableReplicas", 0)
    stuck = [_said(each) for each in (available, progressing) if each.get("status") == "False"]
    return "; ".join([f"{there} of {wanted} replicas to be available", *stuck, *troubles(api, live)])


def _stateful_set(api: Api, live: Mapping[str, Any]) -> str | None:
    if _unseen(live):
        return "the controller to see it"
    status, wanted = part(live, "status"), live["spec"].get("replicas", 1)
    ready = min(status.get("readyReplicas", 0), status.get("updatedReplicas", 0))
    if ready >= wanted:
        return None
    return "; ".join([f"{wanted} replicas to be ready, now {ready}", *troubles(api, live)])


def _daemon_set(api: Api, live: Mapping[str, Any]) -> str | None:
    if _unseen(live):
        return "the controller to see it"
    status = part(live, "status")
    wanted = status.get("desiredNumberScheduled", 0)
    ready = min(status.get("numberReady", 0), status.get("updatedNumberScheduled", 0))
    return None if ready >= wanted else "; ".join([f"{wanted} pods to be ready, now {ready}", *troubles(api, live)])


def _job(api: Api, live: Mapping[str, Any]) -> str | None:
    conditions = _conditions(live)
    failed = part(conditions, "Failed")
    if failed.get("status") == "True":
        raise FailedError("; ".join([_said(failed), *troubles(api, live)]))
    return None if part(conditions, "Complete").get("status") == "True" else "it to complete"


def _pod(_api: Api, live: Mapping[str, Any]) -> str | None:
    phase = part(live, "status").get("phase")
    if phase == "Succeeded" or part(_conditions(live), "Ready").get("status") == "True":
        return None
    return f"it to become ready, now {phase}"


def _service(api: Api, live: Mapping[str, Any]) -> str | None:
    spec = part(live, "spec")
    if spec.get("type") == "LoadBalancer" and not items(live, "status", "loadBalancer", "ingress"):
        return "an address; does the cluster give any to Services of type LoadBalancer?"
    if spec.get("type") == "ExternalName" or spec.get("clusterIP") == "None" or not spec.get("selector"):
        return None
    slices = api.select(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        live["metadata"]["namespace"],
        labelSelector=f"kubernetes.io/service-name={live['metadata']['name']}",
    )
    endpoints = (endpoint for each in slices for endpoint in items(each, "endpoints"))
    if any(part(endpoint, "conditions").get("ready") is not False for endpoint in endpoints):
        return None
    return "a ready pod that its selector matches"


def _claim(api: Api, live: Mapping[str, Any]) -> str | None:
    phase = part(live, "status").get("phase")
    name = part(live, "spec").get("storageClassName")
    storage = (
        api.get({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name}}) if name else {}
    )
    pending_is_fine = (storage or {}).get("volumeBindingMode") == "WaitForFirstConsumer"
    return None if phase == "Bound" or (pending_is_fine and phase == "Pending") else f"it to be bound, now {phase}"


def _unseen(live: Mapping[str, Any]) -> bool:
    return bool(part(live, "status").get("observedGeneration", 0) < part(live, "metadata").get("generation", 0))


def _conditions(live: Mapping[str, Any]) -> Object:
    return {str(each.get("type")): each for each in items(live, "status", "conditions")}


def _said(condition: Mapping[str, Any]) -> str:
    return f"[{condition.get('reason')}] {condition.get('message')}"


_KINDS: Mapping[tuple[str, str], Callable[[Api, Mapping[str, Any]], str | None]] = {
    ("apps/v1", "DaemonSet"): _daemon_set,
    ("apps/v1", "Deployment"): _deployment,
    ("apps/v1", "StatefulSet"): _stateful_set,
    ("batch/v1", "Job"): _job,
    ("v1", "PersistentVolumeClaim"): _claim,
    ("v1", "Pod"): _pod,
    ("v1", "Service"): _service,
}
