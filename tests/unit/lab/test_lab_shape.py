"""Simulated nodes as they are asked for."""

import pytest
from rayform.lab import LabError, NodeShape


def test_nodes_are_numbered() -> None:
    assert NodeShape("g5", count=3).names() == ("g5-0", "g5-1", "g5-2")


def test_a_node_offers_its_gpus_and_other_resources() -> None:
    shape = NodeShape("g5", cpu=48, memory="192Gi", gpus=4, resources={"vpc.amazonaws.com/efa": "1"})

    assert shape.capacity() == {
        "cpu": "48",
        "memory": "192Gi",
        "nvidia.com/gpu": "4",
        "pods": "110",
        "vpc.amazonaws.com/efa": "1",
    }


def test_a_node_without_gpus_does_not_mention_any() -> None:
    assert "nvidia.com/gpu" not in NodeShape("cpu").capacity()


def test_the_users_labels_stand_beside_the_well_known_ones() -> None:
    labels = NodeShape("g5", labels={"pool": "a", "kubernetes.io/arch": "arm64"}).all_labels("g5-0")

    assert labels["pool"] == "a"
    assert labels["kubernetes.io/arch"] == "arm64"
    assert labels["kubernetes.io/hostname"] == "g5-0"


@pytest.mark.parametrize("name", ["", "G5", "g5.large", "a" * 43])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(LabError) as caught:
        NodeShape(name)

    said = f"NodeShape.name: {name!r} asked; give lower case letters, digits and dashes, at most 42"
    assert str(caught.value) == said


@pytest.mark.parametrize("field", ["count", "cpu", "gpus", "pods"])
def test_less_than_nothing_is_refused(field: str) -> None:
    with pytest.raises(LabError) as caught:
        NodeShape("g5", **{field: -1})

    assert str(caught.value) == f"NodeShape g5: {field}: -1 asked, 0 is the least; give 0 or more"
