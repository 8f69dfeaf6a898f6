"""For every field of Ray's own an object that has it: the smallest that the API server takes."""

from collections.abc import Iterator, Sequence
from typing import Any

from rayform.components.ray.rules.fields import KINDS, Field, Fields

__all__ = ["fields_of", "paths_in", "with_field"]

POD = {"spec": {"containers": [{"name": "ray", "image": "rayproject/ray:2.60.0"}]}}
CLUSTER = {"headGroupSpec": {"template": POD}}
SMALLEST: dict[str, dict[str, Any]] = {
    "RayCluster": CLUSTER,
    "RayJob": {"entrypoint": "python a.py"},
    "RayService": {"rayClusterConfig": CLUSTER},
    "RayCronJob": {"schedule": "@daily", "jobTemplate": {"entrypoint": "python a.py"}},
}
BESIDE: dict[str, dict[str, Any]] = {
    "clusterUpgradeOptions": {"gatewayClassName": "a", "intervalSeconds": 1, "stepSizePercent": 1},
    "deletionRules": {"policy": "DeleteSelf", "condition": {"jobStatus": "FAILED"}},
    "historyServerOptions": {"collectorOptions": {"image": "a"}},
    "rayClusterSpec": CLUSTER,
    "workerGroups": {"groupName": "a"},
    "workerGroupSpecs": {"groupName": "a", "template": POD},
}
"""What an object of a field must have besides the field in question."""
SOME: dict[str, Any] = {
    "accessModes": ["ReadWriteOnce"],
    "egressRules": [{"to": []}],
    "entrypointResources": '{"a": 2}',
    "env": [{"name": "A", "value": "b"}],
    "envFrom": [{"secretRef": {"name": "a"}}],
    "imagePullPolicy": "Always",
    "ingressRules": [{}],
    "managedBy": "ray.io/kuberay-operator",
    "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "1"}},
    "securityContext": {"runAsUser": 2},
    "serviceType": "NodePort",
    "submissionMode": "HTTPMode",
    "submitterPodTemplate": POD,
    "template": POD,
    "tls": [{"hosts": ["a"]}],
    "type": "None",
    "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}},
    "volumeMounts": [{"name": "a", "mountPath": "/a"}],
}
"""Values of fields that take none of the usual ones, or have another one by default."""
USUAL: dict[str, Any] = {
    "list": [],
    "map": {"a": "b"},
    "mapping": {"metadata": {"labels": {"a": "b"}}},
    "number": 2,
    "quantity": "2Gi",
    "switch": True,
    "text": "a",
    "texts": ["a"],
    "whole": 2,
}


def fields_of(kind: str) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every field of a kind, by its path; lists of objects count as the object."""
    yield from _walk(KINDS[kind], ())


def with_field(kind: str, path: Sequence[str], field: Field) -> dict[str, Any]:
    """An object of this kind that has the field."""
    spec = _joined(SMALLEST[kind], _around(KINDS[kind], path, _value(path[-1], field)))
    return {"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "a"}, "spec": spec}


def paths_in(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path that a value has."""
    for item in part if isinstance(part, list) else [part]:
        if isinstance(item, dict):
            for name, inner in item.items():
                yield (*path, name)
                yield from paths_in(inner, (*path, name))


def _walk(fields: Fields, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for name, field in fields.items():
        yield (*path, name), field
        yield from _walk(field.below, (*path, name))


def _value(name: str, field: Field) -> Any:
    if field.below:
        return {}
    # The first of a few words is sometimes the default, the last is not.
    if field.values:
        return field.values[-1]
    return {"a": "b"} if field.holds == "map" else SOME.get(name, USUAL[field.holds])


def _around(fields: Fields, path: Sequence[str], value: Any) -> dict[str, Any]:
    first, *rest = path
    field = fields[first]
    inner = _around(field.below, rest, value) if rest else value
    if field.below:
        inner = _joined(BESIDE.get(first, {}), inner)
    return {first: [inner] if field.holds == "objects" else inner}


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    both = dict(one)
    for name, value in other.items():
        mine = both.get(name)
        both[name] = _joined(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return both
