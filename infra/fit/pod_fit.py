"""Whether one pod fits an empty node of its pool, and the smallest change with which it would."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from rayform.spec.refusal import Refusal

from ..allocatable import allocatable, capacity, reserved
from ..instances import InstanceType, instance_type, names
from ..pools import Placement
from ..resources import GIB, Resources
from .group import Group

__all__ = ["pod_refusals", "roomier"]


def _hundredths(amount: int, unit: int) -> str:
    """The amount in larger units with two decimals; downwards, so that what a remedy says does fit."""
    return f"{amount * 100 // unit / 100:.10g}"


FIELDS: Final[dict[str, tuple[str, Callable[[int], str]]]] = {
    "gpus": ("gpus", lambda amount: f"{amount} GPU{'' if amount == 1 else 's'}"),
    "cpu_millis": ("cpu", lambda amount: f"{_hundredths(amount, 1000)} CPUs"),
    "memory_bytes": ("memory", lambda amount: f"{_hundredths(amount, GIB)} GiB"),
    "efa": ("efa", lambda amount: f"{amount} EFA interfaces"),
    "ephemeral_bytes": ("ephemeral_storage", lambda amount: f"{_hundredths(amount, GIB)} GiB of ephemeral storage"),
}
"""The field that asks for a resource, and how an amount of it is said."""


def pod_refusals(group: Group, pool: Placement) -> Iterator[Refusal]:
    """Why no node of the pool takes such a pod, resource by resource."""
    node = pool.allocatable
    for resource, (field, said) in FIELDS.items():
        asked, there = getattr(group.pod, resource), getattr(node, resource)
        if asked > there:
            possible = f"a {pool.node_type} gives {said(there)}"
            remedy = _remedy(group.pod, pool, there, said)
            yield Refusal(f"{group.path}.{field}", f"{said(asked)} asked", possible, remedy)
    if node.gpus >= group.pod.gpus > pool.max_gpus_per_pod:
        possible = f"pods of pool {pool.name} share GPUs in turns, one each"
        remedy = "ask for 1, or choose a pool whose GPUs are whole"
        yield Refusal(f"{group.path}.gpus", f"{group.pod.gpus} GPUs asked", possible, remedy)


def roomier(pod: Resources, pool: Placement) -> InstanceType | None:
    """The cheapest type with the pool's GPUs and architecture that takes such a pod; None where there is none."""
    fitting = [
        kind
        for kind in _alike(pool.gpu_model, pool.architecture)
        if not kind.bare_metal and (kind.gpu is None or kind.gpu.fraction == 1) and _room(kind, pool).covers(pod)
    ]
    return min(fitting, key=_price, default=None)


def _price(kind: InstanceType) -> tuple[bool, float, str]:
    """Sorts by price, unknown ones last."""
    return (kind.price_per_hour is None, kind.price_per_hour or 0, kind.name)


def _remedy(pod: Resources, pool: Placement, there: int, said: Callable[[int], str]) -> str:
    lower = f"lower it to {said(there)} or less" if there else "leave it out"
    larger = roomier(pod, pool)
    return f"{lower}, or choose a pool of {larger.name}" if larger else f"{lower}, no larger type is known"


@cache
def _alike(gpu_model: str | None, architecture: str) -> tuple[InstanceType, ...]:
    kinds = (instance_type(name) for name in names())
    return tuple(
        kind
        for kind in kinds
        if kind.architecture == architecture and (kind.gpu.model if kind.gpu else None) == gpu_model and not kind.neuron
    )


def _room(kind: InstanceType, pool: Placement) -> Resources:
    """What a node of that type would leave to pods, were the pool of that type."""
    left = allocatable(capacity(kind, root_gib=1), reserved(kind))
    return Resources(
        cpu_millis=left.cpu_millis,
        memory_bytes=left.memory_bytes,
        gpus=kind.gpu.count if kind.gpu else 0,
        efa=kind.efa_interfaces,
        ephemeral_bytes=max(pool.allocatable.ephemeral_bytes, kind.nvme_gb * 10**9 * 9 // 10),
        pods=left.pods,
    )
