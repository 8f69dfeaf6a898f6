from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ray_edit_objects import cluster, group, only, other, pod
from rayform.components.ray.edits import Effect, edits

WORDS = ["suspend", "upgradeStrategy", "type", "rayClusterConfig", "groupName", "template", "spec", "replicas"]
FIELDS = st.sampled_from([*sorted(cluster()["spec"]), *WORDS])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["Recreate", "None", "gpu", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner),
    max_leaves=12,
)
KIND = st.sampled_from(["RayCluster", "RayJob", "RayService", "RayCronJob", "Pod"])


def test_nothing_changed_does_nothing() -> None:
    assert edits(cluster(), cluster()) == ()


def test_a_status_is_no_edit() -> None:
    assert edits(cluster(), {**cluster(), "status": {"state": "ready"}}) == ()


def test_null_is_what_is_not_there() -> None:
    assert edits(cluster(), cluster(suspend=None)) == ()


def test_what_only_pulumi_reads_is_no_edit() -> None:
    awaited = {"name": "train", "annotations": {"pulumi.com/waitFor": "condition=HeadPodReady"}}
    empty = {"name": "train", "annotations": {"pulumi.com/waitFor": ""}}
    assert edits({**cluster(), "metadata": empty}, {**cluster(), "metadata": awaited}) == ()


@given(KIND, JSON, JSON)
def test_no_manifest_is_too_strange_to_tell(kind: str, before: Any, after: Any) -> None:
    old, new = ({"kind": kind, "metadata": {"name": "x"}, "spec": spec} for spec in (before, after))
    assert all(edit.why for edit in edits(old, new))


def test_a_changed_label_is_live() -> None:
    edit = only(cluster(), {**cluster(), "metadata": {"name": "train", "labels": {"team": "a"}}})
    assert str(edit) == "metadata.labels: applied live; labels and annotations of the object itself"


@pytest.mark.parametrize(
    ("kind", "field", "effect"),
    [
        ("RayJob", "entrypoint", Effect.IGNORED),
        ("RayJob", "rayClusterSpec", Effect.IGNORED),
        ("RayJob", "suspend", Effect.LIVE),
        ("RayJob", "backoffLimit", Effect.LIVE),
        ("RayJob", "ttlSecondsAfterFinished", Effect.LIVE),
        ("RayCronJob", "schedule", Effect.LIVE),
        ("RayCronJob", "jobTemplate", Effect.NEW_PODS),
        ("Pod", "nodeName", Effect.REFUSED),
    ],
)
def test_each_field_of_a_job_has_its_effect(kind: str, field: str, effect: Effect) -> None:
    assert only(other(kind, **{field: "a"}), other(kind, **{field: "b"})).effect is effect


def test_a_job_that_started_takes_no_other_cluster() -> None:
    old, new = (other("RayJob", rayClusterSpec=cluster(suspend=each)["spec"]) for each in (True, False))
    assert str(only(old, new)) == (
        "spec.rayClusterSpec.suspend: ignored until re-created; a job is what it was when it started; delete it and "
        "create it anew to run it again, as a Pulumi program does"
    )


def test_another_name_is_another_object() -> None:
    edit = only(cluster(), {**cluster(), "metadata": {"name": "other"}})
    assert str(edit) == "metadata.name: refused; that is another object; create the new one and delete the old one"


def test_the_worst_edit_stands_last() -> None:
    new = cluster(managedBy="ray.io/kuberay-operator", workerGroupSpecs=[group(replicas=3)])
    assert [edit.effect for edit in edits(cluster(), new)] == [Effect.LIVE, Effect.REFUSED]


def test_a_field_is_also_told_in_the_words_of_specs() -> None:
    old = cluster(workerGroupSpecs=[group(), group("cpu"), group("old", replicas=0, minReplicas=0)])
    new = cluster(workerGroupSpecs=[group("cpu"), group(template=pod("ray:2", "8"))])
    assert {edit.field for edit in edits(old, new)} == {
        "workers",
        "workers[old]",
        "workers[gpu].image",
        "workers[gpu].gpus",
    }
