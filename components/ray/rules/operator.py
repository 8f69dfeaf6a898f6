"""The operator that will meet an object, as far as rules depend on it."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from ...versions import KUBERAY_DEFAULT, kuberay

__all__ = ["Operator"]


class Operator(NamedTuple):
    """A version of the operator and its feature gates."""

    version: str
    """Its version, such as ``1.6.2``."""
    gates: Mapping[str, bool]
    """Its feature gates, each on or off."""

    @classmethod
    def assumed(cls, version: str = KUBERAY_DEFAULT, gates: Mapping[str, bool] | None = None) -> Self:
        """The operator of a version with these gates set, and the others as that version has them.

        Raises:
            UnsupportedVersionError: the version is not in the table.
        """
        known = {str(name): gate.default for name, gate in kuberay(version).gates.items()}
        return cls(version, known | dict(gates or {}))
