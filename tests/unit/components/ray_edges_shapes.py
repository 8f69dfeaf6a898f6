"""Fields of Ray's own on either side of the rules of shape: every field there is, and every kind of value."""

from typing import Any

from ray_builders import GONE
from ray_rule_case import OPEN_1_7, Edge, N, W

__all__ = ["EDGES"]

LIMIT = 2**31
HEAD = "spec headGroupSpec template spec"


def exits(values: Any) -> dict[str, Any]:
    return {"action": "Restart", "exitCodes": {"operator": "In", "values": values}}


def shape(name: str, broken: list[dict[str, Any]], kept: list[dict[str, Any]], of: str = "cluster") -> Edge:
    return Edge(name, broken, kept, of, "1.7.0", {**OPEN_1_7, "RayCronJob": True})


EDGES = (
    shape(
        "field-type",
        [
            {"spec headGroupSpec labels": []},
            {"spec headGroupSpec labels": {"a": 1}},
            {"spec headGroupSpec template": []},
            {"spec workerGroupSpecs": {}},
            {"spec workerGroupSpecs 1": None},
            {"spec autoscalerOptions": {"args": "a"}},
            {"spec autoscalerOptions": {"args": [1]}},
            {"spec autoscalerOptions": {"args": [None]}},
            {"spec autoscalerOptions": {"env": {}}},
            {"spec suspend": "true"},
            {"spec suspend": 1},
            {f"{W} minReplicas": True},
            {f"{W} minReplicas": 1.0},
            {f"{W} minReplicas": LIMIT},
            {f"{W} minReplicas": -LIMIT - 1},
            {"spec gcsFaultToleranceOptions": {"storage": {"size": True}}},
            {"spec gcsFaultToleranceOptions": {"storage": {"size": 1.5}}},
            {"spec rayVersion": 2.6},
        ],
        [
            {f"{W} minReplicas": LIMIT - 1},
            {f"{W} minReplicas": -LIMIT},
            {f"{W} minReplicas": None},
            {"spec gcsFaultToleranceOptions": {"storage": {"size": 1}}},
            {"spec gcsFaultToleranceOptions": {"storage": {"size": "1Gi"}}},
            {"spec autoscalerOptions": {"args": ["a"], "env": []}},
            {"spec headGroupSpec labels": {}},
        ],
    ),
    shape(
        "field-type",
        [{"spec entrypointNumCpus": value} for value in ("1", True, [])],
        [{"spec entrypointNumCpus": value} for value in (1, 0.5, None)],
        "job",
    ),
    shape(
        "field-type",
        [{f"{HEAD} securityContext": {"supplementalGroups": value}} for value in (1, {}, ["1"], [True], [1.0])]
        + [{f"{HEAD} containers 0 restartPolicyRules": [exits(value)]} for value in (1, {}, ["1"])]
        + [
            {"spec headGroupSpec ingressOptions": {"tls": value}}
            for value in ({}, "a", [{"hosts": "a"}], [{"secretName": 1}])
        ]
        + [{f"{HEAD} overhead": value} for value in ([], "a", {"cpu": True}, {"cpu": []})],
        [
            {f"{HEAD} securityContext": {"supplementalGroups": [2**40]}},
            {f"{HEAD} containers 0 restartPolicyRules": [exits([1])]},
            {"spec headGroupSpec ingressOptions": {"tls": []}},
            {f"{HEAD} overhead": {"cpu": 1, "memory": "1Gi"}},
        ],
    ),
    shape("field-misspelt", [{"spec rayversion": "2"}, {"x": 1}], [{"status": {}}, {"spec rayVersion": None}]),
    shape("field-missing", [{f"{W} groupName": GONE}, {f"{W} groupName": None}], [{f"{W} groupName": ""}]),
    shape("field-value", [{"spec authOptions": {"mode": "Token"}}], [{"spec authOptions": {"mode": None}}]),
    shape("version-deprecated", [{"apiVersion": "ray.io/v1alpha1"}], [{}]),
    shape("version-unknown", [{"apiVersion": "ray.io/v1alpha1"}, {"apiVersion": "ray.io/v2"}], [{}], "schedule"),
    shape("version-unknown", [{"apiVersion": ""}], [{"apiVersion": "ray.io/v1alpha1"}]),
    shape("kind-unknown", [{"kind": "raycluster"}, {"kind": ""}], [{"kind": "RayJob"}]),
    shape("manager-unknown", [{f"{N} managedBy": "me"}], [{f"{N} managedBy": "ray.io/kuberay-operator"}], "job"),
    shape("manager-unknown", [{"spec jobTemplate managedBy": "me"}], [{"spec managedBy": GONE}][:0], "schedule"),
)
"""Edges of rules about shape."""
