"""What a pod asks of a node, as the scheduler adds it up."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from rayform.spec.quantity import millis, units

from .resources import EFA_RESOURCE, Resources

__all__ = ["container_requests", "pod_requests"]


def pod_requests(pod: Mapping[str, Any], gpu_resource: str) -> Resources:
    """What the spec of a pod, in Kubernetes' own form, asks of a node.

    The larger of all containers together and of each init container with the sidecars before it; requests default to
    limits, amounts of the pod as a whole stand instead of those of its containers, and overhead comes on top.
    """
    running = _sum(container_requests(container, gpu_resource) for container in pod.get("containers", ()))
    beside, most = Resources(), Resources()
    for container in pod.get("initContainers", ()):
        asked = container_requests(container, gpu_resource)
        most = _larger(most, beside + asked)
        if container.get("restartPolicy") == "Always":
            beside += asked
    total = _larger(running + beside, most)
    overhead = _resources(_mapping(pod, "overhead"), gpu_resource)
    return _overridden(total, pod, gpu_resource) + overhead + Resources(pods=1)


def container_requests(container: Mapping[str, Any], gpu_resource: str) -> Resources:
    """What one container asks; limits stand where requests are not written."""
    return _resources(_named(container), gpu_resource)


def _resources(amounts: Mapping[str, Any], gpu_resource: str) -> Resources:
    return Resources(
        cpu_millis=millis(amounts.get("cpu", 0)),
        memory_bytes=units(amounts.get("memory", 0)),
        gpus=units(amounts.get(gpu_resource, 0)),
        efa=units(amounts.get(EFA_RESOURCE, 0)),
        ephemeral_bytes=units(amounts.get("ephemeral-storage", 0)),
    )


def _overridden(total: Resources, pod: Mapping[str, Any], gpu_resource: str) -> Resources:
    """Amounts of the pod as a whole (Kubernetes 1.34) in place of those of its containers."""
    named = _named(pod)
    own = _resources(named, gpu_resource)
    return Resources(
        cpu_millis=own.cpu_millis if "cpu" in named else total.cpu_millis,
        memory_bytes=own.memory_bytes if "memory" in named else total.memory_bytes,
        gpus=total.gpus,
        efa=total.efa,
        ephemeral_bytes=total.ephemeral_bytes,
    )


def _named(described: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts that a container, or a pod as a whole, asks for; limits stand where requests are not written."""
    resources = _mapping(described, "resources")
    return {**_mapping(resources, "limits"), **_mapping(resources, "requests")}


def _mapping(described: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", described.get(key) or {})


def _larger(one: Resources, other: Resources) -> Resources:
    return Resources(*map(max, one.vector(), other.vector()))


def _sum(amounts: Iterable[Resources]) -> Resources:
    return sum(amounts, Resources())
