"""Inputs before anything is done with them."""

from typing import Any

import pytest
from rayform.lab.engine.kubernetes.checking import KindError, Naming, checked, compared
from rayform.lab.engine.kubernetes.identity import NamingError, Type
from rayform.lab.engine.provider.difference import Comparison
from rayform.lab.wire import UNKNOWN, Secret

AUTONAMED = {"pulumi.com/autonamed": "true"}


def check(token: str, *, namespaced: bool = True, old: dict[str, Any] | None = None, **inputs: Any) -> Any:
    naming = Naming("made-up", forbidden=False, namespace="here")
    return checked(Type.of(f"kubernetes:{token}"), inputs, old or {}, naming, lambda _: namespaced)


def compare(
    before: dict[str, Any], after: dict[str, Any], live: dict[str, Any] | None = None, **more: Any
) -> Comparison:
    head = {"apiVersion": "v1", "kind": "ConfigMap", **more.pop("head", {})}
    state = {**head, **(live or before), "__inputs": {**head, **before}}
    ignored, mutable = more.pop("ignored", []), more.pop("mutable", frozenset())
    type_ = Type.of(f"kubernetes:core/v1:{head['kind']}")
    return compared(type_, state, {**head, **after}, ignored, mutable, lambda _: True)


def paths(found: Comparison) -> dict[str, str]:
    return {each.path: each.change for each in found.differences}


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "namespace": "default", **more}}


def test_inputs_get_kind_name_and_namespace() -> None:
    assert check("core/v1:ConfigMap", data={"a": "1"}) == {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "made-up", "namespace": "here", "annotations": AUTONAMED},
        "data": {"a": "1"},
    }


def test_what_lives_in_no_namespace_gets_none() -> None:
    assert "namespace" not in check("core/v1:Namespace", namespaced=False)["metadata"]


def test_what_is_not_known_stays_unknown() -> None:
    assert check("core/v1:ConfigMap", metadata=UNKNOWN)["metadata"] is UNKNOWN
    metadata = check("core/v1:ConfigMap", metadata={"name": UNKNOWN, "namespace": UNKNOWN})["metadata"]
    assert metadata == {"name": UNKNOWN, "namespace": UNKNOWN}


def test_a_secret_is_sealed_whoever_wrote_it() -> None:
    assert check("core/v1:Secret", stringData={"a": "x"})["data"] == Secret({"a": "eA=="})
    assert check("ray.io/v1:RayCluster", spec={"token": Secret("x"), "size": 1})["spec"] == {
        "token": Secret("x"),
        "size": 1,
    }


def test_a_list_is_refused_with_the_way_out() -> None:
    with pytest.raises(KindError) as refused:
        check("core/v1:PodList")

    told = "PodList: lists exist for YAML files and charts only; declare the objects of the list"
    assert str(refused.value) == told


def test_a_patch_without_a_name_is_refused() -> None:
    with pytest.raises(NamingError) as refused:
        check("core/v1:ConfigMapPatch", kind="ConfigMap")

    assert str(refused.value) == "metadata.name: missing; a patch needs the name of the object it changes"


def test_nothing_changes_where_the_server_only_added() -> None:
    live = {**named("a", uid="1"), "data": {"a": "1", "theirs": "x"}, "status": {}}

    assert compare({**named("a"), "data": {"a": "1"}}, {**named("a"), "data": {"a": "1"}}, live).differences == []


def test_what_drifted_is_a_difference_and_what_is_ignored_is_none() -> None:
    live = {**named("a", labels={"l": "2"}), "data": {"a": "9"}}
    before = {**named("a", labels={"l": "1"}), "data": {"a": "1"}}

    assert paths(compare(before, before, live)) == {"metadata.labels.l": "update", "data.a": "update"}
    assert paths(compare(before, before, live, ignored=["data"])) == {"metadata.labels.l": "update"}


def test_a_missing_namespace_is_the_default_one() -> None:
    assert compare({"metadata": {"name": "a"}}, named("a"), named("a")).differences == []
    assert compare(named("a"), {"metadata": {"name": "a"}}, named("a")).differences == []


def test_another_name_is_another_object_made_first() -> None:
    found = compare(named("a"), named("b"))

    assert [each.path for each in found.replaces] == ["metadata.name"]
    assert not found.delete_first


def test_the_old_one_goes_first_only_where_the_same_given_name_returns() -> None:
    before, after = {"data": {"a": "1"}}, {"data": {"a": "2"}}
    made = {"annotations": AUTONAMED}

    assert compare({**named("a"), **before}, {**named("a"), **after}).delete_first
    assert not compare({**named("a", **made), **before}, {**named("a", **made), **after}).delete_first


def test_mutable_data_is_updated_in_place() -> None:
    found = compare(
        {**named("a"), "data": {"a": "1"}}, {**named("a"), "data": {"a": "2"}}, mutable=frozenset({"ConfigMap"})
    )

    assert paths(found) == {"data.a": "update"}
    assert found.replaces == []


def test_a_name_that_was_made_may_be_written_down() -> None:
    found = compare(named("a-123", annotations=AUTONAMED), named("a-123"))

    assert paths(found) == {"metadata.annotations": "delete"}
    assert found.replaces == []


def test_losing_all_metadata_is_another_object() -> None:
    found = compare(named("a"), {})

    assert "metadata" in [each.path for each in found.replaces] or found.replaces
    assert not found.delete_first


def test_an_unknown_value_is_a_change_and_its_object_a_replacement_where_it_names_it() -> None:
    found = compare({**named("a"), "data": {"a": "1"}}, {**named("a"), "data": {"a": UNKNOWN}})

    assert paths(found) == {"data.a": "update"}
    assert [each.path for each in compare(named("a"), named(UNKNOWN)).replaces] == ["metadata.name"]  # type: ignore[arg-type]  # not known yet
