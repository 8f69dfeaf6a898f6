"""What the real engine shows of an edit at preview: its lines, its silence where nothing changes, its refusals.

No operator runs here, and nothing is awaited: an edit is told from what the engine remembers.
"""

from collections.abc import Generator
from typing import Any

import pytest
from crd_room import kuberay_crds
from lab_room import running
from stack_room import Project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
from rayform.components import Head, RayCluster, RayClusterSpec, RayJob, RayJobSpec, WorkerGroup
from rayform.components.ray.resource import RayResource
from rayform.components.ray.rules import Operator

asked = {asked}
now = {{"object_annotations": {{"pulumi.com/skipAwait": "true"}}}}
sizes = {{"cpu": 1, "memory": "2Gi", "min_replicas": 0, "max_replicas": 4}}
token = pulumi.Output.secret(asked["token"])
RayCluster("train", RayClusterSpec(
    ray_version="2.60.0",
    head=Head(cpu=1, memory="4Gi", image=asked["image"], env={{"TOKEN": token}}),
    workers=[WorkerGroup(name=name, replicas=asked["workers"], **sizes) for name in asked["groups"]],
    **now,
))
RayJob("first", RayJobSpec(
    entrypoint=asked["entrypoint"], cluster_selector={{"ray.io/cluster": "train"}}, submission_mode="HTTPMode",
    wait="created", **now,
))
container = {{"name": "ray", "image": asked["image"], "resources": {{"limits": {{"nvidia.com/gpu": "4"}}}}}}
group = {{"groupName": "gpu", "replicas": 2, "minReplicas": 0, "maxReplicas": asked["most"], "rayStartParams": {{}},
          "template": {{"spec": {{"containers": [container]}}}}}}
head = {{"rayStartParams": {{}}, "template": {{"spec": {{"containers": [{{"name": "ray", "image": "ray"}}]}}}}}}
RayResource("llm-service", {{
    "apiVersion": "ray.io/v1", "kind": "RayService",
    "metadata": {{"name": "llm", "annotations": now["object_annotations"]}},
    "spec": {{"rayClusterConfig": {{"headGroupSpec": head, "workerGroupSpecs": [group]}}}},
}}, Operator.assumed(), pulumi.ResourceOptions())
"""
ASKED = {
    "token": "hush-hush",
    "image": "rayproject/ray:2.60.0",
    "workers": 1,
    "groups": ["cpu", "big"],
    "entrypoint": "python a.py",
    "most": 4,
}
REMOVED = (
    "RayCluster train: workers[big]: refused; its pods would go on running, with no one to end them (#1739); "
    "set its replicas and min_replicas to 0 first and remove it then"
)


def program(**changed: Any) -> str:
    return PROGRAM.format(asked={**ASKED, **changed})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Generator[Project]:
    with running(tmp_path_factory.mktemp("home"), "previews") as lab:
        with lab.client() as client:
            kuberay_crds(client)
        made = Project(lab, tmp_path_factory.mktemp("previews"), program())
        assert made.up() == {"create": 6}
        yield made


def previewed(project: Project, **changed: Any) -> str:
    project.write(program(**changed))
    return project.preview().succeeded().output


def test_an_edit_that_is_taken_live_is_told(project: Project) -> None:
    assert (
        "RayCluster train: workers[cpu].replicas, workers[big].replicas: applied live; workers are added or removed"
    ) in previewed(project, workers=2)


def test_an_image_is_told_for_every_object_that_has_it(project: Project) -> None:
    shown = previewed(project, image="rayproject/ray:2.60.0-py312")

    assert "RayCluster train: head.image: only to new pods; running pods keep the old one; set upgrade" in shown
    assert "RayService llm: ray_cluster_config.workers[gpu].image: second cluster; a second cluster runs" in shown
    assert "8 GPUs more, 16 GPUs in all meanwhile" in shown


def test_a_changed_secret_is_told_and_stays_one(project: Project) -> None:
    shown = previewed(project, token="hush-hush-2")

    assert "RayCluster train: head.env[TOKEN]" in shown
    assert "hush-hush" not in shown


def test_a_job_that_will_run_again_is_told(project: Project) -> None:
    assert (
        "RayJob first: entrypoint: ignored until re-created; this update re-creates it: the job is deleted, and runs "
        "again as it now is"
    ) in previewed(project, entrypoint="python b.py")


def test_nothing_is_told_where_nothing_changes(project: Project) -> None:
    shown = previewed(project)

    assert "6 unchanged" in shown
    assert not [line for line in shown.splitlines() if "train:" in line or "first:" in line or "llm:" in line]


def test_a_removed_group_is_refused_at_preview(project: Project) -> None:
    project.write(program(groups=["cpu"]))
    shown = project.preview().failed().output

    assert REMOVED in shown
    assert "Traceback" not in shown


def test_bounds_of_a_service_are_refused_at_preview(project: Project) -> None:
    project.write(program(most=8))

    assert (
        "RayService llm: ray_cluster_config.workers[gpu].max_replicas: refused; a service never passes it on to its "
        "running cluster (#2331, #4568)"
    ) in project.preview().failed().output


def test_an_update_without_a_preview_refuses_as_well(project: Project) -> None:
    project.write(program(groups=["cpu"]))

    assert REMOVED in project.run("up", "--yes", "--skip-preview").failed().output
    assert project.changes() == {}


def test_the_way_out_is_one(project: Project) -> None:
    project.write(program(workers=0))
    assert project.up() == {"update": 1}

    project.write(program(workers=0, groups=["cpu"]))
    assert "workers[big]: applied live; the group has no pods any more" in project.preview().succeeded().output
    assert project.up() == {"update": 1}


def test_what_needs_no_program_needs_no_hook(project: Project) -> None:
    assert project.refresh() == {}
    assert project.destroy() == {"delete": 6}
