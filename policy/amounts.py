"""Amounts of what containers ask for; what is no quantity is left to the rules of shape."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from rayform.spec.quantity import QuantityError, amount

__all__ = ["ACCELERATOR", "NO_ACCELERATORS", "accelerators", "counted", "is_accelerator", "named", "quantity"]

ACCELERATOR: Final = (
    "^(nvidia[.]com/(v?gpus?($|[^a-z])|mig-|GRID)|amd[.]com/(gpu|[scdq]px)|gpu[.]intel[.]com/|habana[.]ai/"
    "|google[.]com/tpu|cloud-tpus[.]google[.]com/|aws[.]amazon[.]com/neuron|huawei[.]com/Ascend"
    "|deviceclass[.]resource[.]kubernetes[.]io/|[^/]+/([^/]*[^/a-z])?[vp]?[gntx]pus?($|[^a-z]))"
)
"""How the names of accelerators begin: those of the device plugins, of devices that are asked for by their class, and
whatever is called a GPU, NPU, TPU or XPU under any other domain; not what is an amount of one, as gpumem is. It means
the same to Python and to CEL."""
NO_ACCELERATORS: Final = (
    "vpc.amazonaws.com/*",
    "rdma/*",
    "smarter-devices/fuse",
    "devices.kubevirt.io/*",
    "github.com/*",
)
"""Extended resources that are known to be none."""
_FOUND: Final = re.compile(ACCELERATOR)
_WORDS: Final[Mapping[str, str]] = {
    "nvidia.com/mig-": "MIG slice",
    "google.com/tpu": "TPU chip",
    "cloud-tpus.google.com/": "TPU core",
    "aws.amazon.com/neuroncore": "Neuron core",
    "aws.amazon.com/neuron": "Neuron device",
    "habana.ai/": "Gaudi card",
    "huawei.com/Ascend": "NPU",
    "deviceclass.resource.kubernetes.io/": "device",
}
"""What accelerators are called that are no GPUs, by how their names begin; the longer beginnings first."""


def quantity(value: Any) -> Decimal | None:
    """The number that a quantity stands for; None is none, or something that is no quantity."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _read(str(value))


@lru_cache(maxsize=1024)
def _read(written: str) -> Decimal | None:
    try:
        return amount(written)
    except QuantityError:
        return None


@lru_cache(maxsize=1024)
def is_accelerator(name: str) -> bool:
    """Whether an extended resource is a GPU, a slice of one, or another accelerator."""
    return _FOUND.match(name) is not None


def accelerators(*amounts: Mapping[str, Any]) -> dict[str, int]:
    """The accelerators that are asked for, by name: of each the larger of limit and request."""
    most: dict[str, int] = {}
    for each in amounts:
        for name, value in each.items():
            if "/" in name and is_accelerator(name):
                most[name] = max(most.get(name, 0), int(quantity(value) or 0))
    return most


def named(names: Iterable[str]) -> str:
    """What one of the accelerators of these names is called."""
    words = {next((word for start, word in _WORDS.items() if name.startswith(start)), "GPU") for name in names}
    return "accelerator" if len(words) > 1 else next(iter(words), "GPU")


def counted(amounts: Mapping[str, int]) -> str:
    """Accelerators in words: ``1 GPU``, ``8 TPU chips``."""
    number = sum(amounts.values())
    return f"{number} {named(name for name, count in amounts.items() if count)}{'' if number == 1 else 's'}"
