"""How the escape hatch joins the typed fields."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ray_builders import cluster, group, head, job
from rayform.components import AutoscalerOptions, CollectorOptions, HistoryServerOptions, Submitter
from rayform.components.ray.manifest import contradictions, ray_cluster
from rayform.components.ray.manifest.merge import differences, merged

NESTED = st.recursive(
    st.integers(0, 3) | st.text("ab", max_size=2),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("abc"), below, max_size=3),
    max_leaves=8,
)
FRAGMENT = st.dictionaries(st.sampled_from(["a", "b", "env"]), NESTED, max_size=3)


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}),
        (
            {"env": [{"name": "A", "value": "1"}]},
            {"env": [{"name": "B", "value": "2"}]},
            {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]},
        ),
        (
            {"ports": [{"containerPort": 1}]},
            {"ports": [{"containerPort": 1, "name": "x"}]},
            {"ports": [{"containerPort": 1, "name": "x"}]},
        ),
        ({"args": ["a"]}, {"args": ["b"]}, {"args": ["b"]}),
        ({"env": [{"name": "A"}]}, {"env": "odd"}, {"env": "odd"}),
    ],
)
def test_parts_join_by_the_keys_of_kubernetes(ours: Any, theirs: Any, both: Any) -> None:
    assert merged(ours, theirs) == both


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({"a": {"x": [1]}}, {"a": {"x": [2]}}, [("a.x", [1], [2])]),
        ({"env": [{"name": "A", "value": "1"}]}, {"env": [{"name": "A", "value": "2"}]}, [("env[A].value", "1", "2")]),
        ({"env": [{"name": "A"}]}, {"env": [{"name": "B"}]}, []),
    ],
)
def test_a_place_said_twice_and_differently_is_found(ours: Any, theirs: Any, found: Any) -> None:
    assert list(differences(ours, theirs)) == found


@given(FRAGMENT)
def test_a_part_agrees_with_itself(part: Any) -> None:
    assert list(differences(part, part)) == []


@given(FRAGMENT, FRAGMENT)
def test_what_does_not_contradict_is_kept_whole(ours: Any, theirs: Any) -> None:
    if not list(differences(ours, theirs)):
        assert list(differences(merged(ours, theirs), ours)) == []
        assert list(differences(merged(ours, theirs), theirs)) == []


def test_merging_changes_neither_part() -> None:
    ours, theirs = {"a": {"x": 1}, "env": [{"name": "A"}]}, {"a": {"y": 2}, "env": [{"name": "A", "value": "1"}]}
    merged(ours, theirs)

    assert ours == {"a": {"x": 1}, "env": [{"name": "A"}]}
    assert theirs == {"a": {"y": 2}, "env": [{"name": "A", "value": "1"}]}


def test_contradictions_are_found_in_every_pod() -> None:
    runs = {"spec": {"containers": [{"name": "ray-worker", "resources": {"limits": {"cpu": "1"}}}]}}
    root = {"spec": {"securityContext": {"runAsUser": 0}}}
    own = cluster(head=head(pod=root), workers=[group(), group(name="b", pod=runs)])
    spec = job(ray_cluster_spec=own, submitter=Submitter(pod={"spec": {"restartPolicy": "OnFailure"}}))

    assert [tuple(found) for found in contradictions(spec, {})] == [
        ("ray_cluster_spec.head.pod", "spec.securityContext.runAsUser", 1000, 0),
        ("ray_cluster_spec.workers[b].pod", "spec.containers[ray-worker].resources.limits.cpu", "8", "1"),
        ("submitter.pod", "spec.restartPolicy", "Never", "OnFailure"),
    ]


def test_contradictions_are_found_in_containers_that_the_operator_makes() -> None:
    autoscaler = AutoscalerOptions(cpu=1, other={"resources": {"limits": {"cpu": "2"}}, "env": []})
    collector = CollectorOptions(image="a", other={"image": "b"})
    history = HistoryServerOptions(collector_options=collector)
    spec = job(ray_cluster_spec=cluster(autoscaler_options=autoscaler, history_server_options=history))

    assert [tuple(found) for found in contradictions(spec, {})] == [
        ("ray_cluster_spec.autoscaler_options.other", "resources.limits.cpu", "1", "2"),
        ("ray_cluster_spec.history_server_options.collector_options.other", "image", "a", "b"),
    ]


def test_what_has_no_field_joins_the_containers_that_the_operator_makes() -> None:
    more = {"resources": {"requests": {"memory": "1Gi"}}}
    history = HistoryServerOptions(collector_options=CollectorOptions(image="a", cpu=1, other=more))
    spec = cluster(autoscaler_options=AutoscalerOptions(cpu=1, other=more), history_server_options=history)
    sent = ray_cluster("train", spec)["spec"]
    amounts = {"limits": {"cpu": "1"}, "requests": {"cpu": "1", "memory": "1Gi"}}

    assert sent["autoscalerOptions"]["resources"] == amounts
    assert sent["historyServerOptions"]["collectorOptions"] == {"image": "a", "resources": amounts}


def test_the_hatch_may_replace_an_image_that_nobody_named() -> None:
    spec = cluster(workers=[group(pod={"spec": {"containers": [{"name": "ray-worker", "image": "mine:1"}]}})])
    sent = ray_cluster("train", spec)["spec"]["workerGroupSpecs"][0]["template"]["spec"]["containers"][0]

    assert list(contradictions(spec, {})) == []
    assert sent["image"] == "mine:1"
