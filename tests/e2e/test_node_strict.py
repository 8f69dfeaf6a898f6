"""The strict profile on the real node: Ray runs as a user whom its image does not know, on a root that is read-only."""

import json
from collections.abc import Generator
from typing import Any

import pytest
from example_programs import PROGRAMS, ran
from node_room import IMAGE, create, kubectl, ready, running
from operator_pods import operator_pods
from rayform.lab import Lab

pytestmark = pytest.mark.e2e

# A head offers no CPUs to tasks, so this one asks for none.
TASK = "import ray; ray.init(); print('task', ray.get(ray.remote(num_cpus=0)(lambda: 6 * 7).remote(), timeout=120))"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    with running(tmp_path_factory.mktemp("home"), "strict") as lab:
        yield lab


def head() -> dict[str, Any]:
    """The head that the operator would make of the example, smaller, and from the only image that the lab has."""
    program = next(folder for folder in PROGRAMS if folder.name == "locked-down")
    (job,) = [each.inputs for each in ran(program).resources if each.type == "kubernetes:ray.io/v1:RayJob"]
    made: dict[str, Any] = operator_pods([job])[0][0]
    container = made["spec"]["containers"][0]
    container["image"] = IMAGE
    container["resources"] = {"limits": {"cpu": "2", "memory": "4Gi"}, "requests": {"cpu": "100m"}}
    return made


def prepare(lab: Lab, namespace: str, secret: str) -> None:
    levels = {"pod-security.kubernetes.io/enforce": "restricted"}
    core = {"apiVersion": "v1"}
    create(lab, {**core, "kind": "Namespace", "metadata": {"name": namespace, "labels": levels}})
    create(lab, {**core, "kind": "ServiceAccount", "metadata": {"name": "job", "namespace": namespace}})
    token = {"auth_token": "a-token-of-the-test"}
    create(lab, {**core, "kind": "Secret", "metadata": {"name": secret, "namespace": namespace}, "stringData": token})


def test_ray_runs_under_the_strict_profile(lab: Lab) -> None:
    made = head()
    name, place = made["metadata"]["name"], made["metadata"]["namespace"]
    prepare(lab, place, made["metadata"]["labels"]["ray.io/cluster"])
    create(lab, made)
    ready(lab, name, place)
    inside = ("exec", "--namespace", place, name, "--container", "ray-head", "--", "/bin/bash", "-c")

    assert kubectl(lab, *inside, "id -u; touch /etc/x 2>&1 || true").split("\n")[0] == "10001"
    assert "Read-only file system" in kubectl(lab, *inside, "touch /etc/x 2>&1 || true")
    assert "task 42" in kubectl(lab, *inside, f"python -c {json.dumps(TASK)}")
