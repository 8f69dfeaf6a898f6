"""What services and schedules become."""

from typing import Any

import pytest
import yaml
from ray_builders import A10G, cluster, group, job, schedule, service
from rayform.components import (
    ClusterUpgradeOptions,
    RuntimeEnv,
    ServeActorOptions,
    ServeApplication,
    ServeAutoscaling,
    ServeConfig,
    ServeDeployment,
    ServeGrpcOptions,
    ServeHttpOptions,
    ServeLogging,
    ServiceUpgradeStrategy,
)
from rayform.components.ray.manifest import ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.ray.placement import by_name


def spec(**fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = ray_service("chat", service(**fields), by_name([A10G]))["spec"]
    return sent


def served(**fields: Any) -> Any:
    application = ServeApplication(import_path="chat:app", **fields)
    return yaml.safe_load(spec(serve_config_v2=ServeConfig(applications=[application]))["serveConfigV2"])


def test_a_service_has_a_cluster_and_what_it_serves() -> None:
    sent = ray_service("chat", service(namespace="ml", scaling_changes="ignored"))

    assert (sent["kind"], sent["metadata"]) == ("RayService", {"name": "chat", "namespace": "ml"})
    assert sent["spec"] == {
        "rayClusterConfig": ray_cluster("x", cluster())["spec"],
        "serveConfigV2": "applications:\n- name: default\n  route_prefix: /\n  import_path: chat:app\n",
    }


def test_the_cluster_of_a_service_may_have_its_pool() -> None:
    sent = spec(ray_cluster_config=cluster(workers=[group(pool="a10g")]))["rayClusterConfig"]["workerGroupSpecs"][0]

    assert sent["template"]["spec"]["nodeSelector"] == {"rayform/pool": "a10g"}


def test_the_rest_of_a_service_stands_as_it_is_called() -> None:
    asked = {
        "serveService": ("serve_service", {"metadata": {"labels": {"a": "b"}}}),
        "rayClusterDeletionDelaySeconds": ("ray_cluster_deletion_delay_seconds", 0),
        "excludeHeadPodFromServeSvc": ("exclude_head_pod_from_serve_svc", True),
        "serviceUnhealthySecondThreshold": ("service_unhealthy_second_threshold", 1),
        "deploymentUnhealthySecondThreshold": ("deployment_unhealthy_second_threshold", 2),
        "managedBy": ("managed_by", "ray.io/kuberay-operator"),
        "suspend": ("suspend", False),
    }
    sent = spec(**dict(asked.values()))

    assert {name: sent[name] for name in asked} == {name: value for name, (_, value) in asked.items()}


def test_an_upgrade_step_by_step_has_its_steps() -> None:
    options = ClusterUpgradeOptions(
        gateway_class_name="istio", step_size_percent=10, interval_seconds=30, max_surge_percent=50
    )
    strategy = ServiceUpgradeStrategy(type="NewClusterWithIncrementalUpgrade", cluster_upgrade_options=options)

    assert spec(upgrade_strategy=strategy)["upgradeStrategy"] == {
        "type": "NewClusterWithIncrementalUpgrade",
        "clusterUpgradeOptions": {
            "gatewayClassName": "istio",
            "stepSizePercent": 10,
            "intervalSeconds": 30,
            "maxSurgePercent": 50,
        },
    }


def test_no_route_is_written_as_none() -> None:
    assert served(name="chat", route_prefix=None) == {
        "applications": [{"name": "chat", "route_prefix": None, "import_path": "chat:app"}]
    }


DEPLOYMENT = ServeDeployment(
    name="Chat",
    num_replicas="auto",
    autoscaling_config=ServeAutoscaling(min_replicas=0, max_replicas=4),
    ray_actor_options=ServeActorOptions(num_gpus=0.5, resources={"tpu": 1}, runtime_env=RuntimeEnv(pip=["x"])),
    placement_group_bundles=[{"GPU": 1}],
    other={"rolling_update_percentage": 0.5},
)


def test_what_is_served_stands_in_rays_own_words() -> None:
    (sent,) = served(deployments=[DEPLOYMENT])["applications"]

    assert sent["deployments"] == [
        {
            "name": "Chat",
            "num_replicas": "auto",
            "autoscaling_config": {"min_replicas": 0, "max_replicas": 4},
            "ray_actor_options": {"num_gpus": 0.5, "resources": {"tpu": 1}, "runtime_env": {"pip": ["x"]}},
            "placement_group_bundles": [{"GPU": 1}],
            "rolling_update_percentage": 0.5,
        }
    ]


def test_an_application_has_its_environment_and_arguments() -> None:
    environment = RuntimeEnv(env_vars={"A": "1"}, other={"java": {}})
    (sent,) = served(runtime_env=environment, args={"size": 3})["applications"]

    assert sent["runtime_env"] == {"env_vars": {"A": "1"}, "java": {}}
    assert sent["args"] == {"size": 3}


def test_how_requests_come_in_stands_beside_what_answers_them() -> None:
    config = ServeConfig(
        applications=[ServeApplication(import_path="chat:app")],
        proxy_location="HeadOnly",
        http_options=ServeHttpOptions(port=8001, request_timeout_s=0.5),
        grpc_options=ServeGrpcOptions(grpc_servicer_functions=["a.b"]),
        logging_config=ServeLogging(encoding="JSON", enable_access_log=False),
    )
    sent = yaml.safe_load(spec(serve_config_v2=config)["serveConfigV2"])
    del sent["applications"]

    assert sent == {
        "proxy_location": "HeadOnly",
        "http_options": {"port": 8001, "request_timeout_s": 0.5},
        "grpc_options": {"grpc_servicer_functions": ["a.b"]},
        "logging_config": {"encoding": "JSON", "enable_access_log": False},
    }


@pytest.mark.parametrize("text", ["applications: []", "any text"])
def test_a_configuration_may_be_text(text: str) -> None:
    assert spec(serve_config_v2=text)["serveConfigV2"] == text


def test_a_schedule_has_its_job() -> None:
    sent = ray_cron_job("nightly", schedule(time_zone="Europe/Berlin", suspend=False))

    assert sent["kind"] == "RayCronJob"
    assert sent["spec"] == {
        "schedule": "0 3 * * *",
        "timeZone": "Europe/Berlin",
        "suspend": False,
        "jobTemplate": ray_job("x", schedule().job_template)["spec"],
    }


def test_the_job_of_a_schedule_may_have_its_pool() -> None:
    nested = job(ray_cluster_spec=cluster(workers=[group(pool="a10g")]))
    sent = ray_cron_job("nightly", schedule(job_template=nested), by_name([A10G]))["spec"]["jobTemplate"][
        "rayClusterSpec"
    ]

    assert sent["workerGroupSpecs"][0]["template"]["spec"]["nodeSelector"] == {"rayform/pool": "a10g"}
