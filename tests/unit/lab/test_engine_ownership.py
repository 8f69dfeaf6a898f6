"""Who owns which field, and what that makes of an update."""

from typing import Any

from rayform.lab.engine.kubernetes.ownership import created_by_us, handed_over, without_ignored

OURS = "pulumi-kubernetes-12345678"


def entry(manager: str, fields: dict[str, Any], operation: str = "Apply", **more: str) -> dict[str, Any]:
    return {"manager": manager, "operation": operation, "fieldsV1": fields, **more}


def live(*entries: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"metadata": {"name": "a", "managedFields": list(entries)}, **content}


def test_an_ignored_field_that_only_others_own_is_left_out() -> None:
    there = live(entry("autoscaler", {"f:spec": {"f:replicas": {}}}, "Update"), spec={"replicas": 5})
    applied = without_ignored({"spec": {"replicas": 1, "x": 1}}, there, ["spec.replicas"], OURS)

    assert applied == {"spec": {"x": 1}}


def test_an_ignored_field_that_is_ours_too_keeps_its_live_value() -> None:
    fields = {"f:spec": {"f:replicas": {}}}
    there = live(entry("autoscaler", fields, "Update"), entry(OURS, fields), spec={"replicas": 5})

    assert without_ignored({"spec": {"replicas": 1}}, there, ["spec.replicas"], OURS) == {"spec": {"replicas": 5}}


def test_an_ignored_field_that_is_not_there_is_sent_as_wanted() -> None:
    assert without_ignored({"spec": {"a": 1}}, live(), ["spec.a", "spec.b.c"], OURS) == {"spec": {"a": 1}}


def test_an_ignored_field_that_is_not_wanted_is_set_as_it_lives() -> None:
    assert without_ignored({}, live(spec={"a": {"b": 1}}), ["spec.a.b"], OURS) == {"spec": {"a": {"b": 1}}}


def test_items_of_lists_are_sent_as_wanted() -> None:
    manifest = {"spec": {"groups": [{"replicas": 1}]}}
    there = live(entry("autoscaler", {"f:spec": {"f:groups": {}}}, "Update"), spec={"groups": [{"replicas": 5}]})

    assert without_ignored(manifest, there, ["spec.groups[0].replicas", "spec.groups[*].replicas"], OURS) == manifest


def test_nothing_that_is_wanted_is_changed_by_ignoring_it() -> None:
    manifest = {"spec": {"a": 1}}
    without_ignored(manifest, live(spec={"a": 2}), ["spec.a"], OURS)

    assert manifest == {"spec": {"a": 1}}


def test_what_was_created_is_handed_over_to_apply() -> None:
    there = live(
        entry(OURS, {"f:data": {"f:a": {}}}, "Update", time="then"),
        entry("kubectl-edit", {"f:data": {"f:b": {}}}, "Update"),
        entry("operator", {"f:status": {}}, "Update", subresource="status"),
        entry("somebody", {"f:data": {"f:c": {}}}),
    )

    assert handed_over(there, OURS) == [
        entry(OURS, {"f:data": {"f:a": {}, "f:b": {}}}, time="then"),
        entry("operator", {"f:status": {}}, "Update", subresource="status"),
        entry("somebody", {"f:data": {"f:c": {}}}),
    ]
    assert created_by_us(there)


def test_what_is_applied_already_needs_no_handing_over() -> None:
    there = live(entry(OURS, {"f:data": {}}), entry("somebody", {"f:x": {}}, "Update"))

    assert handed_over(there, OURS) is None
    assert not created_by_us(there)
