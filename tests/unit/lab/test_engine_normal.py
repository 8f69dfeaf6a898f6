"""One object, one way to write it."""

from typing import Any

import pytest
from rayform.lab.engine.kubernetes.normal import comparable, normalized
from rayform.lab.wire import UNKNOWN


def secret(**content: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Secret", **content}


def deployment(**resources: Any) -> dict[str, Any]:
    return {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"containers": [{"resources": resources}]}}


def test_text_of_a_secret_becomes_data_and_wins() -> None:
    assert normalized(secret(stringData={"a": "x"}, data={"a": "eQ==", "b": "eg=="})) == secret(
        data={"a": "eA==", "b": "eg=="}
    )


def test_data_of_a_secret_is_written_as_the_server_writes_it() -> None:
    assert normalized(secret(data={"a": "eA==\n", "b": "no base64"})) == secret(data={"a": "eA==", "b": "no base64"})


def test_a_secret_that_is_not_known_yet_stays_as_it_is() -> None:
    unknown = secret(stringData={"a": UNKNOWN})

    assert normalized(unknown) == unknown


def test_what_only_the_server_writes_is_dropped() -> None:
    manifest = {"kind": "Pod", "metadata": {"name": "a", "uid": "1", "managedFields": [], "resourceVersion": "2"}}

    assert normalized(manifest) == {"kind": "Pod", "metadata": {"name": "a"}}


def test_the_status_of_a_crd_is_no_input() -> None:
    crd = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"}

    assert normalized({**crd, "status": {}}) == crd


@pytest.mark.parametrize(
    ("one", "other"),
    [("1000m", 1), ("1Gi", "1024Mi"), ("1k", "1000"), ("0.5", "500m"), ("1e3", "1k"), ("1.5Gi", "1536Mi")],
)
def test_equal_quantities_are_equal_however_written(one: object, other: object) -> None:
    assert comparable(deployment(limits={"x": one})) == comparable(deployment(limits={"x": other}))


def test_what_is_no_quantity_is_compared_as_text() -> None:
    assert comparable(deployment(limits={"x": "much"})) != comparable(deployment(limits={"x": "more"}))
    assert comparable(deployment(limits={"x": None})) == deployment(limits={"x": None})


def test_custom_resources_keep_their_quantities_as_written() -> None:
    def cluster(memory: str) -> dict[str, Any]:
        return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "spec": {"limits": {"memory": memory}}}

    assert comparable(cluster("1Gi")) != comparable(cluster("1024Mi"))
