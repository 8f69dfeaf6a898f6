"""An operator that somebody else installed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rayform.spec.refusal import RefusedError

from ..versions import BatchScheduler, kuberay
from .gates import effective, missed, unknown

__all__ = ["ExistingOperator"]


@dataclass(frozen=True, slots=True)
class ExistingOperator:
    """An operator that somebody else installed. Its version must be known, and so must every gate that was set."""

    version: str
    """Its version, without a leading v."""
    feature_gates: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """The gates that were set on it."""
    batch_scheduler: BatchScheduler | None = None
    """The scheduler of whole clusters that it works with; None is none, or not known."""
    gates: Mapping[str, bool] = field(init=False)
    """Every gate of that version, on or off."""

    def __post_init__(self) -> None:
        release = kuberay(self.version)
        if found := (*unknown(release, self.feature_gates), *missed(self.feature_gates)):
            raise RefusedError("KubeRayOperator.existing", found)
        object.__setattr__(self, "gates", effective(release, self.feature_gates))
