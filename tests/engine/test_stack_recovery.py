"""Updates that end badly, and the way on from there."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from lab_room import running
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.apps_v1 import Deployment
from patience import until
from rayform.lab import NodeShape, Silent
from stack_room import Project

pytestmark = pytest.mark.engine

RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
RECOVERY = (("cancel", "--yes"), ("refresh", "--yes", "--skip-preview", "--clear-pending-creates"))
"""What CONTRIBUTING tells to do after a killed update, before the next one."""
TAKEN_OVER = {"PULUMI_K8S_UPSERT_EXISTING_OBJECTS": "true", "PULUMI_K8S_ENABLE_PATCH_FORCE": "true"}
"""What CONTRIBUTING tells to set for that one."""


def settings(gpus: int, seconds: int) -> dict[str, Any]:
    group = {"name": "gpu", "cpu": 2, "memory": "8Gi", "gpus": gpus, "replicas": 1, "max_replicas": 1}
    cluster = {
        "ray_version": "2.60.0",
        "head": {"cpu": 2, "memory": "8Gi"},
        "workers": [group],
        "timeout_seconds": seconds,
    }
    return {"kuberay": {"version": "1.6.2"}, "clusters": {"train": cluster}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with running(tmp_path_factory.mktemp("home")) as lab:
        yield Project(lab, tmp_path_factory.mktemp("recovery"), settings=settings(gpus=64, seconds=8))


@pytest.fixture
def client(project: Project) -> Iterator[Client]:
    with project.lab.client() as client:
        yield client


def test_a_cluster_that_fits_nowhere_fails_its_update_by_name(project: Project) -> None:
    output = project.run("up", "--yes", "--skip-preview").failed().output
    assert "kubernetes:ray.io/v1:RayCluster (train-cluster)" in output
    assert "readyWorkerReplicas" in output, "while it is awaited, what for"
    assert "timed out" in output
    assert "Traceback" not in output


def test_the_failed_update_goes_on_where_it_stopped(project: Project, client: Client) -> None:
    project.write(settings=settings(gpus=64, seconds=120))
    project.lab.add_nodes(NodeShape("large", cpu=96, memory="1Ti", gpus=64), Silent())
    assert project.up() == {"update": 1}
    status = client.get(RayCluster, "train", namespace="ray")["status"]
    assert status["readyWorkerReplicas"] == 1


@pytest.mark.parametrize(
    ("resource", "kind", "namespace"),
    [("kuberay-deployment", Deployment, "kuberay-system"), ("train-cluster", RayCluster, "ray")],
)
def test_an_update_killed_in_the_middle_recovers_as_documented(
    project: Project, client: Client, resource: str, kind: Any, namespace: str
) -> None:
    project.destroy()
    made = partial(until, lambda: list(client.list(kind, namespace=namespace)), f"{resource} is made")
    project.killed_while(f"{resource} creating", "up", "--yes", "--skip-preview", wait=made)
    for command in RECOVERY:
        project.run(*command).succeeded()
    project.up(**TAKEN_OVER)
    assert project.up() == {}
    assert [cluster["metadata"]["name"] for cluster in client.list(RayCluster, namespace="ray")] == ["train"]
    assert "pending_operations" not in project.state()
