"""Amounts of what containers ask for; what is no quantity is left to the rules of shape."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from rayform.spec.quantity import QuantityError, amount

__all__ = ["DOMAINS", "NAMES", "accelerators", "is_accelerator", "quantity"]

DOMAINS: Final = ("nvidia.com", "amd.com", "gpu.intel.com", "habana.ai", "google.com", "aws.amazon.com")
"""Domains of device plugins for accelerators."""
NAMES: Final = ("gpu", "mig-", "gaudi", "tpu", "neuron", "i915", "xe")
"""How the names of accelerators begin, within their domains."""


def quantity(value: Any) -> Decimal | None:
    """The number that a quantity stands for; None is none, or something that is no quantity."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return amount(str(value))
    except QuantityError:
        return None


def is_accelerator(name: str) -> bool:
    """Whether an extended resource is a GPU, a slice of one, or another accelerator, by the device plugin's domain."""
    domain, slash, device = name.partition("/")
    return bool(slash) and domain in DOMAINS and device.startswith(NAMES)


def accelerators(*amounts: Mapping[str, Any]) -> int:
    """How many accelerators of any kind are asked for: of each kind the larger of limit and request."""
    most: dict[str, int] = {}
    for each in amounts:
        for name, value in each.items():
            if "/" in name and is_accelerator(name):
                most[name] = max(most.get(name, 0), int(quantity(value) or 0))
    return sum(most.values())
