"""What an update waits for, who owns what, and what became of a job."""

from typing import Any

import jsonpath_rfc9535
import pytest
from ray_builders import cluster, group, job
from rayform.components.ray.manifest import (
    annotated,
    cluster_awaits,
    cluster_fixed,
    cluster_others,
    job_awaits,
    job_fixed,
    job_others,
    ray_cluster,
    ray_job,
)
from rayform.components.ray.outcome import failure
from rayform.components.ray.timeout import cluster_seconds, job_seconds

ENDED = (
    "jsonpath={$[?@.jobDeploymentStatus == 'Complete' || @.jobDeploymentStatus == 'Failed'"
    " || @.jobDeploymentStatus == 'ValidationFailed'"
)
RUNNING = f"{ENDED} || @.jobDeploymentStatus == 'Running' || @.jobDeploymentStatus == 'Waiting']}}"
QUEUED = {"kueue.x-k8s.io/queue-name": "gpu"}


def sent(**fields: Any) -> dict[str, Any]:
    return ray_cluster("train", cluster(**fields))


def job_sent(**fields: Any) -> dict[str, Any]:
    return ray_job("nightly", job(**fields))


@pytest.mark.parametrize(
    ("outside", "policy"),
    [({"redis_address": "redis:6379"}, "background"), ({"backend": "rocksdb"}, None), (None, None)],
)
def test_a_cluster_whose_redis_is_emptied_at_its_end_does_not_go_from_below(outside: Any, policy: str | None) -> None:
    awaited = cluster_awaits(sent(gcs_fault_tolerance_options=outside))

    assert awaited.get("pulumi.com/deletionPropagationPolicy") == policy


def ends(status: dict[str, Any], *, generation: int = 2, **fields: Any) -> bool:
    """Whether an update that waits for a cluster of this status ends."""
    asked = cluster_awaits(sent(**fields))["pulumi.com/waitFor"]
    query = jsonpath_rfc9535.compile(asked.removeprefix("jsonpath={").removesuffix("}"))
    live = {"metadata": {"generation": generation, "name": "train"}, "spec": {"suspend": False}, "status": status}
    return query.find_one(live) is not None


def up(seen: int = 2, ready: int = 2, wanted: int = 2, head: str = "True", **counts: int) -> dict[str, Any]:
    """What the operator says of a cluster of two workers, but for what is given; it leaves out what is zero."""
    shown = {"desiredWorkerReplicas": wanted, "readyWorkerReplicas": ready, "maxWorkerReplicas": 4, **counts}
    conditions = [{"type": "HeadPodReady", "status": head}, {"type": "RayClusterSuspended", "status": "False"}]
    return {"observedGeneration": seen, "conditions": conditions, **{name: n for name, n in shown.items() if n}}


TWO = [group(replicas=2)]
PAIRS = [group(replicas=1, min_replicas=1, max_replicas=2, num_of_hosts=2), group(name="all", max_replicas=2**31 - 1)]


def test_a_cluster_that_runs_as_it_is_wanted_is_up() -> None:
    assert ends(up(), workers=TWO)
    assert not ends({}, workers=TWO)
    assert not ends(up(head="False"), workers=TWO)
    assert not ends(up(ready=1), workers=TWO)


def test_an_edit_that_the_operator_ignores_is_not_waited_for() -> None:
    assert ends(up(seen=1), workers=TWO)
    assert ends(up(seen=1, minWorkerReplicas=2, maxWorkerReplicas=2**31 - 1), workers=PAIRS)
    assert ends(up(seen=1, ready=0, wanted=0, maxWorkerReplicas=0), workers=[])
    assert ends(up(seen=1, ready=3, wanted=3), workers=TWO, autoscaling=True)


@pytest.mark.parametrize(
    "old", [{"wanted": 1}, {"minWorkerReplicas": 1}, {"maxWorkerReplicas": 3}, {"head": "False"}, {"ready": 0}]
)
def test_an_edit_that_the_operator_has_yet_to_see_is_waited_for(old: dict[str, Any]) -> None:
    assert not ends(up(seen=1, **old), workers=TWO)


def test_pods_that_are_to_be_made_anew_are_waited_for() -> None:
    recreate = {"type": "Recreate"}

    assert not ends(up(seen=1), workers=TWO, upgrade_strategy=recreate)
    assert ends(up(), workers=TWO, upgrade_strategy=recreate)


def test_any_provider_finds_the_end_of_the_path() -> None:
    path = cluster_awaits(sent(workers=TWO))["pulumi.com/waitFor"].removeprefix("jsonpath=")

    assert "=" not in path.replace("==", "")
    assert " &&" not in path
    assert (path.count("{"), path.count("}")) == (1, 1)


def test_a_suspended_cluster_is_waited_for_until_it_is() -> None:
    suspended = [{"type": "RayClusterSuspended", "status": "True"}]

    assert not ends(up(), suspend=True)
    assert ends({"observedGeneration": 1, "conditions": suspended}, suspend=True)


def test_a_cluster_that_runs_elsewhere_is_not_waited_for() -> None:
    assert "pulumi.com/waitFor" not in cluster_awaits(sent(managed_by="kueue.x-k8s.io/multikueue"))


def test_an_autoscaled_cluster_is_written_by_force() -> None:
    assert cluster_awaits(sent(autoscaling=True))["pulumi.com/patchForce"] == "true"
    assert "pulumi.com/patchForce" not in cluster_awaits(sent())


@pytest.mark.parametrize(
    ("fields", "wait", "wanted"),
    [
        ({}, "finished", f"{ENDED}]}}"),
        ({}, "running", RUNNING),
        ({"submission_mode": "InteractiveMode"}, "finished", RUNNING),
        ({"submission_mode": "InteractiveMode", "job_id": "j"}, "finished", f"{ENDED}]}}"),
        ({}, "created", None),
        ({"suspend": True}, "finished", None),
        ({"managed_by": "kueue.x-k8s.io/multikueue"}, "finished", None),
    ],
)
def test_a_job_is_awaited_as_it_asks(fields: dict[str, Any], wait: str, wanted: str | None) -> None:
    assert job_awaits(job_sent(**fields), wait).get("pulumi.com/waitFor") == wanted


def test_a_job_with_a_cluster_of_its_own_is_written_by_force() -> None:
    selected = job_sent(ray_cluster_spec=None, cluster_selector={"ray.io/cluster": "train"})

    assert job_awaits(job_sent(), "created") == {"pulumi.com/patchForce": "true"}
    assert job_awaits(job_sent(), "finished")["pulumi.com/patchForce"] == "true"
    assert "pulumi.com/patchForce" not in job_awaits(selected, "finished")


def test_what_an_author_annotates_stands() -> None:
    manifest = sent(object_annotations={"pulumi.com/waitFor": "condition=Mine", "a": "b"})

    assert annotated(manifest, cluster_awaits(manifest))["metadata"]["annotations"] == {
        "pulumi.com/waitFor": "condition=Mine",
        "a": "b",
    }
    assert "annotations" not in sent()["metadata"]


def test_where_nothing_is_awaited_nothing_is_annotated() -> None:
    assert annotated(sent(), {}) == sent()


def test_what_others_set_is_left_alone() -> None:
    assert cluster_others(sent(autoscaling=True)) == []
    assert cluster_others(sent(autoscaling=True, workers=[group(replicas=1)])) == ["spec.workerGroupSpecs[*].replicas"]
    assert cluster_others(sent(workers=[group(replicas=1)])) == []
    assert cluster_others(sent(object_labels=QUEUED)) == ["spec.suspend"]
    assert job_others(job_sent(object_labels=QUEUED)) == ["spec.suspend"]


def test_what_cannot_change_replaces() -> None:
    assert cluster_fixed(sent()) == ["spec.managedBy"]
    assert cluster_fixed(sent(gcs_fault_tolerance_options={"redis_address": "r"})) == [
        "spec.managedBy",
        "spec.gcsFaultToleranceOptions.backend",
    ]
    assert {"spec.entrypoint", "spec.rayClusterSpec", "spec.jobId"} <= set(job_fixed(job_sent()))
    assert "spec.jobId" not in job_fixed(job_sent(submission_mode="InteractiveMode"))
    assert not {"spec.suspend", "spec.ttlSecondsAfterFinished"} & set(job_fixed(job_sent()))


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, 86400),
        ({"wait": "running"}, 1200),
        ({"active_deadline_seconds": 60}, 60),
        ({"wait": "running", "active_deadline_seconds": 60}, 1200),
        ({"timeout_seconds": 5, "active_deadline_seconds": 60}, 5),
    ],
)
def test_a_job_is_awaited_as_long_as_fits(fields: dict[str, Any], seconds: int) -> None:
    assert job_seconds(job(**fields)) == seconds


def test_a_cluster_is_awaited_for_twenty_minutes_or_as_it_says() -> None:
    assert cluster_seconds(cluster()) == 1200
    assert cluster_seconds(cluster(timeout_seconds=60)) == 60


@pytest.mark.parametrize(
    "status",
    [
        {},
        {"jobDeploymentStatus": "Initializing"},
        {"jobDeploymentStatus": "Running", "jobStatus": "RUNNING"},
        {"jobDeploymentStatus": "Complete", "jobStatus": "SUCCEEDED"},
    ],
)
def test_a_job_that_may_still_succeed_has_not_failed(status: dict[str, Any]) -> None:
    assert failure(status) is None


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (
            {
                "jobDeploymentStatus": "Failed",
                "jobStatus": "FAILED",
                "reason": "AppFailed",
                "message": "exit code 1\n",
                "jobId": "j-1",
            },
            "job j-1 did not succeed (AppFailed): exit code 1",
        ),
        (
            {"jobDeploymentStatus": "ValidationFailed", "reason": "ValidationFailed", "message": "no cluster"},
            "the job did not succeed (ValidationFailed): no cluster",
        ),
        (
            {"jobDeploymentStatus": "Complete", "jobStatus": "STOPPED", "jobId": "j-1"},
            "job j-1 did not succeed (STOPPED): no message was left; see the log of the submitter and the head",
        ),
        (
            {"jobDeploymentStatus": "Failed"},
            "the job did not succeed (Failed): no message was left; see the log of the submitter and the head",
        ),
    ],
)
def test_a_job_fails_in_its_own_words(status: dict[str, Any], why: str) -> None:
    assert failure(status) == why
