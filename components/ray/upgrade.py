"""How a running cluster takes a change of its pods."""

from typing import Literal

from rayform.spec.model import Spec

__all__ = ["UpgradeStrategy"]


class UpgradeStrategy(Spec):
    """What happens to running pods when their template changes."""

    type: Literal["Recreate", "None"] | None = None
    """Recreate ends all pods and starts anew; "None", like leaving it out, changes only pods that start later."""
