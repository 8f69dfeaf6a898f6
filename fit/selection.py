"""What a pod requires of a node's labels, judged as the scheduler does: node selector and required node affinity.

Operators after the Kubernetes API reference, NodeSelectorRequirement. A node of a pool may have one of several values
of a label, such as the zone: a requirement fails where none of them meets it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from .manifest import items, mapping, texts
from .placement import Placement

__all__ = ["REQUIRED", "Unmet", "possible", "unmet_affinity", "unmet_selector"]

Requirement: TypeAlias = Mapping[str, Any]
"""A key, an operator and values, in Kubernetes' own form."""

REQUIRED: Final = "requiredDuringSchedulingIgnoredDuringExecution"
"""What Kubernetes calls an affinity without which a pod is not scheduled."""

WRITTEN_BY_OTHERS: Final = (
    "kubernetes.io",
    "k8s.io",
    "k8s.aws",
    "amazonaws.com",
    "karpenter.sh",
    "nvidia.com",
    "amd.com",
    "intel.com",
)
"""Domains of labels that Kubernetes, clouds, autoscalers and drivers write: a pool does not tell them all."""

_ARCHITECTURES: Final = {"x86_64": "amd64", "arm64": "arm64"}
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,19}")


class Unmet(NamedTuple):
    """A requirement that no node of a pool meets."""

    key: str
    """The key of the label."""
    required: str
    """What is required of it, in words."""
    there: str
    """What nodes of the pool have, in words; empty is no such label."""


def possible(pool: Placement, key: str) -> Collection[str] | None:
    """The values that a label may have on nodes of the pool; empty is no such label, None is not known."""
    if key in pool.labels:
        return (pool.labels[key],)
    if key == "kubernetes.io/arch" and pool.architecture:
        return (_ARCHITECTURES[pool.architecture],)
    if pool.more_labels is None:
        return None
    domain = key.rpartition("/")[0]
    others = any(domain == one or domain.endswith(f".{one}") for one in WRITTEN_BY_OTHERS)
    return pool.more_labels.get(key, None if others else ())


def unmet_selector(pod: Mapping[str, Any], pool: Placement) -> Iterator[Unmet]:
    """Labels that a pod selects and no node of the pool has."""
    for key, value in mapping(pod, "nodeSelector").items():
        there = possible(pool, key)
        if there is not None and value not in there:
            yield Unmet(key, str(value), _told(there))


def unmet_affinity(pod: Mapping[str, Any], pool: Placement) -> Unmet | None:
    """The first requirement that keeps a pod off every node of the pool; None where one of its terms may be met."""
    terms = items(mapping(pod, "affinity", "nodeAffinity", REQUIRED), "nodeSelectorTerms")
    failed = [_failed(term, pool) for term in terms]
    return failed[0] if failed and all(failed) else None


def _failed(term: Mapping[str, Any], pool: Placement) -> Unmet | None:
    """The first label of which a term requires what no node of the pool has."""
    by_key: dict[str, list[Requirement]] = {}
    for one in items(term, "matchExpressions"):
        by_key.setdefault(str(one.get("key")), []).append(one)
    for key, required in by_key.items():
        there = possible(pool, key)
        if there is not None and not any(all(_met(one, value) for one in required) for value in there or (None,)):
            return Unmet(key, " and ".join(map(_said, required)), _told(there))
    return None


def _met(one: Requirement, value: str | None) -> bool:
    """Whether a label of that value meets a requirement; None is no such label."""
    values = texts(one, "values")
    match one.get("operator"):
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case operator:
            return _compared(str(operator), value, values)


def _compared(operator: str, value: str | None, values: Sequence[str]) -> bool:
    """Gt and Lt: both sides are whole numbers, and a label that is none meets neither."""
    if value is None or len(values) != 1 or not (_INTEGER.fullmatch(value) and _INTEGER.fullmatch(values[0])):
        return False
    return int(value) > int(values[0]) if operator == "Gt" else int(value) < int(values[0])


def _said(one: Requirement) -> str:
    return " ".join((str(one.get("operator")), ", ".join(texts(one, "values")))).strip()


def _told(there: Collection[str]) -> str:
    return " or ".join(sorted(there))
