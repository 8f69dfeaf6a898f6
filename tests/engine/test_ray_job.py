"""A Ray job on the real engine: its end is awaited, its failure is the update's, a change runs it again.

No operator runs here: the test writes into the job's status what an operator would.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from crd_room import kuberay_crds
from lab_room import running
from lightkube import ApiError, Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.types import PatchType
from patience import until
from stack_room import Project, Ran

pytestmark = pytest.mark.engine

RayJob = create_namespaced_resource("ray.io", "v1", "RayJob", "rayjobs")
PROGRAM = """
import pulumi
from rayform.components import RayJob, RayJobSpec, Submitter

job = RayJob("nightly", RayJobSpec(
    entrypoint="{entrypoint}",
    cluster_selector={{"ray.io/cluster": "train"}},
    submitter=Submitter(image="rayproject/ray:2.60.0"),
    active_deadline_seconds=60,
))
pulumi.export("status", job.status)
pulumi.export("message", job.message)
"""
FAILED = {
    "jobDeploymentStatus": "Failed",
    "jobStatus": "FAILED",
    "reason": "AppFailed",
    "jobId": "nightly-x1",
    "message": "Job entrypoint command failed with exit code 3",
}
SAID = "RayJob nightly: job nightly-x1 did not succeed (AppFailed): Job entrypoint command failed with exit code 3"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Generator[Project]:
    with running(tmp_path_factory.mktemp("home")) as lab:
        with lab.client() as client:
            kuberay_crds(client)
        yield Project(lab, tmp_path_factory.mktemp("job"), PROGRAM.format(entrypoint="python fails.py"))


@pytest.fixture
def client(project: Project) -> Generator[Client]:
    with project.lab.client() as client:
        yield client


def ended(project: Project, client: Client, status: dict[str, Any], entrypoint: str) -> Ran:
    """An update whose job ends with a status, written as soon as the job is there."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        update = aside.submit(project.run, "up", "--yes", "--skip-preview")
        until(lambda: entrypoint_of(client) == entrypoint, "the job of this update")
        client.patch(RayJob.Status, "nightly", {"status": status}, namespace="default", patch_type=PatchType.MERGE)
        return update.result()


def entrypoint_of(client: Client) -> str | None:
    try:
        entrypoint: str = client.get(RayJob, "nightly", namespace="default")["spec"]["entrypoint"]
    except ApiError:
        return None
    return entrypoint


def test_a_failed_job_fails_the_update_in_its_own_words(project: Project, client: Client) -> None:
    output = ended(project, client, FAILED, "python fails.py").failed().output

    assert SAID in output
    assert "Traceback" not in output


def test_a_failed_job_keeps_failing_until_it_changes(project: Project) -> None:
    output = project.run("up", "--yes", "--skip-preview").failed().output

    assert SAID in output
    assert project.changes() == {}


def test_a_preview_tells_of_the_failed_job_and_goes_on(project: Project) -> None:
    assert SAID in project.preview().succeeded().output


def test_a_changed_job_replaces_the_failed_one_and_succeeds(project: Project, client: Client) -> None:
    project.write(PROGRAM.format(entrypoint="python works.py"))
    status = {"jobDeploymentStatus": "Complete", "jobStatus": "SUCCEEDED", "message": "done"}

    assert "error" not in ended(project, client, status, "python works.py").succeeded().output
    # The component remembers what its job was: that is the update beside the replacement.
    assert project.changes() == {"replace": 1, "update": 1}
    assert project.run("stack", "output", "status").succeeded().output.strip() == "SUCCEEDED"


def test_a_job_that_ended_is_not_run_again(project: Project) -> None:
    assert project.up() == {}
    assert project.destroy() == {"delete": 3}
