"""The operator that will meet an object, as far as rules depend on it."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol, Self

from ...versions import KUBERAY_DEFAULT, kuberay

__all__ = ["InstalledOperator", "Operator", "switch_on"]


def switch_on(gate: str) -> str:
    """What to do about a gate that is off: where it is switched on, by rayform and by KubeRay's own chart."""
    return f"switch the gate on (KubeRayOperatorSpec: feature_gates={{'{gate}': True}}; Helm chart: featureGates)"


class InstalledOperator(Protocol):
    """An operator that runs, or will: what it is."""

    @property
    def version(self) -> str:
        """Its version, such as ``1.6.2``."""
        ...

    @property
    def gates(self) -> Mapping[str, bool]:
        """Its feature gates, at least those that differ from the version's own."""
        ...

    @property
    def batch_scheduler(self) -> str | None:
        """The scheduler of whole clusters that it was started with; None is none, or not known."""
        ...


class Operator(NamedTuple):
    """A version of the operator and its feature gates."""

    version: str
    """Its version, such as ``1.6.2``."""
    gates: Mapping[str, bool]
    """Its feature gates, each on or off."""
    batch_scheduler: str = ""
    """One of ``versions.BatchScheduler``; empty is none, or not known."""

    @classmethod
    def assumed(
        cls, version: str = KUBERAY_DEFAULT, gates: Mapping[str, bool] | None = None, batch_scheduler: str | None = None
    ) -> Self:
        """The operator of a version with these gates set, and the others as that version has them.

        Raises:
            UnsupportedVersionError: the version is not in the table.
        """
        known = {str(name): gate.default for name, gate in kuberay(version).gates.items()}
        return cls(version, known | dict(gates or {}), batch_scheduler or "")

    @classmethod
    def met(cls, operator: InstalledOperator | None) -> Self:
        """The operator that runs or will, or one of the default version where none is named.

        Raises:
            UnsupportedVersionError: its version is not in the table.
        """
        if operator is None:
            return cls.assumed()
        return cls.assumed(operator.version, operator.gates, operator.batch_scheduler)
