"""The whole program on a real node: real KubeRay, real Ray, jobs that end well and jobs that do not."""

from collections.abc import Iterator
from typing import Any

import pytest
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.core_v1 import Namespace, Pod
from node_room import running
from patience import until
from rayform.lab import Lab
from stack_room import Project

pytestmark = pytest.mark.e2e

RayJob = create_namespaced_resource("ray.io", "v1", "RayJob", "rayjobs")
ON_THE_CLUSTER = {
    "cluster_selector": {"ray.io/cluster": "ray"},
    "submitter": {"image": "rayproject/ray:2.60.0", "cpu": "200m", "memory": "512Mi"},
}
WORKS = """python -c "
import ray
ray.init()
@ray.remote
def square(number): return number * number
@ray.remote
class Counter:
    def __init__(self): self.total = 0
    def add(self, number): self.total += number; return self.total
counter = Counter.remote()
print('total', ray.get([counter.add.remote(n) for n in ray.get([square.remote(n) for n in range(5)])])[-1])
"
"""
TICK = {
    "schedule": "* * * * *",
    "accepts": ["schedule-leaves-jobs"],
    "job_template": {
        "entrypoint": "python -c 'print(1)'",
        "cluster_selector": {"ray.io/cluster": "ray"},
        "submission_mode": "HTTPMode",
    },
}
FAILS = """python -c "raise SystemExit('the data is not there')" """


def settings(*, cronjobs: dict[str, Any] | None = None, **jobs: str) -> dict[str, Any]:
    group = {"name": "gpu", "cpu": "400m", "memory": "1Gi", "gpus": 1, "replicas": 1, "max_replicas": 1}
    cluster = {"ray_version": "2.60.0", "head": {"cpu": "500m", "memory": "2Gi"}, "workers": [group]}
    entries = {name: {"entrypoint": text, **ON_THE_CLUSTER} for name, text in jobs.items()}
    kuberay = {"version": "1.6.2", "feature_gates": {"RayCronJob": True}}
    return {"kuberay": kuberay, "clusters": {"ray": cluster}, "jobs": entries, "cronjobs": cronjobs or {}}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("home"), "stack") as lab:
        yield lab


@pytest.fixture(scope="module", autouse=True)
def project(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(lab, tmp_path_factory.mktemp("real"), settings=settings(first=WORKS))
    project.up()
    return project


@pytest.fixture
def client(lab: Lab) -> Iterator[Client]:
    with lab.client() as client:
        yield client


def ray_pods(client: Client, kind: str) -> dict[str, str]:
    """Ray pods of a kind that are ready, as uid by name."""
    return ready_pods(client, "ray", {"ray.io/cluster": "ray", "ray.io/node-type": kind})


def ready_pods(client: Client, namespace: str, labels: dict[str, str] | None = None) -> dict[str, str]:
    pods = [pod.to_dict() for pod in client.list(Pod, namespace=namespace, labels=labels)]
    return {
        pod["metadata"]["name"]: pod["metadata"]["uid"]
        for pod in pods
        if any(each["type"] == "Ready" and each["status"] == "True" for each in pod["status"].get("conditions", []))
    }


def test_the_cluster_is_ready_when_the_update_ends(client: Client) -> None:
    assert [len(ray_pods(client, kind)) for kind in ("head", "worker")] == [1, 1]


def test_a_job_of_tasks_and_an_actor_succeeds_and_its_output_is_read(client: Client) -> None:
    pods = client.list(Pod, namespace="ray", labels={"batch.kubernetes.io/job-name": "first"})
    name = next(pod.metadata.name for pod in pods)
    assert "total 30" in "".join(client.log(name, namespace="ray"))
    assert client.get(RayJob, "first", namespace="ray")["status"]["jobStatus"] == "SUCCEEDED"


def test_a_second_up_changes_nothing_and_runs_no_job_again(project: Project) -> None:
    assert project.up() == {}


def started(client: Client) -> list[dict[str, Any]]:
    """The jobs that the schedule started."""
    jobs = client.list(RayJob, namespace="ray", labels={"ray.io/cronjob-name": "tick"})
    return [job.to_dict() for job in jobs]


def status_of(job: dict[str, Any]) -> str | None:
    status: dict[str, Any] = job.get("status") or {}
    return status.get("jobStatus")


def test_a_schedule_starts_a_job_every_time_it_comes_round(project: Project, client: Client) -> None:
    project.write(settings=settings(first=WORKS, cronjobs={"tick": TICK}))
    assert project.up() == {"create": 2}

    # A job that has just started has no status yet.
    until(lambda: [job for job in started(client) if status_of(job) == "SUCCEEDED"], "a job succeeds")


def test_a_schedule_that_is_suspended_starts_no_more_and_takes_its_jobs_with_it(
    project: Project, client: Client
) -> None:
    project.write(settings=settings(first=WORKS, cronjobs={"tick": TICK | {"suspend": True}}))
    assert project.up() == {"update": 1}
    assert started(client)

    project.write(settings=settings(first=WORKS))
    assert project.up() == {"delete": 2}
    until(lambda: not started(client), "the jobs are gone with their schedule")


def test_a_worker_that_is_deleted_comes_back(client: Client) -> None:
    before = ray_pods(client, "worker")
    client.delete(Pod, next(iter(before)), namespace="ray")
    until(lambda: ray_pods(client, "worker").keys() - before.keys(), "another worker is ready")


def test_a_job_that_fails_fails_the_update_with_its_own_message(project: Project) -> None:
    project.write(settings=settings(first=WORKS, second=FAILS))
    output = project.run("up", "--yes", "--skip-preview").failed().output
    assert "RayJob second: " in output
    assert "exit code 1" in output
    assert "Traceback" not in output


def test_a_job_mended_by_its_author_runs_again(project: Project, client: Client) -> None:
    project.write(settings=settings(first=WORKS, second=WORKS))
    # The component remembers what its job was: that is the update beside the replacement.
    assert project.up() == {"replace": 1, "update": 1}
    assert client.get(RayJob, "second", namespace="ray")["status"]["jobStatus"] == "SUCCEEDED"


def test_an_operator_that_restarts_disturbs_no_pod(project: Project, client: Client) -> None:
    before = ray_pods(client, "head") | ray_pods(client, "worker")
    (operator,) = ready_pods(client, "kuberay-system")
    client.delete(Pod, operator, namespace="kuberay-system")
    until(lambda: ready_pods(client, "kuberay-system").keys() - {operator}, "another operator is ready")
    assert project.up() == {}
    assert ray_pods(client, "head") | ray_pods(client, "worker") == before


def test_destroy_leaves_no_pod_and_no_namespace(project: Project, client: Client) -> None:
    project.destroy()
    names = {namespace.metadata.name for namespace in client.list(Namespace)}
    assert not {"ray", "kuberay-system"} & names
