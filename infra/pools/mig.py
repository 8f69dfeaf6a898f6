"""Multi-Instance GPU: how many parts of which size a GPU is cut into.

Profiles are those that Bottlerocket approves (bottlerocket-settings-sdk, NVIDIA accelerator settings); how many of each
one GPU gives is after NVIDIA's MIG User Guide, "Supported MIG Profiles".
"""

from dataclasses import dataclass
from typing import Final

from ..instances import Gpu

__all__ = ["Mig", "mig"]


@dataclass(frozen=True, slots=True)
class Mig:
    """How a model of GPU can be cut up."""

    model: str
    """The model's name in Bottlerocket's settings."""
    profiles: dict[str, int]
    """Instances that one GPU gives, by profile."""


def _sevenths(model: str, one: int, two: int, half: int, whole: int) -> Mig:
    """A GPU of seven parts, by memory in GB of one, two, half and all of it."""
    return Mig(
        model,
        {f"1g.{one}gb": 7, f"1g.{two}gb": 4, f"2g.{two}gb": 3, f"3g.{half}gb": 2, f"7g.{whole}gb": 1},
    )


_MODELS: Final = {
    ("A100", 40): _sevenths("a100.40gb", 5, 10, 20, 40),
    ("A100", 80): _sevenths("a100.80gb", 10, 20, 40, 80),
    ("H100", 80): _sevenths("h100.80gb", 10, 20, 40, 80),
    ("H200", 141): _sevenths("h200.141gb", 18, 35, 71, 141),
    ("B200", 179): _sevenths("b200.180gb", 23, 45, 90, 180),
    ("B300", 268): _sevenths("b300.269gb", 34, 67, 135, 269),
    ("RTX PRO Server 6000", 96): Mig("rtxpro6000.96gb", {"1g.24gb": 4, "2g.48gb": 2, "4g.96gb": 1}),
}
"""By the catalogue's model and memory in whole GiB."""


def mig(gpu: Gpu) -> Mig | None:
    """How a GPU can be cut up; None where it cannot."""
    return _MODELS.get((gpu.model, gpu.memory_mib // 1024)) if gpu.fraction == 1 else None
