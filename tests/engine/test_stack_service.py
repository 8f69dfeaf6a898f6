"""A service and a schedule through the real engine and the real operator; no container runs, so nothing ever serves."""

from collections.abc import Iterator
from typing import Any

import pytest
from lab_room import running
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from patience import until
from rayform.lab import Lab
from stack_room import Project

pytestmark = pytest.mark.engine

RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
RayCronJob = create_namespaced_resource("ray.io", "v1", "RayCronJob", "raycronjobs")
RayService = create_namespaced_resource("ray.io", "v1", "RayService", "rayservices")
YEARLY = {
    "schedule": "@yearly",
    "accepts": ["schedule-leaves-jobs"],
    "job_template": {"entrypoint": "true", "ray_cluster_spec": {"ray_version": "2.60.0", "head": {"memory": "4Gi"}}},
}


def group(name: str, *, most: int) -> dict[str, Any]:
    return {"name": name, "cpu": 1, "memory": "4Gi", "replicas": 1, "max_replicas": most}


def settings(*groups: dict[str, Any], gate: bool = True, text: str = "chat:app") -> dict[str, Any]:
    redis = {"redis_address": "redis.data:6379"}
    cluster = {"ray_version": "2.60.0", "head": {"cpu": 1, "memory": "4Gi"}, "gcs_fault_tolerance_options": redis}
    service = {
        "wait": "created",
        "serve_config_v2": {"applications": [{"import_path": text}]},
        "ray_cluster_deletion_delay_seconds": 0,
        "ray_cluster_config": {**cluster, "workers": list(groups)},
    }
    kuberay = {"version": "1.6.2", "feature_gates": {"RayCronJob": gate}}
    return {"kuberay": kuberay, "services": {"chat": service}, "cronjobs": {"yearly": YEARLY}}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("home"), "service") as lab:
        yield lab


@pytest.fixture(scope="module")
def client(lab: Lab) -> Iterator[Client]:
    with lab.client() as client:
        yield client


@pytest.fixture(scope="module", autouse=True)
def project(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(lab, tmp_path_factory.mktemp("service"), settings=settings(group("a", most=4)))
    project.up()
    return project


def clusters(client: Client) -> dict[str, dict[str, int]]:
    """The service's clusters, each with the most workers of its groups."""
    found = [cluster.to_dict() for cluster in client.list(RayCluster, namespace="ray")]
    return {
        each["metadata"]["name"]: {one["groupName"]: one["maxReplicas"] for one in each["spec"]["workerGroupSpecs"]}
        for each in found
    }


def test_a_service_gets_a_cluster_and_a_schedule_is_there(project: Project, client: Client) -> None:
    until(lambda: list(clusters(client).values()) == [{"a": 4}], "the operator makes the service's cluster")

    assert client.get(RayCronJob, "yearly", namespace="ray")["spec"]["schedule"] == "@yearly"
    assert "http://chat-serve-svc.ray.svc:8000" in project.run("stack", "output", "services").output


def test_a_second_up_changes_nothing(project: Project) -> None:
    assert project.up() == {}


def test_what_is_served_changes_within_the_cluster(project: Project, client: Client) -> None:
    before = clusters(client)
    project.write(settings=settings(group("a", most=4), text="other:app"))

    assert project.up() == {"update": 1}
    assert "other:app" in client.get(RayService, "chat", namespace="ray")["spec"]["serveConfigV2"]
    assert clusters(client) == before


def test_a_group_that_is_appended_joins_the_cluster(project: Project, client: Client) -> None:
    (name,) = clusters(client)
    project.write(settings=settings(group("a", most=4), group("b", most=2)))

    assert project.up() == {"update": 1}
    until(lambda: clusters(client) == {name: {"a": 4, "b": 2}}, "the same cluster has both groups")


def test_bounds_that_change_are_written_where_the_operator_looks(project: Project, client: Client) -> None:
    project.write(settings=settings(group("a", most=3), group("b", most=2)))

    assert project.up() == {"update": 1}
    (first, _) = client.get(RayService, "chat", namespace="ray")["spec"]["rayClusterConfig"]["workerGroupSpecs"]
    assert '"maxReplicas": 3' in first["template"]["metadata"]["annotations"]["rayform/unhashed"]


def test_a_schedule_is_refused_at_preview_where_its_gate_is_off(project: Project) -> None:
    project.write(settings=settings(group("a", most=3), gate=False))
    refused = project.preview().failed().output
    project.write(settings=settings(group("a", most=3), group("b", most=2)))

    assert "RayCronJob yearly: spec: a RayCronJob asked, the operator's gate RayCronJob is off" in refused
    assert "Traceback" not in refused


def operator_said(lab: Lab) -> str:
    """Everything that the operator wrote."""
    return "".join(file.read_text() for file in (lab.state / "logs").glob("*operator*.log"))


def test_destroy_waits_for_the_clusters_of_a_service_and_for_their_redis(
    project: Project, client: Client, lab: Lab
) -> None:
    project.destroy()

    assert clusters(client) == {}
    until(lambda: "The Redis cleanup Job has been completed" in operator_said(lab), "Redis was emptied")
    assert "Force-removing GCS FT finalizer" not in operator_said(lab)
