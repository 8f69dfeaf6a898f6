"""Kubernetes' own workloads: where the template of their pods stands, and how many of them there may be at once."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.components.ray.rules.view import Path, mapping, number

from .pods import Pod
from .subject import Subject

__all__ = ["WORKLOADS", "is_workload", "says_number", "within", "workload"]

_TEMPLATES: Final[Mapping[str, Path]] = {
    "Pod": (),
    "Deployment": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
WORKLOADS: Final = frozenset(_TEMPLATES)
"""These kinds."""
_GROUPS: Final = ("", "apps", "batch", "core", "extensions")
"""The groups of these kinds: kinds of the same name in other groups are something else."""


def within(whole: Any, path: Path) -> Any:
    """What stands at a place, None where nothing does."""
    for step in path:
        whole = mapping(whole).get(str(step))
    return whole


def is_workload(subject: Subject) -> bool:
    """Whether a subject is one of these."""
    return subject.kind in _TEMPLATES and bool(subject.api) and subject.group in _GROUPS


def workload(subject: Subject) -> Pod | None:
    """The pods of a workload; None is something else."""
    if not is_workload(subject):
        return None
    path = _TEMPLATES[subject.kind]
    template = mapping(within(subject.props, path)) if path else subject.props
    return Pod(subject, "other", template, path, _at_once(mapping(within(subject.props, path[:-1])), subject.kind))


def says_number(subject: Subject) -> bool:
    """Whether a workload itself says how many pods it has."""
    spec = mapping(within(subject.props, _TEMPLATES[subject.kind][:-1]))
    return subject.kind in ("Pod", "DaemonSet") or "replicas" in spec or "parallelism" in spec


def _at_once(spec: Mapping[str, Any], kind: str) -> int:
    """How many pods there are at once; those of a DaemonSet, one for each node, are counted as one."""
    if kind in ("Job", "CronJob"):
        together, needed = _count(spec, "parallelism"), spec.get("completions")
        return together if needed is None else max(min(together, number(needed) or 0), 0)
    return 1 if kind in ("Pod", "DaemonSet") else _count(spec, "replicas")


def _count(spec: Mapping[str, Any], name: str) -> int:
    asked = spec.get(name)
    # Less than none would make up for what others ask for.
    return 1 if asked is None else max(number(asked) or 0, 0)
