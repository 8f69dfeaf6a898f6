"""What keeps pods off nodes."""

from typing import Literal

from rayform.spec.model import Spec
from rayform.spec.names import LabelKey, LabelValue

__all__ = ["Effect", "Taint"]

Effect = Literal["NoSchedule", "PreferNoSchedule", "NoExecute"]
"""What a taint does to pods that do not tolerate it."""


class Taint(Spec):
    """What keeps pods off a node unless they tolerate it."""

    key: LabelKey
    """The key of the taint."""
    value: LabelValue | None = None
    """The value of the taint; None has none."""
    effect: Effect = "NoSchedule"
    """What the taint does."""
