"""Whether one pod fits an empty node of its pool, and the smallest change with which it would."""

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, NamedTuple

from rayform.spec.refusal import Refusal

from .group import Group
from .placement import Placement
from .resources import GIB, MIB, Resources

__all__ = ["MEASURES", "Measure", "pod_refusals"]


def _decimal(amount: int, unit: int, rounding: str) -> str:
    return format((Decimal(amount) / unit).quantize(Decimal("0.01"), rounding).normalize(), "f")


def _cpus(amount: int, rounding: str) -> str:
    return _decimal(amount, 1000, rounding)


def _bytes(amount: int, rounding: str) -> str:
    return f"{_decimal(amount, GIB, rounding)}Gi" if amount >= GIB else f"{_decimal(amount, MIB, rounding)}Mi"


def _whole(amount: int, _: str) -> str:
    return str(amount)


class Measure(NamedTuple):
    """How amounts of one resource are said."""

    field: str
    """The field of a pod that asks for it."""
    one: str
    """What follows an amount of one; empty where the amount says it itself."""
    many: str
    """What follows any other amount."""
    said: Callable[[int, str], str]
    """The amount as text, rounded as told."""

    def asked(self, amount: int) -> str:
        """An amount that is asked, rounded up."""
        text = self.said(amount, ROUND_CEILING)
        return f"{text}{self.one if text == '1' else self.many}"

    def given(self, amount: int) -> str:
        """An amount that is there, rounded down, so that what a remedy says does fit."""
        return self.said(amount, ROUND_FLOOR)


MEASURES: Final = {
    "gpus": Measure("gpus", " GPU", " GPUs", _whole),
    "cpu_millis": Measure("cpu", " CPU", " CPUs", _cpus),
    "memory_bytes": Measure("memory", "", "", _bytes),
    "efa": Measure("accelerators[vpc.amazonaws.com/efa]", " EFA interface", " EFA interfaces", _whole),
    "ephemeral_bytes": Measure("ephemeral_storage", "", "", _bytes),
}
"""How amounts are said, by field of :class:`Resources`."""


def pod_refusals(group: Group, pool: Placement, others: Iterable[Placement] = ()) -> Iterator[Refusal]:
    """Why no node of the pool takes such a pod, resource by resource; ``others`` are pools it might choose instead."""
    pods, beside, node = group.pod.named(), group.beside.named(), pool.allocatable.named()
    larger = _larger(group.pod, others)
    for resource, measure in MEASURES.items():
        there, more = node[resource], beside[resource]
        if pods[resource] > there:
            asked = f"{measure.asked(pods[resource] - more)} asked"
            asked += f" and {measure.asked(more)} beside it" if more else ""
            possible = f"a {pool.node_type} gives {measure.given(there)}"
            lower = "lower it" + (f" to {measure.given(there - more)}" if more else "")
            remedy = f"{lower} or {larger}" if there > more else larger
            if resource == "efa" and not there:
                possible, remedy = f"nodes of pool {pool.name} have none", "set efa=True on it, or take it out"
            yield Refusal(f"{group.path}.{measure.field}", asked, possible, remedy)
    if pool.shared_in_turns and group.pod.gpus > 1:
        possible = f"pods of pool {pool.name} share GPUs in turns, one each"
        remedy = "ask for 1 or choose a pool whose GPUs are whole"
        yield Refusal(f"{group.path}.gpus", MEASURES["gpus"].asked(group.pod.gpus) + " asked", possible, remedy)


def _larger(pod: Resources, others: Iterable[Placement]) -> str:
    """The pool at hand that takes the pod with the least to spare, or any that would; GPUs go to who asks for them."""
    fitting = [other for other in others if other.allocatable.covers(pod) and (pod.gpus or not other.allocatable.gpus)]
    if not fitting:
        return "choose a larger pool"
    nearest = min(fitting, key=lambda other: (other.allocatable.gpus, other.allocatable.cpu_millis, other.name))
    return f"choose pool {nearest.name}"
