"""What an example of a rule is, and the words to write one in."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Operator
from rayform.components.versions import KUBERAY

from .valid import VALID

__all__ = ["Example", "Fragment", "cluster", "env", "group", "head", "job", "main_of", "schedule", "service", "spec"]

Fragment = Mapping[str, Any]
"""Part of an object; None stands for something that is not written."""

_NEWEST = tuple(KUBERAY)[-1]


@dataclass(frozen=True)
class Example:
    """An object that breaks a rule and one that keeps it, each as what differs from a valid object of the kind."""

    kind: str
    """The kind of both."""
    fails: Fragment
    """What breaks the rule."""
    passes: Fragment
    """What keeps it."""
    kuberay: str = ""
    """The operator's version, empty where any will do."""
    gates: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """The feature gates that matter here."""
    passes_with: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """The feature gates with which the second one keeps the rule, where that is what it takes."""
    schedulers: tuple[str, str] = ("", "")
    """The batch schedulers of the operators that meet the first one and the second one."""

    @property
    def operator(self) -> Operator:
        """The operator that refuses the first one."""
        return Operator.assumed(self.kuberay or Operator.assumed().version, self.gates, self.schedulers[0])

    @property
    def other_operator(self) -> Operator:
        """The operator that takes the second one."""
        return Operator.assumed(self.operator.version, {**self.gates, **self.passes_with}, self.schedulers[1])

    def whole(self, fragment: Fragment) -> dict[str, Any]:
        """The object that a fragment stands for."""
        merged: dict[str, Any] = _merged(deepcopy(VALID[self.kind]), fragment)
        return merged

    def written(self, fragment: Fragment) -> dict[str, Any]:
        """The fragment as its author would write it."""
        return {"kind": self.kind, **_without_nothing(fragment)}


def _merged(valid: Any, change: Any) -> Any:
    if is_mapping(valid) and is_mapping(change):
        merged = {name: _merged(valid[name], change[name]) if name in change else valid[name] for name in valid}
        added = {name: deepcopy(value) for name, value in change.items() if name not in valid}
        return {name: value for name, value in (merged | added).items() if value is not None}
    if is_sequence(valid) and is_sequence(change) and change:
        common = [_merged(one, other) for one, other in zip(valid, change, strict=False)]
        return common + deepcopy(change[len(valid) :]) + valid[len(change) :]
    return deepcopy(change)


def _without_nothing(fragment: Any) -> Any:
    if is_mapping(fragment):
        return {name: _without_nothing(value) for name, value in fragment.items() if value is not None}
    return [_without_nothing(item) for item in fragment] if is_sequence(fragment) else fragment


_NO_SCHEDULERS = ("", "")


def cluster(
    fails: Fragment,
    passes: Fragment,
    *on: str,
    off: str = "",
    newer: bool = False,
    schedulers: tuple[str, str] = _NO_SCHEDULERS,
) -> Example:
    """An example of a RayCluster: under these gates, and under the newest KubeRay when it is about something new."""
    gates = dict.fromkeys(on, True) | ({off: False} if off else {})
    return Example("RayCluster", fails, passes, _NEWEST if newer else "", gates, schedulers=schedulers)


def job(
    fails: Fragment,
    passes: Fragment,
    *on: str,
    off: str = "",
    newer: bool = False,
    schedulers: tuple[str, str] = _NO_SCHEDULERS,
) -> Example:
    """An example of a RayJob."""
    gates = dict.fromkeys(on, True) | ({off: False} if off else {})
    return Example("RayJob", fails, passes, _NEWEST if newer else "", gates, schedulers=schedulers)


def service(fails: Fragment, passes: Fragment, *on: str, newer: bool = False) -> Example:
    """An example of a RayService."""
    return Example("RayService", fails, passes, _NEWEST if newer else "", dict.fromkeys(on, True))


def schedule(fails: Fragment, passes: Fragment, *, newer: bool = False) -> Example:
    """An example of a RayCronJob, whose gate is on."""
    return Example("RayCronJob", fails, passes, _NEWEST if newer else "", {"RayCronJob": True})


def spec(**fields: Any) -> Fragment:
    """Fields of the spec."""
    return {"spec": fields}


def head(*, cluster: Fragment | None = None, **fields: Any) -> Fragment:
    """Fields of the head, beside others of the cluster."""
    return spec(**(cluster or {}), headGroupSpec=fields)


def group(*, cluster: Fragment | None = None, **fields: Any) -> Fragment:
    """Fields of a worker group, beside others of the cluster."""
    return spec(**(cluster or {}), workerGroupSpecs=[{"groupName": "gpu", **fields}])


def main_of(name: str, *, pod: Fragment | None = None, **fields: Any) -> Fragment:
    """A pod template: fields of its Ray container, beside others of the pod."""
    return {"spec": {**(pod or {}), "containers": [{"name": name, **fields}]}}


def env(**variables: str) -> list[Fragment]:
    """Environment variables with plain values."""
    return [{"name": name, "value": value} for name, value in variables.items()]
