"""Where two objects differ, and what such a difference means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rayform.lab.engine.provider.difference import Difference, Step, differences, parsed_path, pruned
from rayform.lab.wire import UNKNOWN

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


def found(old: object, new: object) -> dict[str, str]:
    return {each.path: each.change for each in differences(old, new)}


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        ({"a": 1}, {"a": 1}, {}),
        ({"a": 1}, {"a": 2}, {"a": "update"}),
        ({"a": {"b": 1}}, {"a": {"c": 1}}, {"a.b": "delete", "a.c": "add"}),
        ({"a": [1, 2]}, {"a": [1, 3, 4]}, {"a[1]": "update", "a[2]": "add"}),
        ({"a": [{"b": 1}]}, {"a": {"b": 1}}, {"a": "update"}),
        ({}, {"a": {"b": {"c": 1}}}, {"a": "add"}),
        ({"a": 1}, {"a": True}, {"a": "update"}),
        ({"a": 1}, {"a": 1.0}, {}),
        ({"a": {"x.y/z": 1}}, {"a": {"x.y/z": 2}}, {'a["x.y/z"]': "update"}),
        ({"a": 1}, {"a": UNKNOWN}, {"a": "update"}),
        ({}, {"a": UNKNOWN}, {"a": "add"}),
    ],
)
def test_only_the_smallest_differences_are_told(old: object, new: object, paths: dict[str, str]) -> None:
    assert found(old, new) == paths


@given(JSON)
def test_nothing_differs_from_itself(value: object) -> None:
    assert found(value, value) == {}


@given(JSON, JSON)
def test_what_differs_one_way_differs_the_other_way(one: object, other: object) -> None:
    assert set(found(one, other)) == set(found(other, one))


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("spec.replicas", ("spec", "replicas")),
        ("spec.workerGroupSpecs[0].replicas", ("spec", "workerGroupSpecs", 0, "replicas")),
        ("spec.workerGroupSpecs[*].replicas", ("spec", "workerGroupSpecs", "*", "replicas")),
        ('metadata.annotations["a.b/c"]', ("metadata", "annotations", "a.b/c")),
        (r'data["say \"so\""]', ("data", 'say "so"')),
    ],
)
def test_a_property_path_is_read_as_the_engine_writes_it(path: str, steps: tuple[Step, ...]) -> None:
    assert parsed_path(path) == steps
    if "*" not in path:
        assert Difference(steps, "update").path == path


@pytest.mark.parametrize(
    ("path", "within"),
    [("spec", True), ("spec.groups[*].replicas", True), ("spec.groups[1].replicas", False), ("spec.other", False)],
)
def test_an_ignored_path_covers_what_is_below_it(path: str, *, within: bool) -> None:
    difference = Difference(("spec", "groups", 0, "replicas"), "update")

    assert difference.within(parsed_path(path)) is within


@pytest.mark.parametrize(
    ("difference", "touches"),
    [
        (Difference(("spec", "selector", "matchLabels", "app"), "update", "x"), True),
        (Difference(("spec",), "add", {"selector": {"a": 1}}), True),
        (Difference(("spec",), "add", {"replicas": 1}), False),
        (Difference(("spec", "replicas"), "update", 1), False),
    ],
)
def test_a_field_is_touched_from_below_and_from_around(difference: Difference, *, touches: bool) -> None:
    assert difference.touches(("spec", "selector")) is touches


def test_a_field_of_every_item_is_touched_by_one_of_them() -> None:
    image = ("spec", "containers", "*", "image")

    assert Difference(("spec", "containers", 1, "image"), "update", "x").touches(image)
    assert Difference(("spec", "containers"), "add", [{"name": "a"}, {"image": "x"}]).touches(image)
    assert not Difference(("spec", "containers", 1, "name"), "update", "x").touches(image)


def test_what_nobody_declared_is_pruned() -> None:
    live = {"spec": {"replicas": 2, "paused": False}, "status": {"x": 1}, "items": [{"a": 1, "b": 2}, {"a": 3}]}

    assert pruned(live, {"spec": {"replicas": 1}, "items": [{"a": 0}]}) == {
        "spec": {"replicas": 2},
        "items": [{"a": 1}],
    }


def test_what_is_gone_stays_gone_when_pruned() -> None:
    assert pruned({"a": 1}, {"a": 1, "b": 2}) == {"a": 1}
