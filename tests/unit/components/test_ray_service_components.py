"""What the components of services and schedules register with the engine, as update and as preview."""

from typing import Any

import pulumi
import pytest
from ray_builders import A10G, cluster, group, head, job, schedule, service
from rayform.components import (
    ExistingOperator,
    RayCronJob,
    RayCronJobSpec,
    RayService,
    RayServiceSpec,
    RefusedError,
    ServiceUpgradeStrategy,
)
from rayform.lab.testing import UNKNOWN, Recorded, run

SERVICE, SCHEDULE = "kubernetes:ray.io/v1:RayService", "kubernetes:ray.io/v1:RayCronJob"
READY = {"conditions": [{"type": "Ready", "status": "True", "reason": "NonZeroServeEndpoints"}]}
UNDEPLOYED = {"pendingServiceStatus": {"applicationStatuses": {"chat": {"status": "DEPLOY_FAILED", "message": "no x"}}}}
CRON = ExistingOperator(version="1.6.2", feature_gates={"RayCronJob": True})


def recorded(
    spec: RayServiceSpec | RayCronJobSpec, *, preview: bool = False, status: Any = None, **given: Any
) -> Recorded:
    def program() -> None:
        made = RayService("chat", spec, **given) if isinstance(spec, RayServiceSpec) else RayCronJob("n", spec, **given)
        for name in type(made).__annotations__:
            if hasattr(made, name):
                pulumi.export(name, getattr(made, name))

    answers = {} if status is None else {SERVICE: {"status": status}, SCHEDULE: {"status": status}}
    return run(program, preview=preview, outputs=answers)


def test_a_service_is_one_object_under_its_component(preview: bool) -> None:
    done = recorded(service(namespace="ml"), preview=preview)
    sent = done.one(SERVICE, name="chat-service")

    assert [each.type for each in done.resources] == ["rayform:components:RayService", SERVICE]
    assert sent.parent == done.one("rayform:components:RayService", name="chat").urn
    assert sent.inputs["metadata"]["name"] == "chat"
    assert 'applicationStatuses["default"]' in sent.inputs["metadata"]["annotations"]["pulumi.com/waitFor"]


def test_a_service_is_awaited_and_replaced_as_it_must(preview: bool) -> None:
    options = recorded(service(), preview=preview).one(SERVICE).options

    assert options.custom_timeouts == {"create": "1200s", "update": "1200s", "delete": "1200s"}
    assert options.delete_before_replace is True
    assert options.replace_on_changes == ("spec.managedBy", "spec.rayClusterConfig.managedBy")


def test_a_service_says_where_it_is_reached() -> None:
    assert recorded(service(namespace="ml"), status=READY).outputs == {
        "serve_url": "http://chat-serve-svc.ml.svc:8000",
        "serve_service": "chat-serve-svc",
        "gateway": "",
        "dashboard_url": "http://chat-head-svc.ml.svc:8265",
        "head_service": "chat-head-svc",
        "status": READY,
    }


def test_a_service_that_is_not_there_yet_has_no_state() -> None:
    outputs = recorded(service(), preview=True).outputs

    assert outputs["status"] is UNKNOWN
    assert recorded(service(wait="created"), status={}).outputs["status"] == {}


def test_a_service_that_cannot_be_deployed_fails_the_update_in_serves_own_words() -> None:
    with pytest.raises(pulumi.RunError) as caught:
        recorded(service(), status=UNDEPLOYED)

    assert str(caught.value) == (
        "RayService chat: application chat was not deployed: no x; "
        "mend it, or run 'pulumi refresh' where it has recovered since"
    )


def test_a_service_that_nobody_waits_for_may_fail() -> None:
    assert recorded(service(wait="created"), status=UNDEPLOYED).outputs["status"] == UNDEPLOYED


def test_a_service_that_failed_before_is_only_told_of_at_preview() -> None:
    def program() -> None:
        spec = service()
        pulumi.export("status", RayService("chat", spec)._judged("RayService chat", spec, UNDEPLOYED))

    done = run(program, preview=True)

    assert done.outputs == {"status": UNDEPLOYED}
    assert [each.message.partition(";")[0] for each in done.logs] == [
        "RayService chat: application chat was not deployed: no x"
    ]


def test_a_service_that_cannot_work_is_refused_before_anything_is_declared(preview: bool) -> None:
    wrong = service(
        ray_cluster_config=cluster(workers=[group(pool="a10g", gpus=8)]), serve_config_v2="applications: []"
    )
    with pytest.raises(RefusedError) as caught:
        recorded(wrong, preview=preview, pools=[A10G])

    assert [refusal.path for refusal in caught.value.refusals] == [
        "ray_cluster_config.workers[gpu].gpus",
        "serve_config_v2",
    ]


def test_a_configuration_known_later_is_judged_then() -> None:
    def program() -> None:
        RayService("chat", service(serve_config_v2=pulumi.Output.from_input("applications: []")))

    with pytest.raises(pulumi.RunError, match="RayService chat: serve_config_v2: no applications asked"):
        run(program)


def test_a_configuration_known_later_is_sent_when_it_is_known() -> None:
    text = "applications: [{import_path: 'chat:app'}]"
    done = recorded(service(serve_config_v2=pulumi.Output.from_input(text)))

    assert done.one(SERVICE).inputs["spec"]["serveConfigV2"] == text


def test_a_service_of_an_operator_that_lacks_a_field_is_refused() -> None:
    recorded(service(suspend=True), operator=ExistingOperator(version="1.7.0"))

    with pytest.raises(RefusedError, match=r"suspend: asked of KubeRay 1\.6\.2"):
        recorded(service(suspend=True), operator=ExistingOperator(version="1.6.2"))


def test_warnings_of_a_service_are_told(preview: bool) -> None:
    spec = service(ray_cluster_config=cluster(head=head(service_type="NodePort")))
    told = recorded(spec, preview=preview).logs

    assert [each.message.partition(",")[0] for each in told] == [
        "RayService chat: ray_cluster_config.head.service_type: NodePort asked"
    ]


def test_a_schedule_is_one_object_that_nobody_waits_for(preview: bool) -> None:
    done = recorded(schedule(namespace="ml"), preview=preview, operator=CRON)
    sent = done.one(SCHEDULE, name="n-schedule")

    assert [each.type for each in done.resources] == ["rayform:components:RayCronJob", SCHEDULE]
    assert sent.inputs["metadata"] == {"name": "n", "namespace": "ml"}
    assert sent.options.custom_timeouts == {"delete": "1200s"}
    assert "spec.jobTemplate.rayClusterSpec.managedBy" in sent.options.replace_on_changes


def test_a_schedule_says_what_it_started() -> None:
    assert recorded(schedule(), operator=CRON, status={}).outputs == {
        "jobs_label": "ray.io/cronjob-name=n",
        "last_schedule_time": "",
    }
    fired = recorded(schedule(), operator=CRON, status={"lastScheduleTime": "2026-01-01T00:00:00Z"})
    assert fired.outputs["last_schedule_time"] == "2026-01-01T00:00:00Z"


def test_a_schedule_is_refused_by_an_operator_whose_gate_is_off(preview: bool) -> None:
    with pytest.raises(RefusedError, match="RayCronJob n: spec: a RayCronJob asked, the operator's gate RayCronJob is"):
        recorded(schedule(), preview=preview)


def test_the_job_of_a_schedule_must_fit_its_pool() -> None:
    large = job(ray_cluster_spec=cluster(workers=[group(pool="a10g", gpus=8)]))
    with pytest.raises(RefusedError, match=r"job_template\.ray_cluster_spec\.workers\[gpu\]\.gpus: 8 GPUs asked"):
        recorded(schedule(job_template=large), operator=CRON, pools=[A10G])


def test_an_upgrade_step_by_step_is_refused_without_its_gate() -> None:
    stepwise = ServiceUpgradeStrategy(type="NewClusterWithIncrementalUpgrade")
    with pytest.raises(RefusedError, match=r"upgrade_strategy\.type: NewClusterWithIncrementalUpgrade asked"):
        recorded(service(upgrade_strategy=stepwise))
