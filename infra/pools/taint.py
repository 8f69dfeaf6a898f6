"""What keeps pods off nodes."""

from typing import Literal

from rayform.spec.model import Spec

__all__ = ["GPU_TAINT", "Effect", "Taint"]

Effect = Literal["NoSchedule", "PreferNoSchedule", "NoExecute"]
"""What a taint does to pods that do not tolerate it."""


class Taint(Spec):
    """What keeps pods off a node unless they tolerate it."""

    key: str
    """The key of the taint."""
    value: str | None = None
    """The value of the taint; None has none."""
    effect: Effect = "NoSchedule"
    """What the taint does."""


GPU_TAINT = Taint(key="nvidia.com/gpu", value="true")
"""The taint of nodes with GPUs, which keeps pods that need none off them."""
