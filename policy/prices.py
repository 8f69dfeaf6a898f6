"""What pods cost: their share of the nodes they need, at the catalogue's prices on demand.

Where a pod says which types of node it takes, it costs its share of the dearest of them. Where it does not, it costs
its share of the cheapest type that holds it: the least it can cost, so that a ceiling is passed for certain.
"""

from functools import lru_cache
from typing import Final

from pydantic import Field
from rayform.components.ray.rules.view import mapping
from rayform.infra import instances
from rayform.spec.model import Spec

from .nodes import SPOT, accelerators
from .pods import Pod
from .requirements import INSTANCE_TYPE, every_type, required

__all__ = ["Ceiling", "per_hour"]

_RESERVED: Final = {"karpenter.sh/capacity-type": "reserved"}


class Ceiling(Spec):
    """The most that an hour may cost at the largest size."""

    most: float = Field(default=1000, ge=0)
    """US dollars of an hour."""
    spot_discount: float = Field(default=0, ge=0, le=1)
    """The share of the price on demand that spot capacity saves; 0 counts it in full, as it may cost."""
    reserved_discount: float = Field(default=0, ge=0, le=1)
    """The share of the price on demand that reserved capacity saves."""

    def paid(self, price: float, *, spot: bool = False, reserved: bool = False) -> float:
        """What is paid of a price on demand."""
        saved = self.spot_discount if spot else self.reserved_discount if reserved else 0.0
        return price * (1 - saved)


def per_hour(pod: Pod, ceiling: Ceiling) -> float:
    """What an hour of one such pod costs, in US dollars."""
    chosen = mapping(pod.spec.get("nodeSelector"))
    price = _price(_types(pod), pod.gpus, pod.cpus, pod.memory)
    if not chosen:
        return price
    spot, reserved = (any(chosen.get(key) == value for key, value in each.items()) for each in (SPOT, _RESERVED))
    return ceiling.paid(price, spot=spot, reserved=reserved)


def _types(pod: Pod) -> tuple[str, ...]:
    return tuple(name for _, values in required(pod.spec, INSTANCE_TYPE) for name in values)


@lru_cache(maxsize=1024)
def _price(types: tuple[str, ...], gpus: int, cpus: float, memory: float) -> float:
    known = every_type()
    shares = [_share(known[name], gpus, cpus, memory) for name in types if name in known]
    named = [share for share in shares if share is not None]
    if named:
        return max(named)
    every = [_share(kind, gpus, cpus, memory) for kind in known.values()]
    return min((share for share in every if share is not None), default=0.0)


def _share(kind: instances.InstanceType, gpus: int, cpus: float, memory: float) -> float | None:
    """The price of the part of a node that a pod takes; None where it does not fit or has no price."""
    there = accelerators(kind)
    if kind.price_per_hour is None or gpus > there or cpus > kind.vcpus or memory > kind.memory_mib * 2**20:
        return None
    parts = (gpus / there if gpus else 0.0, cpus / kind.vcpus, memory / (kind.memory_mib * 2**20))
    return kind.price_per_hour * max(parts)
