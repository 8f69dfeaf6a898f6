"""What pods choose of nodes, or put up with: selectors, affinities with every operator, places, tolerations."""

import random
from typing import Any

from rayform.fit.placement import Placement

__all__ = ["chosen", "tolerated"]

_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
_HOST = "kubernetes.io/hostname"


def chosen(draw: random.Random, pool: Placement) -> dict[str, Any]:
    """Fields of a pod that choose among nodes; most pods choose none."""
    found: dict[str, Any] = {}
    if draw.random() < 0.15:
        key = draw.choice(_keys(pool))
        found["node_selector"] = {key: _value(draw, pool, key)}
    if draw.random() < 0.25:
        found["affinity"] = _affinity(draw, pool)
    if draw.random() < 0.15:
        key = draw.choice([_HOST, _HOST, *_keys(pool)])
        matched = {"match_labels": {"ray.io/group": "gpu"}} if draw.random() < 0.5 else {}
        unsatisfied = draw.choice(["DoNotSchedule", "ScheduleAnyway"])
        found["topology_spread_constraints"] = [
            {"topology_key": key, "max_skew": draw.randint(1, 3), "when_unsatisfiable": unsatisfied, **matched}
        ]
    return found


def tolerated(draw: random.Random, pool: Placement) -> list[dict[str, Any]]:
    """Tolerations as somebody writes them by hand: of the pool's taints, some of them, or of others."""
    return [_toleration(draw, taint) for taint in pool.taints if draw.random() < 0.8] + [
        {"key": "other", "operator": "Exists"}
    ]


def _toleration(draw: random.Random, taint: Any) -> dict[str, Any]:
    form = draw.choice(
        [
            {"key": taint.key, "operator": "Exists"},
            {"operator": "Exists"},
            {"key": taint.key, "operator": "Equal", "value": taint.value or ""},
            {"key": taint.key, "value": draw.choice([taint.value or "", "else"])},
        ]
    )
    effect = draw.choice([None, taint.effect, taint.effect, "NoSchedule"])
    return {**form, "effect": effect} if effect else form


def _affinity(draw: random.Random, pool: Placement) -> dict[str, Any]:
    terms = [
        {"matchExpressions": [_requirement(draw, pool) for _ in range(draw.randint(1, 2))]}
        for _ in range(draw.randint(1, 2))
    ]
    nodes = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
    apart = {"topologyKey": _HOST, "labelSelector": _selector(draw)}
    pods = {"requiredDuringSchedulingIgnoredDuringExecution": [apart]}
    return draw.choice([{"nodeAffinity": nodes}, {"nodeAffinity": nodes}, {"podAntiAffinity": pods}])


def _selector(draw: random.Random) -> dict[str, Any]:
    return draw.choice(
        [
            {},
            {"matchLabels": {"ray.io/group": "gpu"}},
            {"matchLabels": {"ray.io/group": "other"}},
            {"matchExpressions": [{"key": "ray.io/node-type", "operator": "In", "values": ["worker", "redis"]}]},
            {"matchExpressions": [{"key": "ray.io/group", "operator": "NotIn", "values": ["other"]}]},
            {"matchExpressions": [{"key": "ray.io/group", "operator": "Exists"}]},
        ]
    )


def _requirement(draw: random.Random, pool: Placement) -> dict[str, Any]:
    key, operator = draw.choice(_keys(pool)), draw.choice(_OPERATORS)
    if operator in ("Gt", "Lt"):
        return {"key": draw.choice([key, _NUMBER]), "operator": operator, "values": [str(draw.choice([0, 3, 4, 5]))]}
    if operator in ("Exists", "DoesNotExist"):
        return {"key": key, "operator": operator}
    return {"key": key, "operator": operator, "values": [_value(draw, pool, key), _value(draw, pool, key)]}


_NUMBER = "example.com/number"
"""A label of every node whose value is a number."""


def _keys(pool: Placement) -> list[str]:
    """Labels that nodes have, and one that none has."""
    return [*pool.labels, *(pool.more_labels or {}), "kubernetes.io/arch", "example.com/none"]


def _value(draw: random.Random, pool: Placement, key: str) -> str:
    there = {**{name: next(iter(values)) for name, values in (pool.more_labels or {}).items() if values}, **pool.labels}
    return there.get(key, "amd64") if draw.random() < 0.7 else "else"
