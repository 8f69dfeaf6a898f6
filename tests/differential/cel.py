"""The CEL rules of KubeRay's CRDs, as functions; a new one is a KeyError, so that none goes unnoticed."""

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["CEL"]

_MANAGERS = ("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue")


def _older(strategy: Mapping[str, Any]) -> list[bool]:
    return ["onSuccess" in strategy, "onFailure" in strategy]


CEL: Mapping[str, Callable[[Any], bool]] = {
    "self == oldSelf": lambda _: True,  # about changes only
    "self in ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue']": lambda manager: manager in _MANAGERS,
    "!((has(self.onSuccess) || has(self.onFailure)) && has(self.deletionRules))": lambda strategy: (
        not (any(_older(strategy)) and "deletionRules" in strategy)
    ),
    "((has(self.onSuccess) && has(self.onFailure)) || has(self.deletionRules))": lambda strategy: (
        all(_older(strategy)) or "deletionRules" in strategy
    ),
    "!(has(self.jobStatus) && has(self.jobDeploymentStatus))": lambda condition: (
        not ("jobStatus" in condition and "jobDeploymentStatus" in condition)
    ),
    "has(self.jobStatus) || has(self.jobDeploymentStatus)": lambda condition: (
        "jobStatus" in condition or "jobDeploymentStatus" in condition
    ),
}
"""Each rule by its text."""
