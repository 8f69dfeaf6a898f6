"""What a service is waited for, who owns what of it, how it is reached, and what became of it."""

import json
from typing import Any

import jsonpath_rfc9535
import pytest
from ray_builders import cluster, group, head, job, schedule, service
from rayform.components import ClusterUpgradeOptions, Port, ServiceUpgradeStrategy, Toleration
from rayform.components.ray.address import gateway, serve_port, serve_service
from rayform.components.ray.manifest import (
    UNHASHED,
    Manifest,
    cronjob_fixed,
    ray_cron_job,
    ray_service,
    service_awaits,
    service_fixed,
    service_others,
)
from rayform.components.ray.outcome import service_failure
from rayform.components.ray.timeout import service_seconds

QUEUED = {"kueue.x-k8s.io/queue-name": "gpu"}
STEPS = ClusterUpgradeOptions(gateway_class_name="istio", step_size_percent=30, interval_seconds=60)
STEPWISE = ServiceUpgradeStrategy(type="NewClusterWithIncrementalUpgrade", cluster_upgrade_options=STEPS)
FAILED = {"applicationStatuses": {"chat": {"status": "DEPLOY_FAILED"}}}


def sent(**fields: Any) -> Manifest:
    return ray_service("chat", service(**fields))


def status(
    *, ready: str = "True", upgrading: str = "False", reason: str = "x", observed: int = 1, chat: str = "RUNNING"
) -> dict[str, Any]:
    """What the operator says of a service that serves, but for what is given."""
    return {
        "observedGeneration": observed,
        "conditions": [
            {"type": "Ready", "status": ready, "reason": reason},
            {"type": "UpgradeInProgress", "status": upgrading, "reason": "y"},
        ],
        "activeServiceStatus": {"applicationStatuses": {"chat": {"status": chat}}},
    }


def awaited(said: dict[str, Any], *names: str, generation: int = 1) -> bool:
    """Whether an update that waits for a service of this status ends."""
    asked = service_awaits(sent(), "ready", names)["pulumi.com/waitFor"]
    query = jsonpath_rfc9535.compile(asked.removeprefix("jsonpath={").removesuffix("}"))
    live = {"apiVersion": "ray.io/v1", "metadata": {"generation": generation, "name": "chat"}, "status": said}
    return query.find_one(live) is not None


def test_a_service_that_serves_is_up() -> None:
    assert awaited(status(), "chat")
    assert awaited(status(observed=2), "chat", generation=2)


@pytest.mark.parametrize(
    "said",
    [
        {},
        status(ready="False"),
        status(upgrading="True"),
        status(observed=0),
        status(chat="DEPLOYING"),
        status(chat="UNHEALTHY"),
        status() | {"activeServiceStatus": {"applicationStatuses": {}}},
    ],
)
def test_a_service_that_does_not_serve_yet_is_waited_for(said: dict[str, Any]) -> None:
    assert not awaited(said, "chat")


def test_an_application_that_is_new_is_waited_for() -> None:
    assert not awaited(status(), "chat", 'the "other"')


def test_any_provider_finds_the_end_of_the_path_whatever_an_application_is_called() -> None:
    odd = 'a={b} "c" é'
    path = service_awaits(sent(), "ready", [odd])["pulumi.com/waitFor"].removeprefix("jsonpath=")
    said = status() | {"activeServiceStatus": {"applicationStatuses": {odd: {"status": "RUNNING"}}}}

    assert "=" not in path.replace("==", "")
    assert " &&" not in path
    assert (path.count("{"), path.count("}")) == (1, 1)
    assert awaited(said, odd)


@pytest.mark.parametrize(
    "said",
    [
        {"conditions": [{"type": "Ready", "status": "False", "reason": "ValidationFailed"}]},
        {"conditions": [{"type": "Ready", "status": "False", "reason": "InitializingTimeout"}]},
        {"pendingServiceStatus": FAILED},
    ],
)
def test_a_new_service_that_failed_is_not_waited_for_and_a_changed_one_is(said: dict[str, Any]) -> None:
    served = {"activeServiceStatus": {"rayClusterName": "chat-x"}}

    assert [awaited(said, "chat", generation=each) for each in (1, 2, 3)] == [True, True, False]
    assert not awaited({**said, **served}, "chat", generation=2)


@pytest.mark.parametrize(
    ("fields", "wait", "wanted"),
    [
        ({}, "created", None),
        ({"managed_by": "kueue.x-k8s.io/multikueue"}, "ready", None),
        (
            {"suspend": True},
            "ready",
            "jsonpath={$[?@.conditions[?@.type == 'Suspended'&& @.status == 'True']]}",
        ),
    ],
)
def test_a_service_is_awaited_as_it_asks(fields: dict[str, Any], wait: str, wanted: str | None) -> None:
    annotations = service_awaits(sent(**fields), wait, ["chat"])

    assert annotations.get("pulumi.com/waitFor") == wanted
    assert annotations["pulumi.com/patchForce"] == "true"


@pytest.mark.parametrize(
    ("outside", "outlives", "policy"),
    [
        ({"redis_address": "redis:6379"}, True, "background"),
        ({"redis_address": "redis:6379"}, False, None),
        ({"backend": "rocksdb"}, True, None),
        (None, True, None),
    ],
)
def test_a_service_leaves_its_redis_to_an_operator_that_deletes_its_clusters_itself(
    outside: Any, policy: str | None, *, outlives: bool
) -> None:
    keeps = cluster(gcs_fault_tolerance_options=outside)
    annotations = service_awaits(sent(ray_cluster_config=keeps), "created", [], outlives=outlives)

    assert annotations.get("pulumi.com/deletionPropagationPolicy") == policy


def test_what_kueue_sets_is_left_alone() -> None:
    assert service_others(sent()) == []
    assert service_others(sent(object_labels=QUEUED)) == ["spec.suspend", "spec.rayClusterConfig.suspend"]


def test_what_cannot_change_replaces() -> None:
    kept = cluster(gcs_fault_tolerance_options={"redis_address": "r"})
    nested = "spec.jobTemplate.rayClusterSpec"

    assert service_fixed(sent(ray_cluster_config=kept)) == [
        "spec.managedBy",
        "spec.rayClusterConfig.managedBy",
        "spec.rayClusterConfig.gcsFaultToleranceOptions.backend",
    ]
    assert cronjob_fixed(ray_cron_job("n", schedule(job_template=job(ray_cluster_spec=kept)))) == [
        "spec.jobTemplate.managedBy",
        f"{nested}.managedBy",
        f"{nested}.gcsFaultToleranceOptions.backend",
    ]
    selected = job(ray_cluster_spec=None, cluster_selector={"ray.io/cluster": "train"})
    assert cronjob_fixed(ray_cron_job("n", schedule(job_template=selected))) == ["spec.jobTemplate.managedBy"]


def repeated(**fields: Any) -> list[Any]:
    """What head and workers repeat in their annotations."""
    config = sent(**fields)["spec"]["rayClusterConfig"]
    templates = [each["template"] for each in (config["headGroupSpec"], *config.get("workerGroupSpecs", ()))]
    notes = [template.get("metadata", {}).get("annotations", {}) for template in templates]
    return [json.loads(note[UNHASHED]) if UNHASHED in note else None for note in notes]


def test_what_kuberay_keeps_from_a_running_cluster_is_repeated_where_it_looks() -> None:
    scaled = group(replicas=2, min_replicas=1, max_replicas=4)
    counted = {"replicas": 2, "minReplicas": 1, "maxReplicas": 4}

    assert repeated(ray_cluster_config=cluster(workers=[scaled])) == [None, counted]
    assert repeated(ray_cluster_config=cluster(workers=[scaled], autoscaling=True)) == [
        None,
        {"minReplicas": 1, "maxReplicas": 4},
    ]
    assert repeated(ray_cluster_config=cluster(workers=[scaled]), scaling_changes="ignored") == [None, None]


def test_tolerations_are_repeated_beside_the_annotations_there_are() -> None:
    tolerant = head(tolerations=[Toleration(key="team")], pod_annotations={"a": "b"})
    config = cluster(head=tolerant, workers=[])
    template = sent(ray_cluster_config=config)["spec"]["rayClusterConfig"]["headGroupSpec"]["template"]

    assert repeated(ray_cluster_config=config) == [{"tolerations": [{"key": "team", "operator": "Exists"}]}]
    assert template["metadata"]["annotations"]["a"] == "b"


def test_a_group_that_is_appended_leaves_the_others_as_they_are() -> None:
    one, two = cluster(workers=[group()]), cluster(workers=[group(), group(name="more")])
    before, after = (sent(ray_cluster_config=each)["spec"]["rayClusterConfig"] for each in (one, two))

    assert after["workerGroupSpecs"][:1] == before["workerGroupSpecs"]
    assert after["headGroupSpec"] == before["headGroupSpec"]


@pytest.mark.parametrize(
    ("fields", "reached"),
    [
        ({}, ("chat-serve-svc", 8000, "")),
        ({"serve_service": {"metadata": {"name": "mine"}}}, ("mine", 8000, "")),
        ({"serve_service": {"spec": {"ports": [{"name": "serve", "port": 80}]}}}, ("chat-serve-svc", 80, "")),
        ({"upgrade_strategy": STEPWISE}, ("", 8000, "chat-gateway")),
        (
            {"ray_cluster_config": cluster(head=head(ports=[Port(name="serve", container_port=9000)]))},
            ("chat-serve-svc", 9000, ""),
        ),
    ],
)
def test_a_service_is_reached_as_it_says(fields: dict[str, Any], reached: tuple[str, int, str]) -> None:
    manifest = sent(**fields)

    assert (serve_service(manifest), serve_port(manifest), gateway(manifest)) == reached


def test_a_service_is_awaited_for_twenty_minutes_and_its_steps_or_as_it_says() -> None:
    assert service_seconds(service()) == 1200
    assert service_seconds(service(upgrade_strategy=STEPWISE)) == 1200 + 4 * 60
    assert service_seconds(service(timeout_seconds=60, upgrade_strategy=STEPWISE)) == 60


@pytest.mark.parametrize("said", [{}, status(), status(ready="False"), status(chat="UNHEALTHY")])
def test_a_service_that_may_still_serve_has_not_failed(said: dict[str, Any]) -> None:
    assert service_failure(said) is None


DEPLOYMENTS = {"Chat": {"message": "CUDA is missing"}, "Tokens": {"message": ""}}
LONG = """It failed:
Traceback (most recent call last):
  File "a.py", line 1, in \x1b[36mbuild\x1b[39m
ModuleNotFoundError: No module named 'x'
"""
ANEW = "mend it, or run 'pulumi refresh' where it has recovered since"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"conditions": [{"reason": "ValidationFailed", "message": "no head"}]},
            "the operator refuses it: no head; change what it names",
        ),
        (
            {"conditions": [{"reason": "InitializingTimeout", "message": "after 5m"}]},
            "the operator gave it up: after 5m; it does not try again: replace the service",
        ),
        (
            {"pendingServiceStatus": FAILED},
            f"application chat was not deployed: no message was left; see the log of the head; {ANEW}",
        ),
        (
            {
                "activeServiceStatus": {
                    "applicationStatuses": {
                        "chat": {
                            "status": "DEPLOY_FAILED",
                            "message": "Chat failed",
                            "serveDeploymentStatuses": DEPLOYMENTS,
                        },
                        "other": {"status": "RUNNING"},
                    }
                }
            },
            f"application chat was not deployed: Chat failed Chat: CUDA is missing; {ANEW}",
        ),
        (
            {"pendingServiceStatus": {"applicationStatuses": {"chat": {"status": "DEPLOY_FAILED", "message": LONG}}}},
            f"application chat was not deployed: It failed: ModuleNotFoundError: No module named 'x'; {ANEW}",
        ),
    ],
)
def test_a_service_fails_in_its_own_words(said: dict[str, Any], why: str) -> None:
    assert service_failure(said) == why
