"""The tests' reading of CRDs does what the API server does."""

from typing import Any

import pytest
from crds import KINDS, schema
from own_paths import own_paths
from structural import Structural

TEXT = {"type": "string"}


def of(**properties: Any) -> Structural:
    return Structural({"type": "object", "properties": properties})


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        ({}, {"a": 1}),
        ({"a": None}, {"a": 1}),
        ({"a": 2}, {"a": 2}),
        ({"b": None}, {"a": 1}),
        ({"c": None}, {"a": 1, "c": None}),
        ({"d": [{}, {"e": "x"}]}, {"a": 1, "d": [{"e": "y"}, {"e": "x"}]}),
        ({"f": {"one": {}, "two": None}}, {"a": 1, "f": {"one": {"e": "y"}}}),
        ({"unknown": None}, {"a": 1, "unknown": None}),
    ],
)
def test_defaults_fill_what_is_not_there(given: dict[str, Any], filled: dict[str, Any]) -> None:
    inner = {"type": "object", "properties": {"e": TEXT | {"default": "y"}}}
    node = of(
        a={"type": "integer", "default": 1},
        b=TEXT,
        c=TEXT | {"nullable": True},
        d={"type": "array", "items": inner},
        f={"type": "object", "additionalProperties": inner},
    )
    assert node.defaulted(given) == filled


def test_filling_in_leaves_the_original_alone() -> None:
    given: dict[str, Any] = {}
    of(a={"type": "object", "default": {}, "properties": {"b": TEXT | {"default": "x"}}}).defaulted(given)
    assert given == {}


@pytest.mark.parametrize(
    ("node", "value", "error"),
    [
        (TEXT, 1, ": not of type string"),
        ({"type": "integer"}, True, ": not of type integer"),
        ({"type": "boolean"}, 1, ": not of type boolean"),
        ({"type": "number"}, "1", ": not of type number"),
        (TEXT, None, ": null"),
        (TEXT | {"enum": ["a"]}, "b", ": not of the enumeration"),
        (TEXT | {"minLength": 1}, "", ": of a length that is refused"),
        (TEXT | {"maxLength": 1}, "ab", ": of a length that is refused"),
        (TEXT | {"pattern": "^a$"}, "a\n", ": not of the pattern"),
        (TEXT | {"format": "date-time"}, "today", ": not a date and time"),
        ({"type": "integer", "minimum": 1}, 0, ": below the minimum"),
        ({"type": "integer", "format": "int32"}, 2**31, ": not of 32 bits"),
        ({"type": "integer", "format": "int64"}, 2**63, ": not of 64 bits"),
        ({"x-kubernetes-int-or-string": True}, 1.5, ": neither a whole number nor text"),
        ({"type": "array", "minItems": 1}, [], ": too few items"),
        ({"type": "array", "items": TEXT}, ["a", 1], "[1]: not of type string"),
        ({"type": "array", "items": TEXT, "x-kubernetes-list-type": "set"}, ["a", "a"], "[1]: twice"),
        ({"type": "object", "properties": {"a": TEXT}}, {"b": ""}, ".b: unknown"),
        ({"type": "object", "required": ["a"], "properties": {"a": TEXT}}, {}, ".a: required"),
        ({"type": "object", "additionalProperties": TEXT}, {"b": 1}, ".b: not of type string"),
    ],
)
def test_what_the_api_server_refuses_is_an_error(node: dict[str, Any], value: object, error: str) -> None:
    assert list(Structural(node).errors(value)) == [error]


def test_items_are_told_apart_by_their_keys() -> None:
    item = {"type": "object", "properties": {"name": TEXT, "kind": TEXT}}
    node = Structural(
        {
            "type": "array",
            "items": item,
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["name", "kind"],
        }
    )
    one, other = {"name": "a", "kind": "x"}, {"name": "a", "kind": "y"}
    assert list(node.errors([one, other, dict(one)])) == ["[2]: twice"]


@pytest.mark.parametrize("value", [1, "1", "50%"])
def test_a_whole_number_or_text_is_either(value: object) -> None:
    assert list(Structural({"x-kubernetes-int-or-string": True}).errors(value)) == []


def test_an_open_object_takes_anything() -> None:
    node = Structural({"type": "object", "x-kubernetes-preserve-unknown-fields": True})
    assert list(node.errors({"a": [1, {"b": None}]})) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_pinned_module_has_the_schema_of_each_kind(kind: str) -> None:
    assert {"headGroupSpec", "rayClusterSpec", "rayClusterConfig", "jobTemplate"} & set(
        schema(kind).properties["spec"].properties
    )


def test_rays_own_fields_are_those_of_the_pinned_version() -> None:
    cluster = set(own_paths(schema("RayCluster").properties["spec"]))
    assert {"workerGroupSpecs[].scaleStrategy.workersToDelete", "authOptions.secretName"} <= cluster
    assert len(cluster) == 53


@pytest.mark.parametrize(
    ("condition", "errors"),
    [
        ({"jobStatus": "FAILED"}, 0),
        ({"jobDeploymentStatus": "Failed"}, 0),
        ({}, 1),
        ({"jobStatus": "FAILED", "jobDeploymentStatus": "Failed"}, 1),
    ],
)
def test_the_rules_written_in_cel_are_judged_as_well(condition: dict[str, str], errors: int) -> None:
    strategy = schema("RayJob").properties["spec"].properties["deletionStrategy"]
    rules = [{"policy": "DeleteSelf", "condition": condition}]
    assert len(list(strategy.errors(strategy.defaulted({"deletionRules": rules})))) == errors
