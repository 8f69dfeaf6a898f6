"""What the Ray components register with the engine, as update and as preview."""

from typing import Any

import pulumi
import pytest
from ray_builders import A10G, cluster, group, head, job
from rayform.components import ExistingOperator, RayCluster, RayClusterSpec, RayJob, RayJobSpec, RefusedError
from rayform.lab.testing import UNKNOWN, Recorded, assert_star, run

CLUSTER, JOB = "kubernetes:ray.io/v1:RayCluster", "kubernetes:ray.io/v1:RayJob"
STATUS = {"jobStatus": "SUCCEEDED", "jobDeploymentStatus": "Complete", "jobId": "j-1", "message": "done"}
FAILED = {"jobStatus": "FAILED", "jobDeploymentStatus": "Failed", "reason": "AppFailed", "message": "exit code 1"}


class Before(pulumi.CustomResource):
    """Something that comes before."""

    def __init__(self, name: str) -> None:
        super().__init__("test:index:Before", name, {})
        self.version = "1.6.2"
        self.gates: dict[str, bool] = {}
        self.batch_scheduler: str | None = None


def recorded(spec: RayClusterSpec | RayJobSpec, *, preview: bool = False, status: Any = None, **given: Any) -> Recorded:
    def program() -> None:
        made = (
            RayCluster("train", spec, **given) if isinstance(spec, RayClusterSpec) else RayJob("train", spec, **given)
        )
        names = (name for name in type(made).__annotations__ if hasattr(made, name))
        for name in names:
            pulumi.export(name, getattr(made, name))

    answers = {} if status is None else {CLUSTER: {"status": status}, JOB: {"status": status}}
    return run(program, preview=preview, outputs=answers)


def test_a_cluster_is_one_object_under_its_component(preview: bool) -> None:
    done = recorded(cluster(namespace="ml"), preview=preview)
    sent = done.one(CLUSTER, name="train-cluster")

    assert [each.type for each in done.resources] == ["rayform:components:RayCluster", CLUSTER]
    assert sent.parent == done.one("rayform:components:RayCluster", name="train").urn
    assert sent.inputs["metadata"]["name"] == "train"
    assert sent.inputs["spec"]["rayVersion"] == "2.60.0"


def test_a_cluster_is_awaited_and_replaced_as_it_must(preview: bool) -> None:
    options = recorded(cluster(), preview=preview).one(CLUSTER).options

    assert options.custom_timeouts == {"create": "1200s", "update": "1200s", "delete": "1200s"}
    assert options.delete_before_replace is True
    assert options.replace_on_changes == ("spec.managedBy",)
    assert options.version.startswith("4.")


def test_a_cluster_says_where_it_is_reached() -> None:
    assert recorded(cluster(namespace="ml"), status={"state": "ready"}).outputs == {
        "head_service": "train-head-svc",
        "dashboard_url": "http://train-head-svc.ml.svc:8265",
        "client_url": "ray://train-head-svc.ml.svc:10001",
        "status": {"state": "ready"},
    }


def test_a_head_service_of_another_name_is_reached_under_it() -> None:
    named = cluster(name="other", head=head(head_service={"metadata": {"name": "mine"}}))

    assert recorded(named).outputs["dashboard_url"] == "http://mine.default.svc:8265"
    assert recorded(cluster(name="other")).outputs["head_service"] == "other-head-svc"


def test_a_cluster_comes_after_its_operator_its_pools_and_what_it_is_told(preview: bool) -> None:
    def program() -> None:
        operator, other = Before("operator"), Before("other")
        opts = pulumi.ResourceOptions(depends_on=[other])
        RayCluster("train", cluster(), operator=operator, pools=[A10G], opts=opts)

    sent = run(program, preview=preview).one(CLUSTER)

    assert sorted(urn.rpartition("::")[2] for urn in sent.depends_on) == ["operator", "other"]


def test_clusters_of_one_operator_are_a_star() -> None:
    def program() -> None:
        operator = Before("operator")
        for number in range(3):
            RayCluster(f"train-{number}", cluster(), operator=operator)

    assert_star(run(program))


def test_what_cannot_work_is_refused_before_anything_is_declared(preview: bool) -> None:
    with pytest.raises(RefusedError, match=r"RayCluster train: workers\[gpu\].gpus: 8 GPUs asked"):
        recorded(cluster(workers=[group(pool="a10g", gpus=8)]), preview=preview, pools=[A10G])


def test_the_operator_decides_what_is_possible() -> None:
    priority = cluster(autoscaling=True, workers=[group(priority=1)])
    recorded(priority, operator=ExistingOperator(version="1.7.0"))

    with pytest.raises(RefusedError, match=r"workers\[gpu\].priority: asked of KubeRay 1.6.2"):
        recorded(priority, operator=ExistingOperator(version="1.6.2"))


def test_warnings_are_told(preview: bool) -> None:
    told = recorded(cluster(head=head(service_type="NodePort")), preview=preview).logs

    assert [(each.severity, each.message.partition(",")[0]) for each in told] == [
        ("warning", "RayCluster train: head.service_type: NodePort asked")
    ]


def test_a_job_waits_for_its_end_and_tells_it() -> None:
    done = recorded(job(namespace="ml"), status=STATUS)
    sent = done.one(JOB, name="train-job")

    assert done.outputs == {"status": "SUCCEEDED", "job_id": "j-1", "message": "done", "submitter": "train"}
    assert "jobDeploymentStatus == 'Complete'" in sent.inputs["metadata"]["annotations"]["pulumi.com/waitFor"]
    assert sent.options.custom_timeouts == {"create": "86400s", "update": "86400s", "delete": "600s"}
    assert "spec.entrypoint" in sent.options.replace_on_changes


def test_a_job_that_is_not_there_yet_has_no_state() -> None:
    assert recorded(job(), preview=True).outputs["status"] is UNKNOWN
    assert recorded(job(wait="created"), status={}).outputs["status"] == ""
    assert (
        recorded(job(wait="created"), status={"jobDeploymentStatus": "Initializing"}).outputs["status"]
        == "Initializing"
    )


def test_a_failed_job_fails_the_update_with_its_own_message() -> None:
    with pytest.raises(pulumi.RunError) as caught:
        recorded(job(), status=FAILED)

    assert str(caught.value) == "RayJob train: the job did not succeed (AppFailed): exit code 1"


def test_a_job_that_nobody_waits_for_may_fail() -> None:
    assert recorded(job(wait="created"), status=FAILED).outputs["status"] == "FAILED"


def test_a_job_that_failed_before_is_only_told_of_at_preview() -> None:
    def program() -> None:
        spec = job()
        pulumi.export("state", RayJob("train", spec)._judged("RayJob train", spec, FAILED)["jobStatus"])

    done = run(program, preview=True)

    assert done.outputs == {"state": "FAILED"}
    assert [(each.severity, each.message) for each in done.logs] == [
        ("warning", "RayJob train: the job did not succeed (AppFailed): exit code 1")
    ]
