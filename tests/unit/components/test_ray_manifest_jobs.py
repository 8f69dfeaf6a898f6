"""What a job becomes."""

from typing import Any

import pytest
import yaml
from ray_builders import A10G, cluster, head, job
from rayform.components import (
    DeletionCondition,
    DeletionRule,
    DeletionStrategy,
    RuntimeEnv,
    Submitter,
    SubmitterConfig,
)
from rayform.components.ray.manifest import ray_cluster, ray_job
from rayform.components.ray.placement import by_name

EXISTING = {"ray_cluster_spec": None, "cluster_selector": {"ray.io/cluster": "train"}}


def spec(**fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = ray_job("nightly", job(**fields), by_name([A10G]))["spec"]
    return sent


def test_a_job_has_a_cluster_that_goes_with_it() -> None:
    sent = spec()

    assert sent["rayClusterSpec"] == ray_cluster("x", cluster())["spec"]
    assert sent["entrypoint"] == "python train.py"
    assert sent["shutdownAfterJobFinishes"] is True


@pytest.mark.parametrize(
    ("fields", "shutdown"),
    [
        ({"shutdown_after_job_finishes": False}, False),
        (EXISTING, None),
        ({"deletion_strategy": DeletionStrategy()}, None),
    ],
)
def test_a_cluster_stays_where_something_says_so(fields: dict[str, Any], shutdown: bool | None) -> None:
    assert spec(**fields).get("shutdownAfterJobFinishes") is shutdown


def test_the_submitter_is_as_restricted_as_the_rest() -> None:
    sent = spec()["submitterPodTemplate"]["spec"]
    (container,) = sent["containers"]
    amounts = {"cpu": "500m", "memory": "1Gi"}

    assert sent["restartPolicy"] == "Never"
    assert sent["automountServiceAccountToken"] is False
    assert sent["securityContext"]["runAsNonRoot"] is True
    assert container == {
        "name": "ray-job-submitter",
        "resources": {"limits": amounts, "requests": amounts},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "image": "rayproject/ray:2.60.0",
    }


@pytest.mark.parametrize(
    ("fields", "image"),
    [
        ({"ray_cluster_spec": cluster(image="ours:1")}, "ours:1"),
        ({"ray_cluster_spec": cluster(image="ours:1", head=head(image="head:1"))}, "head:1"),
        ({"submitter": Submitter(image="mine:1")}, "mine:1"),
        (EXISTING, None),
    ],
)
def test_the_submitter_runs_what_the_head_runs(fields: dict[str, Any], image: str | None) -> None:
    assert spec(**fields)["submitterPodTemplate"]["spec"]["containers"][0].get("image") == image


@pytest.mark.parametrize(
    "fields", [{"submission_mode": "HTTPMode"}, {"submission_mode": "SidecarMode"}, {"submitter": None}]
)
def test_no_submitter_is_sent_where_none_submits(fields: dict[str, Any]) -> None:
    assert "submitterPodTemplate" not in spec(**fields)


def test_a_submitter_may_have_its_pool() -> None:
    sent = spec(submitter=Submitter(pool="a10g"))["submitterPodTemplate"]["spec"]

    assert sent["nodeSelector"] == {"rayform/pool": "a10g"}


def test_the_runtime_environment_is_yaml() -> None:
    environment = RuntimeEnv(
        pip=["torch==2.9.0"],
        env_vars={"A": "1"},
        conda="base",
        config={"setup_timeout_seconds": 60},
        other={"java": {}},
    )

    assert yaml.safe_load(spec(runtime_env=environment)["runtimeEnvYAML"]) == {
        "pip": ["torch==2.9.0"],
        "env_vars": {"A": "1"},
        "conda": "base",
        "config": {"setup_timeout_seconds": 60},
        "java": {},
    }
    assert spec(runtime_env="pip: [x]")["runtimeEnvYAML"] == "pip: [x]"


def test_deletions_stand_as_they_are_called() -> None:
    rules = [
        DeletionRule(policy="DeleteWorkers", condition=DeletionCondition(job_status="FAILED")),
        DeletionRule(
            policy="DeleteCluster", condition=DeletionCondition(job_deployment_status="Failed", ttl_seconds=0)
        ),
    ]

    assert spec(deletion_strategy=DeletionStrategy(deletion_rules=rules))["deletionStrategy"] == {
        "deletionRules": [
            {"policy": "DeleteWorkers", "condition": {"jobStatus": "FAILED"}},
            {"policy": "DeleteCluster", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": 0}},
        ]
    }


def test_the_rest_stands_as_it_is_called() -> None:
    asked = {
        "ttlSecondsAfterFinished": ("ttl_seconds_after_finished", 0),
        "activeDeadlineSeconds": ("active_deadline_seconds", 60),
        "preRunningDeadlineSeconds": ("pre_running_deadline_seconds", 30),
        "backoffLimit": ("backoff_limit", 0),
        "jobId": ("job_id", "one"),
        "metadata": ("metadata", {"team": "ml"}),
        "entrypointNumCpus": ("entrypoint_num_cpus", 0.5),
        "entrypointNumGpus": ("entrypoint_num_gpus", 1.0),
        "managedBy": ("managed_by", "ray.io/kuberay-operator"),
        "suspend": ("suspend", False),
        "submissionMode": ("submission_mode", "K8sJobMode"),
    }
    sent = spec(**dict(asked.values()))

    assert {name: sent[name] for name in asked} == {name: value for name, (_, value) in asked.items()}


def test_amounts_reserved_for_the_entry_point_are_json() -> None:
    sent = spec(entrypoint_resources={"tpu": 1.5}, submitter_config=SubmitterConfig(backoff_limit=0))

    assert sent["entrypointResources"] == '{"tpu": 1.5}'
    assert sent["submitterConfig"] == {"backoffLimit": 0}


def test_a_selected_cluster_is_named() -> None:
    sent = spec(**EXISTING)

    assert sent["clusterSelector"] == {"ray.io/cluster": "train"}
    assert "rayClusterSpec" not in sent
