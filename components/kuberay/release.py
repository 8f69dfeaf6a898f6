"""Which operator: its version and its gates, whoever installed it."""

from collections.abc import Mapping

from pydantic import Field
from rayform.spec.model import Flag, Spec

from ..versions import KUBERAY_DEFAULT

__all__ = ["Release"]


class Release(Spec):
    """A version of the operator with its gates; what Ray objects are checked against."""

    version: str = KUBERAY_DEFAULT
    """The version of KubeRay, without a leading v; one that rayform does not know is refused."""
    feature_gates: Mapping[str, Flag] = Field(default_factory=dict)
    """Gates to switch on or off, by name (see ``Gate``); the others have that version's defaults. A name that the
    version does not know is refused: the operator would end at its start."""
