"""What the provider does with one resource, on a cluster in memory."""

from dataclasses import replace
from typing import Any

import pytest
from engine_cluster import Cluster, refusal
from rayform.lab.engine.kubernetes import resources
from rayform.lab.engine.kubernetes.api import ApiError
from rayform.lab.engine.kubernetes.awaiting import StillThereError
from rayform.lab.engine.kubernetes.conditions import WaitForError
from rayform.lab.engine.kubernetes.identity import Type
from rayform.lab.engine.kubernetes.resources import Request
from rayform.lab.engine.provider import patience
from rayform.lab.engine.provider.asked import InitError
from rayform.lab.engine.provider.cancel import Cancelled
from rayform.lab.wire import UNKNOWN, Secret

MAP = "/api/v1/namespaces/default/configmaps/a"
RAY = "/apis/ray.io/v1/namespaces/default/rayclusters/a"
SAID: list[str] = []


class Instantly(Cancelled):
    """Waits take no time; after some of them the engine cancels."""

    def __init__(self, cancelled_after: int = 1000) -> None:
        super().__init__()
        self.left = cancelled_after

    def during(self, seconds: float) -> bool:
        del seconds
        self.left -= 1
        return self.left < 0


def request(kind: str = "core/v1:ConfigMap", **more: Any) -> Request:
    inputs = {"metadata": {"name": "a", "namespace": "default", **more.pop("metadata", {})}, **more.pop("content", {})}
    type_ = Type.of(f"kubernetes:{kind}")
    return Request(type_, type_.manifest(inputs), SAID.append, more.pop("cancelled", Instantly()), **more)


def waiting(expression: str, **more: Any) -> Request:
    return request("ray.io/v1:RayCluster", metadata={"annotations": {"pulumi.com/waitFor": expression}}, **more)


@pytest.fixture
def cluster() -> Cluster:
    SAID.clear()
    return Cluster()


def test_creating_posts_and_remembers_inputs_and_manager(cluster: Cluster) -> None:
    made = resources.create(cluster.api, request(content={"data": {"a": "1"}}))

    method, path, query = cluster.asked[0]
    assert (method, path) == ("POST", "/api/v1/namespaces/default/configmaps")
    assert made.id == "default/a"
    assert made.outputs["__fieldManager"] == query["fieldManager"]
    assert made.outputs["__initialApiVersion"] == "v1"
    assert made.outputs["__inputs"]["data"] == made.outputs["data"] == {"a": "1"}


def test_an_object_that_exists_is_an_error_and_at_preview_unknown(cluster: Cluster) -> None:
    cluster.put(MAP, kind="ConfigMap", metadata={})
    asked = request(content={"data": {}})

    with pytest.raises(ApiError, match="already exists"):
        resources.create(cluster.api, asked)
    assert resources.create(cluster.api, replace(asked, preview=True)).outputs == asked.inputs


def test_a_preview_asks_for_a_dry_run_and_makes_nothing(cluster: Cluster) -> None:
    plan = resources.create(cluster.api, request(preview=True, content={"status": {"x": 1}}))

    assert cluster.asked[0][2]["dryRun"] == "All"
    assert cluster.objects == {}
    assert plan.id == ""
    assert plan.outputs["metadata"]["uid"] == "1"
    assert "status" not in plan.outputs


@pytest.mark.parametrize("content", [{"data": {"a": UNKNOWN}}, {"data": {"a": Secret(UNKNOWN)}}])
def test_what_is_not_known_is_not_rehearsed(cluster: Cluster, content: dict[str, Any]) -> None:
    asked = request(preview=True, content=content)

    assert resources.create(cluster.api, asked).outputs == asked.inputs
    assert cluster.asked == []


def test_a_kind_that_comes_with_the_same_update_is_not_rehearsed(cluster: Cluster) -> None:
    asked = request("example.com/v1:Thing", preview=True)

    assert resources.create(cluster.api, asked).outputs == asked.inputs


def test_a_namespace_that_comes_with_the_same_update_is_not_rehearsed(cluster: Cluster) -> None:
    cluster.refuse = lambda each: refusal(404, "NotFound", "no", "namespaces") if each.method == "POST" else None
    asked = request(preview=True)

    assert resources.create(cluster.api, asked).outputs == asked.inputs


def test_what_the_server_refuses_shows_at_preview(cluster: Cluster) -> None:
    cluster.refuse = lambda each: refusal(422, "Invalid", "spec.x: wrong") if each.method == "POST" else None

    with pytest.raises(ApiError) as refused:
        resources.create(cluster.api, request(preview=True))
    assert str(refused.value) == "spec.x: wrong"


def test_a_kind_that_is_not_there_yet_is_tried_again(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as refused:
        resources.create(cluster.api, request("example.com/v1:Thing"))

    assert str(refused.value) == 'no matches for kind "Thing" in version "example.com/v1"'
    assert len(SAID) == 5
    assert SAID[0] == f"Retry #0; creation failed: {refused.value}"


def test_a_wait_that_times_out_leaves_what_was_made_in_memory(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(clock))
    with pytest.raises(InitError) as failed:
        resources.create(cluster.api, waiting("condition=Ready", timeout=45.0))

    assert failed.value.outcome.id == "default/a"
    assert failed.value.outcome.outputs["__inputs"]["kind"] == "RayCluster"
    assert failed.value.reasons == ["timed out after 45 s waiting for condition=Ready"]
    assert "Waiting for condition=Ready" in SAID


def test_a_wait_that_is_cancelled_leaves_what_was_made_in_memory(cluster: Cluster) -> None:
    with pytest.raises(InitError) as failed:
        resources.create(cluster.api, waiting("condition=Ready", cancelled=Instantly(2)))

    assert failed.value.reasons == ["cancelled waiting for condition=Ready"]
    assert RAY in cluster.objects


def test_an_expression_that_cannot_be_read_fails_once_the_object_exists(cluster: Cluster) -> None:
    with pytest.raises(WaitForError, match="wrap the path in braces"):
        resources.create(cluster.api, waiting("jsonpath=.a"))
    with pytest.raises(InitError, match="wrap the path in braces") as kept:
        resources.update(cluster.api, waiting("jsonpath=.a", state={"__fieldManager": "me"}))

    assert RAY in cluster.objects
    assert kept.value.outcome.id == "default/a"


def test_a_path_to_no_value_is_waited_for(cluster: Cluster) -> None:
    with pytest.raises(InitError, match="selects an object or a list"):
        resources.create(cluster.api, waiting("jsonpath={.metadata}=x", cancelled=Instantly(2)))


def test_an_object_that_goes_while_it_is_awaited_is_told(cluster: Cluster) -> None:
    cluster.refuse = lambda each: cluster.objects.clear() if each.method == "GET" else None  # type: ignore[func-returns-value]  # clears in passing
    with pytest.raises(InitError) as failed:
        resources.create(cluster.api, waiting("condition=Ready"))

    assert failed.value.reasons == ["it was deleted while it was awaited"]


def test_a_cluster_that_stumbles_is_waited_for(cluster: Cluster) -> None:
    busy = iter([refusal(500, "InternalError", "etcd is away"), None])
    cluster.refuse = lambda each: next(busy, None) if each.url.path == RAY else None
    resources.create(cluster.api, waiting("jsonpath={.kind}"))

    assert SAID == ["Waiting for etcd is away", ""]


def test_nothing_is_awaited_where_the_object_says_so(cluster: Cluster) -> None:
    annotations = {"pulumi.com/waitFor": "condition=Ready", "pulumi.com/skipAwait": "true"}

    assert resources.create(cluster.api, request(metadata={"annotations": annotations})).id == "default/a"


def updating(**content: Any) -> Request:
    state = {"__inputs": {"kind": "ConfigMap"}, "__fieldManager": "me", "metadata": {"name": "a"}}
    return request(content=content, state=state)


def test_an_update_takes_over_what_was_created_and_applies_without_force(cluster: Cluster) -> None:
    fields = [{"manager": "me", "operation": "Update", "fieldsV1": {"f:data": {}}}]
    metadata = {"name": "a", "namespace": "default", "resourceVersion": "7", "managedFields": fields}
    cluster.put(MAP, apiVersion="v1", kind="ConfigMap", metadata=metadata)
    done = resources.update(cluster.api, updating(data={"a": "2"}))

    assert [method for method, _, _ in cluster.asked] == ["GET", "PATCH", "PATCH"]
    assert cluster.asked[-1][2] == {"fieldManager": "me", "force": "false"}
    assert done.outputs["data"] == {"a": "2"}
    assert cluster.objects[MAP]["metadata"]["managedFields"] == [{**fields[0], "operation": "Apply"}]


def test_a_preview_of_an_update_forces_against_its_own_creation_only(cluster: Cluster) -> None:
    ours = [{"manager": "pulumi-kubernetes-1", "operation": "Update"}]
    cluster.put(MAP, kind="ConfigMap", metadata={"managedFields": ours})
    resources.update(cluster.api, replace(updating(), preview=True))
    cluster.put(MAP, kind="ConfigMap", metadata={"managedFields": [{"manager": "else", "operation": "Update"}]})
    resources.update(cluster.api, replace(updating(), preview=True))

    assert [query["force"] for method, _, query in cluster.asked if method == "PATCH"] == ["true", "false"]


def test_what_a_refused_update_asked_is_remembered_as_still_to_be_done(cluster: Cluster) -> None:
    cluster.put(MAP, apiVersion="v1", kind="ConfigMap", metadata={"name": "a", "namespace": "default"})
    cluster.refuse = lambda each: refusal(409, "Conflict", 'conflict with "x"') if each.method == "PATCH" else None
    with pytest.raises(InitError) as failed:
        resources.update(cluster.api, updating(data={"a": "2"}))

    assert failed.value.reasons == ['conflict with "x"']
    assert failed.value.outcome.outputs["__inputs"]["data"] == {"a": "2"}


def test_an_object_that_went_away_is_not_made_by_an_update(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as refused:
        resources.update(cluster.api, updating())

    assert str(refused.value) == "ConfigMap default/a not found; run 'pulumi refresh'"


def test_reading_tells_what_the_author_declared(cluster: Cluster) -> None:
    cluster.put(MAP, apiVersion="v1", kind="ConfigMap", metadata={"name": "a"}, data={"a": "9", "b": "x"})
    found = resources.read(cluster.api, request(content={"data": {"a": "1"}}), "default/a")

    assert found is not None
    assert found.inputs["data"] == {"a": "9"}
    assert found.outputs["data"] == {"a": "9", "b": "x"}


def test_reading_what_nobody_declared_takes_all_but_what_the_cluster_adds(cluster: Cluster) -> None:
    metadata = {"name": "a", "uid": "1", "managedFields": []}
    cluster.put(MAP, apiVersion="v1", kind="ConfigMap", metadata=metadata, data={"a": "9"}, status={})
    asked = replace(request(), inputs={})
    found = resources.read(cluster.api, asked, "default/a")

    assert found is not None
    assert found.inputs == {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "9"}}


@pytest.mark.parametrize("kind", ["core/v1:ConfigMap", "example.com/v1:Thing"])
def test_what_is_gone_is_gone_kind_and_all(cluster: Cluster, kind: str) -> None:
    asked = request(kind, state={"__inputs": request(kind).inputs})

    assert resources.read(cluster.api, asked, "default/a") is None
    resources.delete(cluster.api, asked, "default/a")


def test_a_workload_that_is_not_ready_is_told_on_reading(cluster: Cluster) -> None:
    path = "/apis/batch/v1/namespaces/default/jobs/a"
    cluster.put(path, apiVersion="batch/v1", kind="Job", metadata={"name": "a"}, spec={})
    with pytest.raises(InitError) as failed:
        resources.read(cluster.api, request("batch/v1:Job"), "default/a")

    assert failed.value.reasons == ["not ready: waiting for it to complete"]


def deleting(**annotations: str) -> Request:
    inputs = request(metadata={"annotations": annotations}).inputs
    return request(state={"__inputs": inputs, "metadata": {"uid": "1"}})


def test_deleting_waits_until_the_object_is_gone_or_another_one(cluster: Cluster) -> None:
    cluster.put(MAP, metadata={"uid": "1"})
    cluster.refuse = lambda each: (
        (200, {"metadata": {"uid": "2"}}) if each.method == "GET" and each.url.path == MAP else None
    )

    resources.delete(cluster.api, deleting(), "default/a")


def test_a_deletion_that_is_held_names_its_finalizers(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10000, 100))
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(clock))
    held = {"metadata": {"uid": "1", "finalizers": ["a/b", "c/d"]}}
    cluster.refuse = lambda each: (200, held) if each.url.path == MAP else None

    with pytest.raises(StillThereError) as failed:
        resources.delete(cluster.api, deleting(), "default/a")
    told = "timed out after 600 s waiting for deletion; finalizers might be preventing deletion (a/b, c/d)"
    assert str(failed.value) == told


def test_a_patch_is_applied_without_a_rehearsal_and_given_back(cluster: Cluster) -> None:
    cluster.put(MAP, apiVersion="v1", kind="ConfigMap", metadata={"name": "a"})
    patch = replace(request("core/v1:ConfigMapPatch"), inputs={"kind": "ConfigMap", **request().inputs})
    assert resources.create(cluster.api, replace(patch, preview=True)).outputs == patch.inputs
    made = resources.create(cluster.api, patch)
    resources.delete(cluster.api, replace(patch, state=made.outputs), "default/a")

    assert [method for method, _, _ in cluster.asked] == ["PATCH", "GET", "PATCH"]
    assert MAP in cluster.objects
