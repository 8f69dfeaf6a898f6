"""When an object of a built-in kind is ready, and what is missing until then."""

from collections.abc import Callable, Mapping
from typing import Any

from .parts import items, part

Object = Mapping[str, Any]
Missing = Callable[[Object], str | None]


class FailedError(Exception):
    """An object that will not become ready."""


def missing(live: Object) -> str | None:
    """What an object still lacks; None when it is ready, or of a kind that is ready as soon as it exists."""
    judge = _KINDS.get((str(live["apiVersion"]).partition("/")[0], str(live["kind"])))
    return judge(live) if judge else None


def _deployment(live: Object) -> str | None:
    spec, status = live["spec"], part(live, "status")
    if status.get("observedGeneration", 0) < live["metadata"].get("generation", 0):
        return "the controller to see it"
    conditions = {each["type"]: each for each in items(status, "conditions")}
    progressing = part(conditions, "Progressing")
    if progressing.get("reason") == "ProgressDeadlineExceeded":
        raise FailedError(str(progressing.get("message")))
    wanted = spec.get("replicas", 1)
    updated, available = status.get("updatedReplicas", 0), status.get("availableReplicas", 0)
    if updated < wanted or available < wanted or status.get("replicas", 0) > updated:
        return f"{available} of {wanted} replicas available, {updated} of them new"
    return None


def _stateful_set(live: Object) -> str | None:
    status, wanted = part(live, "status"), live["spec"].get("replicas", 1)
    if status.get("observedGeneration", 0) < live["metadata"].get("generation", 0):
        return "the controller to see it"
    ready, updated = status.get("readyReplicas", 0), status.get("updatedReplicas", 0)
    return None if min(ready, updated) >= wanted else f"{ready} of {wanted} replicas ready"


def _job(live: Object) -> str | None:
    for condition in items(live, "status", "conditions"):
        if condition["type"] == "Failed" and condition["status"] == "True":
            raise FailedError(f"{condition.get('reason')}: {condition.get('message')}")
        if condition["type"] == "Complete" and condition["status"] == "True":
            return None
    return "it to complete"


def _namespace(live: Object) -> str | None:
    return None if part(live, "status").get("phase") == "Active" else "it to become active"


def _pod(live: Object) -> str | None:
    status = part(live, "status")
    if status.get("phase") == "Failed":
        raise FailedError(str(status.get("message") or status.get("reason") or "the pod failed"))
    conditions = {each["type"]: each["status"] for each in items(status, "conditions")}
    done = status.get("phase") == "Succeeded" or conditions.get("Ready") == "True"
    return None if done else f"it to become ready (now {status.get('phase')})"


def _service(live: Object) -> str | None:
    if live["spec"].get("type") != "LoadBalancer":
        return None
    return None if items(live, "status", "loadBalancer", "ingress") else "an address"


_KINDS: Mapping[tuple[str, str], Missing] = {
    ("apps", "Deployment"): _deployment,
    ("apps", "StatefulSet"): _stateful_set,
    ("batch", "Job"): _job,
    ("v1", "Namespace"): _namespace,
    ("v1", "Pod"): _pod,
    ("v1", "Service"): _service,
}
