"""Options of Ray's autoscaler, which runs beside the head."""

from typing import Literal

from rayform.spec.model import Count

from .container import Container
from .volume import Fragment

__all__ = ["AutoscalerOptions"]


class AutoscalerOptions(Container):
    """The autoscaler: how it behaves, and the container it runs in; left out, ``cpu`` is 500m and ``memory`` 512Mi."""

    version: Literal["v1", "v2"] | None = "v2"
    """Which autoscaler runs, written out because the operator prepares pods for v2 only then; None leaves it to Ray."""
    idle_timeout_seconds: Count | None = None
    """How long a worker may be idle before it is ended; None is 60."""
    upscaling_mode: Literal["Default", "Aggressive", "Conservative"] | None = None
    """Conservative limits pending workers to the size of the cluster; None and the others set no limit."""
    other: Fragment | None = None
    """Anything else of these options in Kubernetes' own form, merged like ``pod``; it may not contradict."""
