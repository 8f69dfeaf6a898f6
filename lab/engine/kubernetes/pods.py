"""Why the pods of a workload do not run, in the words of the scheduler and the kubelet."""

from collections.abc import Iterator, Mapping
from typing import Any

from .api import Api
from .parts import items, part


def troubles(api: Api, workload: Mapping[str, Any]) -> list[str]:
    """One line per trouble of the pods that ``workload`` selects, each said once."""
    labels = part(workload, "spec", "selector", "matchLabels")
    selector = ",".join(f"{key}={value}" for key, value in labels.items())
    pods = api.select("v1", "Pod", workload["metadata"]["namespace"], labelSelector=selector) if labels else []
    return list(dict.fromkeys(trouble for pod in pods for trouble in _troubles(pod)))


def _troubles(pod: Mapping[str, Any]) -> Iterator[str]:
    for condition in items(pod, "status", "conditions"):
        if condition.get("type") == "PodScheduled" and condition.get("status") == "False":
            yield f"pod not scheduled: {condition.get('message')}"
    for kind in ("initContainerStatuses", "containerStatuses"):
        for status in items(pod, "status", kind):
            waiting, ended = part(status, "state", "waiting"), part(status, "state", "terminated")
            if waiting.get("message"):
                yield f"container {status.get('name')}: [{waiting.get('reason')}] {waiting['message']}"
            if ended.get("exitCode"):
                yield f"container {status.get('name')}: exited with code {ended['exitCode']}"
