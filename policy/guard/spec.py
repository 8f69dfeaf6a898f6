"""What a guard of a cluster is told."""

from typing import Literal

from pydantic import Field
from rayform.spec.model import Spec
from rayform.spec.names import Label
from rayform.spec.quantity import Quantity

__all__ = ["ClusterGuardSpec"]


class ClusterGuardSpec(Spec):
    """The law of a cluster: which policy, and which namespaces it guards with which quota."""

    policy: str = "prod"
    """Levels and parameters: ``dev``, ``stage``, ``prod``, or a JSON file as for the policy pack."""
    namespace: Label = "rayform-policy"
    """The namespace that the parameters are kept in; it is made, and Ray's users should not write to it."""
    quotas: dict[Label, dict[str, Quantity]] = Field(default_factory=dict[str, dict[str, Quantity]])
    """By namespace what its ResourceQuota says, such as ``{"ray": {"requests.nvidia.com/gpu": 16}}``; each gets a
    LimitRange too. A quota needs the namespace to exist, labelled ``rayform/guarded: "true"`` to be guarded."""
    elsewhere: Literal["refused", "warned", "allowed"] = "refused"
    """Accelerators in namespaces that are not guarded, where no quota and no rule holds: whatever asks for one, or
    reaches for one past its limits, a plain pod included, is refused, warned or left alone. What drives the devices of
    nodes does so in the namespaces that the rule ``gpu-not-counted`` names."""
    labelled: Literal["refused", "warned", "allowed"] = "refused"
    """Where there are quotas, other namespaces than theirs that are to be guarded: labelled so, one would have as many
    accelerators as its clusters and pods ask for. What is labelled already stays so."""
