"""How many workers a group is to have, and what devices a cluster holds with them: read as the operator reads it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rayform.spec.quantity import QuantityError, units

from ..rules.view import items, mapping

__all__ = ["MOST", "devices", "fewest", "highest", "reported", "told", "workers"]

MOST = 2**31 - 1
"""The CRD's default of ``maxReplicas``, and the largest number that the operator tells."""


def workers(group: Mapping[str, Any]) -> int:
    """The pods that the operator starts for a group: its replicas within their bounds."""
    if group.get("suspend") is True:
        return 0
    asked = max(_count(group, "replicas", 0), _count(group, "minReplicas", 0))
    return min(asked, _count(group, "maxReplicas", MOST)) * _count(group, "numOfHosts", 1)


def fewest(group: Mapping[str, Any]) -> int:
    """The pods that a group has at the least."""
    return workers({**group, "replicas": 0})


def highest(group: Mapping[str, Any]) -> int:
    """The pods that a group has at the most."""
    return workers({**group, "replicas": MOST})


def reported(cluster: Mapping[str, Any]) -> dict[str, int]:
    """The workers that a cluster's status tells of; with autoscaling, how many are wanted is no one's edit."""
    groups = items(cluster.get("workerGroupSpecs"))
    numbers = {"minWorkerReplicas": sum(map(fewest, groups)), "maxWorkerReplicas": min(sum(map(highest, groups)), MOST)}
    if not cluster.get("enableInTreeAutoscaling"):
        numbers["desiredWorkerReplicas"] = sum(map(workers, groups))
    return numbers


def devices(cluster: Mapping[str, Any], *, least: bool = False) -> Counter[str]:
    """GPUs and other devices of a cluster's pods as it starts, by resource, after the limits of their containers."""
    count = fewest if least else workers
    held = _pod_devices(mapping(cluster.get("headGroupSpec")))
    for group in items(cluster.get("workerGroupSpecs")):
        pods = count(group)
        held.update({name: pods * each for name, each in _pod_devices(group).items()})
    return +held


def told(held: Mapping[str, int]) -> str:
    """Devices in words: ``8 GPUs``."""
    names = {name: "GPUs" if name.endswith("/gpu") else name for name in held}
    totals: Counter[str] = Counter()
    for name, count in held.items():
        totals[names[name]] += count
    return " and ".join(f"{count} {name}" for name, count in totals.items()) or "no GPUs"


def _pod_devices(group: Mapping[str, Any]) -> Counter[str]:
    held: Counter[str] = Counter()
    spec = mapping(mapping(group.get("template")).get("spec"))
    for container in items(spec.get("containers")):
        held.update(dict(_limits(container)))
    return held


def _limits(container: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    limits = mapping(mapping(container.get("resources")).get("limits"))
    for name, value in limits.items():
        # Devices are called by their vendor: nvidia.com/gpu, google.com/tpu.
        if "/" in name:
            yield name, _units(value)


def _units(value: Any) -> int:
    try:
        return units(value)
    except QuantityError:
        return 0


def _count(group: Mapping[str, Any], field: str, default: int) -> int:
    value = group.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    # The engine writes whole numbers as floats.
    return int(value) if value == value // 1 else default
