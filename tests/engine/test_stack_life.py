"""The whole program through the real engine, on a real API server, with the real operator on simulated nodes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from lab_room import running
from lightkube import ApiError, Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Namespace, Pod, Service
from lightkube.resources.rbac_authorization_v1 import ClusterRole
from lightkube.types import PatchType
from patience import until
from rayform.lab import Lab
from stack_room import Project

pytestmark = pytest.mark.engine

BY_HAND: Any = {"patch_type": PatchType.MERGE, "field_manager": "kubectl-edit"}
RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")


def settings(workers: int = 1, **more: Any) -> dict[str, Any]:
    group = {"name": "gpu", "cpu": 2, "memory": "8Gi", "gpus": 1, "replicas": workers, "max_replicas": 4}
    cluster = {"ray_version": "2.60.0", "head": {"cpu": 2, "memory": "8Gi"}, "workers": [group], **more}
    return {"kuberay": {"version": "1.6.2"}, "clusters": {"train": cluster}}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("home")) as lab:
        yield lab


@pytest.fixture(scope="module")
def client(lab: Lab) -> Iterator[Client]:
    with lab.client() as client:
        yield client


@pytest.fixture(scope="module", autouse=True)
def project(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(lab, tmp_path_factory.mktemp("life"), settings=settings())
    created = project.up()
    assert created["create"] == 17, created
    return project


def test_up_from_empty_brings_head_and_workers(client: Client) -> None:
    pods = list(client.list(Pod, namespace="ray", labels={"ray.io/cluster": "train"}))
    kinds = sorted((pod.metadata.labels["ray.io/node-type"], pod.status.phase) for pod in pods)
    assert kinds == [("head", "Running"), ("worker", "Running")]


def test_a_second_up_changes_nothing(project: Project) -> None:
    assert project.up() == {}


def test_one_more_worker_is_one_update_and_is_awaited(project: Project, client: Client) -> None:
    project.write(settings=settings(workers=2))
    assert project.up() == {"update": 1}
    status = client.get(RayCluster, "train", namespace="ray")["status"]
    assert status["readyWorkerReplicas"] == 2


@pytest.mark.standin(
    "the official provider that can be built waits for status.observedGeneration at every path as well"
)
def test_a_variable_of_a_live_head_reaches_no_pod_and_nobody_waits(project: Project, client: Client) -> None:
    changed = settings(workers=2)
    changed["clusters"]["train"]["head"]["env"] = {"NEW": "1"}
    changed["clusters"]["train"]["timeout_seconds"] = 60
    project.write(settings=changed)
    assert project.up() == {"update": 1}

    train = client.get(RayCluster, "train", namespace="ray")
    (container,) = train["spec"]["headGroupSpec"]["template"]["spec"]["containers"]
    assert {"name": "NEW", "value": "1"} in container["env"]
    (head,) = client.list(Pod, namespace="ray", labels={"ray.io/node-type": "head"})
    assert "NEW" not in {each.name for each in head.spec.containers[0].env}
    project.write(settings=settings(workers=2))
    assert project.up() == {"update": 1}


def test_an_object_deleted_by_hand_is_seen_by_refresh_and_made_again(project: Project, client: Client) -> None:
    service = next(iter(client.list(Service, namespace="kuberay-system"))).metadata.name
    client.delete(Service, service, namespace="kuberay-system")
    assert project.refresh() == {"delete": 1}
    assert project.up() == {"create": 1}
    assert client.get(Service, service, namespace="kuberay-system").metadata.name == service


def test_an_object_edited_by_hand_is_seen_by_refresh_and_mended(project: Project, client: Client) -> None:
    client.patch(Deployment, "kuberay-operator", {"spec": {"replicas": 2}}, namespace="kuberay-system", **BY_HAND)
    assert project.refresh() == {"update": 1}
    assert project.up() == {"update": 1}
    assert client.get(Deployment, "kuberay-operator", namespace="kuberay-system").spec.replicas == 1


def test_a_crd_edited_by_hand_is_seen_by_refresh_and_mended(project: Project, client: Client) -> None:
    name = "rayjobs.ray.io"
    client.patch(CustomResourceDefinition, name, {"spec": {"names": {"categories": ["by-hand"]}}}, **BY_HAND)
    assert project.refresh() == {"update": 1}
    assert project.up() == {"update": 1}
    assert client.get(CustomResourceDefinition, name).spec.names.categories == ["all"]


def test_a_setting_that_cannot_work_is_refused_at_preview_by_name(project: Project) -> None:
    project.write(settings=settings(suspend="maybe"))
    refused = project.preview().failed().output
    project.write(settings=settings(workers=2))
    assert "settings: clusters[train].suspend: " in refused
    assert "Traceback" not in refused


def test_a_rule_that_is_broken_is_refused_at_preview_by_path(project: Project) -> None:
    project.write(settings=settings(upgrade_strategy={"type": "Recreate"}, workers=3, ray_version="2.40.0"))
    refused = project.preview().failed().output
    project.write(settings=settings(workers=2))
    assert "RayCluster train: ray_version: " in refused
    assert "Traceback" not in refused


def test_the_same_program_reaches_a_cluster_by_its_kubeconfig(lab: Lab, client: Client, tmp_path: Path) -> None:
    there = {"existing": True, "version": "1.6.2"}
    other = Project(lab, tmp_path, settings={"namespace": "elsewhere", "kuberay": there}, stack="other")
    other.environment["KUBECONFIG"] = str(tmp_path / "none")
    text = lab.kubeconfig.read_text()
    other.run("config", "set", "--secret", "rayform:kubeconfig", stdin=text).succeeded()
    assert other.up()["create"] == 4
    assert client.get(Namespace, "elsewhere").metadata.name == "elsewhere"
    key = yaml.safe_load(text)["users"][0]["user"]["client-key-data"]
    assert key not in other.state()
    assert other.destroy()["delete"] == 4


def test_destroy_keeps_the_crds_and_nothing_else(project: Project, client: Client) -> None:
    held = {"metadata": {"finalizers": ["test.rayform/held"]}}
    client.patch(RayCluster, "train", held, namespace="ray", **BY_HAND)
    asked = partial(until, lambda: client.get(RayCluster, "train", namespace="ray").metadata.deletionTimestamp, "asked")
    project.killed_while("train-cluster deleting", "destroy", "--yes", "--skip-preview", wait=asked)
    client.patch(RayCluster, "train", {"metadata": {"finalizers": None}}, namespace="ray", **BY_HAND)
    project.run("cancel", "--yes").succeeded()
    project.destroy()
    assert {crd.metadata.name for crd in client.list(CustomResourceDefinition)} == {
        "rayclusters.ray.io",
        "raycronjobs.ray.io",
        "rayjobs.ray.io",
        "rayservices.ray.io",
    }
    assert not [role for role in client.list(ClusterRole) if "kuberay" in role.metadata.name]
    until(lambda: _gone(client, "ray") and _gone(client, "kuberay-system"), "the namespaces are gone")


def _gone(client: Client, namespace: str) -> bool:
    try:
        client.get(Namespace, namespace)
    except ApiError as error:
        return error.status.code == 404
    return False
