"""What a pod asks of a node, as the scheduler adds it up."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from rayform.spec.quantity import millis, units

from .manifest import items, mapping
from .resources import EFA_RESOURCE, Resources

__all__ = ["container_requests", "other_requests", "pod_requests"]

_COUNTED: Final = frozenset({"cpu", "memory", "ephemeral-storage", EFA_RESOURCE})
"""Resources that :class:`Resources` has a field for, whatever the pool; GPUs go by the pool's name for them."""


def pod_requests(pod: Mapping[str, Any], gpu_resource: str) -> Resources:
    """What the spec of a pod, in Kubernetes' own form, asks of a node.

    The larger of all containers together and of each init container with the sidecars before it; requests default to
    limits, amounts of the pod as a whole stand instead of those of its containers, and overhead comes on top.
    """
    return _resources(_of_pod(pod), gpu_resource) + Resources(pods=1)


def other_requests(pod: Mapping[str, Any], gpu_resource: str) -> dict[str, int]:
    """What it asks of resources that :class:`Resources` has no field for, by name: huge pages, parts of GPUs."""
    asked = _of_pod(pod).items()
    return {name: amount for name, amount in asked if amount and name not in _COUNTED and name != gpu_resource}


def container_requests(container: Mapping[str, Any], gpu_resource: str) -> Resources:
    """What one container asks; limits stand where requests are not written."""
    return _resources(_of(container), gpu_resource)


def _resources(amounts: Mapping[str, int], gpu_resource: str) -> Resources:
    return Resources(
        cpu_millis=amounts.get("cpu", 0),
        memory_bytes=amounts.get("memory", 0),
        gpus=amounts.get(gpu_resource, 0),
        efa=amounts.get(EFA_RESOURCE, 0),
        ephemeral_bytes=amounts.get("ephemeral-storage", 0),
    )


def _of_pod(pod: Mapping[str, Any]) -> Counter[str]:
    running, beside, most = Counter[str](), Counter[str](), Counter[str]()
    for container in items(pod, "containers"):
        running += _of(container)
    for container in items(pod, "initContainers"):
        asked = _of(container)
        most |= beside + asked
        if container.get("restartPolicy") == "Always":
            beside += asked
    total = (running + beside) | most
    # Amounts of the pod as a whole (Kubernetes 1.34) are of these alone.
    whole = {name: amount for name, amount in _of(pod).items() if name in ("cpu", "memory") or _is_huge(name)}
    return Counter({**total, **whole}) + _amounts(mapping(pod, "overhead"))


def _of(described: Mapping[str, Any]) -> Counter[str]:
    """The amounts that a container, or a pod as a whole, asks for; limits stand where requests are not written."""
    return _amounts({**mapping(described, "resources", "limits"), **mapping(described, "resources", "requests")})


def _amounts(written: Mapping[str, Any]) -> Counter[str]:
    return Counter({name: millis(amount) if name == "cpu" else units(amount) for name, amount in written.items()})


def _is_huge(name: str) -> bool:
    return name.startswith("hugepages-")
