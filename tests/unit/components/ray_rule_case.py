"""A rule, an object that breaks it with the words for it, and an object that only just keeps it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ray_builders import changed, cluster_manifest, job_manifest, schedule_manifest, service_manifest
from rayform.components.ray.manifest import Manifest
from rayform.components.ray.rules import Operator, findings

__all__ = ["OPEN_1_7", "Case", "Edge", "H", "N", "W", "env", "rule"]

N = "spec rayClusterSpec"
"""Path of the cluster in a job."""
H = "spec headGroupSpec template spec containers 0"
"""Path of the head's container."""
W = "spec workerGroupSpecs 0"
"""Path of the group."""
OPEN_1_7 = {
    "RayClusterNetworkPolicy": True,
    "GCSFaultToleranceEmbeddedStorage": True,
    "RayClusterMTLS": True,
    "RayClusterHistoryServer": True,
}
"""Every gate that the fields of 1.7 need."""


def env(**variables: str) -> list[dict[str, str]]:
    """Environment variables with plain values."""
    return [{"name": name, "value": value} for name, value in variables.items()]


def rule(policy: str, state: str, seconds: int = 0) -> dict[str, Any]:
    """A deletion rule."""
    return {"policy": policy, "condition": {"jobStatus": state, "ttlSeconds": seconds}}


_VALID: Mapping[str, Callable[[], Manifest]] = {
    "cluster": cluster_manifest,
    "job": job_manifest,
    "service": service_manifest,
    "schedule": schedule_manifest,
}


@dataclass(frozen=True)
class Case:
    """One rule, broken and kept."""

    rule: str
    broken: Mapping[str, Any]
    message: str | list[str]
    kept: Mapping[str, Any]
    of: str = "cluster"
    version: str = "1.6.2"
    gates: Mapping[str, bool] = field(default_factory=dict)
    scheduler: str = ""

    @property
    def operator(self) -> Operator:
        """The operator that meets the object."""
        return Operator.assumed(self.version, self.gates, self.scheduler)

    def manifest(self, changes: Mapping[str, Any]) -> Manifest:
        """The valid object with these changes."""
        return changed(_VALID[self.of](), dict(changes))

    def said(self, changes: Mapping[str, Any]) -> list[str]:
        """What the rule says of the valid object with these changes."""
        found = findings(self.manifest(changes), self.operator)
        return [str(each.refusal) for each in found if each.rule.id == self.rule]


@dataclass(frozen=True)
class Edge:
    """More objects on either side of one rule, whose words are known from its case."""

    rule: str
    broken: Sequence[Mapping[str, Any]] = ()
    kept: Sequence[Mapping[str, Any]] = ()
    of: str = "cluster"
    version: str = "1.6.2"
    gates: Mapping[str, bool] = field(default_factory=dict)
    scheduler: str = ""

    @property
    def cases(self) -> Iterator[tuple[Case, bool]]:
        """Each object as a case, and whether it breaks the rule."""
        for objects, breaks in ((self.broken, True), (self.kept, False)):
            for changes in objects:
                yield Case(self.rule, changes, "", {}, self.of, self.version, self.gates, self.scheduler), breaks
