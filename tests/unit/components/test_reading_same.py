"""What means the same is told from what does not."""

from typing import Any

import pytest
from rayform.components.ray.reading import differences, same

SAME: list[tuple[str, Any, Any]] = [
    ("spec", {"a": None}, {}),
    ("spec", {"tolerations": []}, {}),
    ("metadata", {"labels": {}}, {}),
    ("workerGroupSpecs", [{"numOfHosts": 1, "replicas": 0, "maxReplicas": 2147483647}], [{}]),
    ("spec", {"submissionMode": "K8sJobMode", "shutdownAfterJobFinishes": False}, {}),
    ("ports", [{"containerPort": 1, "protocol": "TCP"}], [{"containerPort": 1}]),
    ("tolerations", [{"key": "a", "operator": "Equal"}], [{"key": "a"}]),
    ("env", [{"name": "A", "value": ""}], [{"name": "A"}]),
    ("resources", {"limits": {"cpu": 1}, "requests": {"cpu": "1000m"}}, {"limits": {"cpu": "1"}}),
    ("emptyDir", {"sizeLimit": "1Gi"}, {"sizeLimit": "1024Mi"}),
    ("volumes", [{"name": "a"}, {"name": "b"}], [{"name": "b"}, {"name": "a"}]),
    ("entrypointResources", '{"a": 1}', '{ "a": 1.0 }'),
    ("runtimeEnvYAML", "a: 1\nb: 2\n", "{b: 2, a: 1}"),
]
DIFFERENT: list[tuple[str, Any, Any]] = [
    ("spec", {"tlsOptions": {}}, {}),
    ("volumes", [{"name": "a", "emptyDir": {}}], [{"name": "a"}]),
    ("spec", {"a": True}, {"a": 1}),
    ("spec", {"a": 0}, {}),
    ("spec", {"a": ""}, {}),
    ("labels", {"a": ""}, {}),
    ("limits", {"cpu": "1"}, {"cpu": "2"}),
    ("args", ["1"], ["1000m"]),
    ("resources", {"requests": {"cpu": 1}}, {"requests": {"cpu": 1}, "limits": {"cpu": 1}}),
    ("env", [{"name": "A"}, {"name": "B"}], [{"name": "B"}, {"name": "A"}]),
    ("initContainers", [{"name": "a"}, {"name": "b"}], [{"name": "b"}, {"name": "a"}]),
    ("egressRules", [{}], []),
    ("runtimeEnvYAML", "a: 1", "a: '1'"),
    ("runtimeEnvYAML", "{", "{ "),
]


@pytest.mark.parametrize(("key", "one", "other"), SAME)
def test_what_means_the_same_is_the_same(key: str, one: object, other: object) -> None:
    assert same(one, other, key)
    assert same(other, one, key)


@pytest.mark.parametrize(("key", "one", "other"), DIFFERENT)
def test_what_means_something_else_is_different(key: str, one: object, other: object) -> None:
    assert not same(one, other, key)
    assert not same(other, one, key)


def test_every_difference_is_told_by_its_place() -> None:
    one = {"spec": {"a": 1, "b": [{"c": 1}, 2], "d": None, "e": 1}}
    other = {"spec": {"a": 2, "b": [{"c": 2}, 2], "f": 1}}

    assert list(differences(one, other)) == [
        (("spec", "a"), True),
        (("spec", "b", 0, "c"), True),
        (("spec", "e"), True),
        (("spec", "f"), False),
    ]
