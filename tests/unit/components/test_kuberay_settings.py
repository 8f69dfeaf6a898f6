"""The operator's command line, configuration file and environment."""

import json

import pytest
from rayform.components.kuberay.settings import arguments, configuration, environment
from rayform.components.kuberay.sizing import operator_size
from rayform.components.kuberay.spec import KubeRayOperatorSpec

GATES = (
    "--feature-gates=RayClusterStatusConditions=true,RayJobDeletionPolicy=true,RayMultiHostIndexing=true,"
    "RayServiceIncrementalUpgrade=false,RayCronJob=false,AsyncJobInfoQuery=false"
)


def spec(**fields: object) -> KubeRayOperatorSpec:
    return KubeRayOperatorSpec.model_validate(fields)


def test_the_defaults_are_written_out() -> None:
    assert arguments(spec()) == [
        "--enable-leader-election=true",
        "--reconcile-concurrency=1",
        "--log-stdout-encoder=json",
        "--enable-metrics=true",
        "--zap-log-level=info",
        GATES,
    ]


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"leader_election": False}, "--enable-leader-election=false"),
        ({"reconcile_concurrency": 8}, "--reconcile-concurrency=8"),
        ({"watch_namespaces": ["a", "b"]}, "--watch-namespace=a,b"),
        ({"logging": {"log_encoder": "console"}}, "--log-stdout-encoder=console"),
        ({"logging": {"log_level": "debug"}}, "--zap-log-level=debug"),
        ({"logging": {"log_file": "/var/log/a/b"}}, "--log-file-path=/var/log/a/b"),
        ({"logging": {"log_file": "/var/log/a/b", "log_file_encoder": "console"}}, "--log-file-encoder=console"),
        ({"batch_scheduler": "volcano"}, "--batch-scheduler=volcano"),
        ({"use_kubernetes_proxy": True}, "--use-kubernetes-proxy=true"),
        ({"metrics": None}, "--enable-metrics=false"),
        ({"metrics": {"control_plane_metrics": False}}, "--enable-metrics=false"),
        ({"client_qps": 250}, "--qps=250"),
        ({"client_qps": 12.5}, "--qps=12.5"),
        ({"client_burst": 500}, "--burst=500"),
        ({"feature_gates": {"RayCronJob": True}}, GATES.replace("RayCronJob=false", "RayCronJob=true")),
    ],
)
def test_a_setting_is_a_flag(fields: dict[str, object], flag: str) -> None:
    assert flag in arguments(spec(**fields))


def test_a_version_has_its_own_gates() -> None:
    assert "AsyncJobInfoQuery" not in arguments(spec(version="1.7.0"))[-1]
    assert "RayServiceIncrementalUpgrade=true" in arguments(spec(version="1.7.0"))[-1]


def test_flags_need_no_file() -> None:
    assert configuration(spec()) is None


DEFAULTS = {
    "default_container_env": {"A": "b", "C": {"secretKeyRef": {"name": "d", "key": "e"}}},
    "default_pod_labels": {"team": "x"},
    "default_pod_annotations": {"note": "y"},
    "head_sidecar_containers": [{"name": "h"}],
    "worker_sidecar_containers": [{"name": "w"}],
}
FILED_DEFAULTS = {
    "defaultContainerEnvs": [
        {"name": "A", "value": "b"},
        {"name": "C", "valueFrom": {"secretKeyRef": {"name": "d", "key": "e"}}},
    ],
    "defaultPodLabels": {"team": "x"},
    "defaultPodAnnotations": {"note": "y"},
    "headSidecarContainers": [{"name": "h"}],
    "workerSidecarContainers": [{"name": "w"}],
}


def test_what_only_the_file_can_say_brings_every_setting_into_it() -> None:
    text = configuration(spec(version="1.7.0", client_qps=250, watch_namespaces=["a"], ray_pods=DEFAULTS))

    assert json.loads(text or "") == {
        "apiVersion": "config.ray.io/v1alpha1",
        "kind": "Configuration",
        "enableLeaderElection": True,
        "reconcileConcurrency": 1,
        "watchNamespace": "a",
        "logStdoutEncoder": "json",
        "enableMetrics": True,
        "qps": 250,
        **FILED_DEFAULTS,
    }


def test_beside_the_file_stand_only_flags_that_are_read() -> None:
    filed = spec(ray_pods={"default_container_env": {"A": "b"}}, logging={"log_file": "/var/log/a/b"})

    assert arguments(filed) == [
        "--config=/etc/kuberay/config.json",
        "--log-stdout-encoder=json",
        "--log-file-encoder=json",
        "--zap-log-level=info",
        GATES,
    ]


def test_switches_are_environment_variables() -> None:
    behavior = spec(
        behavior={
            "cluster_domain": "example.org",
            "enable_probes_injection": False,
            "enable_login_shell": True,
            "raycluster_default_requeue_seconds": 60,
        }
    ).behavior

    assert environment(behavior) == {
        "CLUSTER_DOMAIN": "example.org",
        "ENABLE_LOGIN_SHELL": "true",
        "ENABLE_PROBES_INJECTION": "false",
        "RAYCLUSTER_DEFAULT_REQUEUE_SECONDS_ENV": "60",
    }


def test_nothing_is_switched_by_itself() -> None:
    assert environment(spec().behavior) == {}


@pytest.mark.parametrize(
    ("pods", "concurrency", "cpu", "memory"),
    [
        (1, 1, "100m", "512Mi"),
        (500, 1, "100m", "512Mi"),
        (501, 1, "200m", "1024Mi"),
        (5000, 1, "1000m", "5120Mi"),
        (500, 10, "1000m", "512Mi"),
    ],
)
def test_the_operator_grows_with_its_fleet(pods: int, concurrency: int, cpu: str, memory: str) -> None:
    assert operator_size(pods, concurrency) == {"cpu": cpu, "memory": memory}
