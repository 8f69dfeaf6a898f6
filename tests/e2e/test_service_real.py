"""A service on a real node: it answers, is upgraded without a failed request, and tells why it cannot be deployed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.core_v1 import Namespace, Pod
from node_room import create, kubectl, pod, running
from patience import until
from rayform.components import (
    RuntimeEnv,
    ServeActorOptions,
    ServeApplication,
    ServeAutoscaling,
    ServeConfig,
    ServeDeployment,
    ServeGrpcOptions,
    ServeHttpOptions,
    ServeLogging,
)
from rayform.components.ray.manifest.native import native_text
from rayform.components.ray.serve_schema import ASK
from rayform.lab import Lab
from stack_room import Project

pytestmark = pytest.mark.e2e

RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
PROGRAM = Path(__file__).with_name("chat_program.py").read_text()
CLIENT = """exec python -c "
import time
from urllib.request import urlopen
while True:
    try:
        with urlopen('http://chat-serve-svc:8000/', timeout=120) as answer:
            print(answer.read().decode(), flush=True)
    except Exception as error:
        print('failed:', repr(error), flush=True)
    time.sleep(0.05)
"
"""

EVERYTHING = ServeConfig(
    applications=[
        ServeApplication(
            import_path="chat:app",
            args={"size": 3},
            runtime_env=RuntimeEnv(env_vars={"A": "1"}),
            logging_config=ServeLogging(encoding="JSON", log_level="DEBUG", enable_access_log=False),
            external_scaler_enabled=False,
            deployments=[
                ServeDeployment(
                    name="Chat",
                    num_replicas="auto",
                    autoscaling_config=ServeAutoscaling(
                        min_replicas=0,
                        max_replicas=4,
                        initial_replicas=1,
                        target_ongoing_requests=2,
                        look_back_period_s=60,
                        upscale_delay_s=1,
                        downscale_delay_s=1,
                        downscale_to_zero_delay_s=1,
                        upscaling_factor=1,
                        downscaling_factor=1,
                    ),
                    ray_actor_options=ServeActorOptions(
                        num_cpus=0.1,
                        num_gpus=1,
                        memory=1,
                        resources={"tpu": 1},
                        accelerator_type="A10G",
                        label_selector={"ray.io/zone": "a"},
                    ),
                    max_ongoing_requests=1,
                    max_queued_requests=-1,
                    user_config={"a": 1},
                    graceful_shutdown_wait_loop_s=1,
                    graceful_shutdown_timeout_s=1,
                    health_check_period_s=1,
                    health_check_timeout_s=1,
                    placement_group_bundles=[{"CPU": 1}],
                    placement_group_strategy="STRICT_PACK",
                    max_surge_percent=50,
                ),
                ServeDeployment(name="Tokens", num_replicas=2, max_replicas_per_node=1),
            ],
        )
    ],
    proxy_location="HeadOnly",
    http_options=ServeHttpOptions(port=8000, host="::", root_path="/a", request_timeout_s=1),
    grpc_options=ServeGrpcOptions(port=9000, grpc_servicer_functions=["a.b"], enable_reflection=False),
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("home"), "service") as lab:
        yield lab


@pytest.fixture(scope="module", autouse=True)
def project(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(lab, tmp_path_factory.mktemp("chat"), PROGRAM)
    configured(project, answer="one")
    project.up()
    return project


@pytest.fixture
def client(lab: Lab) -> Iterator[Client]:
    with lab.client() as client:
        yield client


def configured(project: Project, **values: str) -> None:
    for key, value in values.items():
        project.run("config", "set", key, value).succeeded()


def answers(lab: Lab) -> list[str]:
    """Everything that the client was answered, in order."""
    return kubectl(lab, "logs", "client", "--namespace=ray").splitlines()


def clusters(client: Client) -> set[str]:
    return {str(each.metadata and each.metadata.name) for each in client.list(RayCluster, namespace="ray")}


def test_a_service_answers_when_the_update_ends(lab: Lab, project: Project, client: Client) -> None:
    asking = pod("client", CLIENT)
    asking["metadata"]["namespace"] = "ray"
    create(lab, asking)
    until(lambda: len(answers_if_there(lab)) > 20, "the client is answered")

    assert set(answers(lab)) == {"one"}
    assert len(clusters(client)) == 1
    assert "http://chat-serve-svc.ray.svc:8000" in project.run("stack", "output", "url").output


def answers_if_there(lab: Lab) -> list[str]:
    phase = kubectl(lab, "get", "pod", "client", "--namespace=ray", "--output=jsonpath={.status.phase}")
    return answers(lab) if phase == "Running" else []


def test_a_second_up_changes_nothing(project: Project) -> None:
    assert project.up() == {}


def said_by_ray(lab: Lab, client: Client, config: object) -> list[Any]:
    """What the Ray of the service's image says of a configuration."""
    heads = client.list(Pod, namespace="ray", labels={"ray.io/node-type": "head"})
    head = next(str(each.metadata and each.metadata.name) for each in heads)
    program = ("python", "-W", "ignore", "-c", ASK)
    answer = kubectl(lab, "exec", "--stdin", "--namespace=ray", head, "--", *program, given=json.dumps(config))
    said: list[Any] = json.loads(answer.strip().rpartition("\n")[2])
    return said


def test_rays_own_schema_takes_every_typed_field(lab: Lab, client: Client) -> None:
    typed = yaml.safe_load(native_text(EVERYTHING))
    wrong = {"applications": [{"import_path": "chat:app", "deployments": [{"name": "A", "max_ongoing_requests": 0}]}]}

    assert said_by_ray(lab, client, typed) == []
    assert [place[:4] for place, _ in said_by_ray(lab, client, wrong)] == [["applications", 0, "deployments", 0]]


def test_an_upgrade_takes_a_new_cluster_and_fails_no_request(lab: Lab, project: Project, client: Client) -> None:
    before, asked = clusters(client), len(answers(lab))
    configured(project, answer="two")

    assert project.up() == {"update": 1}
    until(lambda: answers(lab)[-1] == "two", "the new cluster answers")
    until(lambda: len(clusters(client)) == 1, "the old cluster is gone")
    settled = len(answers(lab))
    until(lambda: len(answers(lab)) > settled + 20, "the client is still answered")

    assert not clusters(client) & before
    assert [answer for answer in answers(lab)[asked:] if answer not in ("one", "two")] == []
    assert {"one", "two"} == set(answers(lab)[asked:])


def test_a_service_that_cannot_be_imported_fails_the_update_in_serves_own_words(project: Project) -> None:
    project.run("destroy", "--yes", "--skip-preview", "--target-dependents", "--target", "**RayService**").succeeded()
    configured(project, module="absent")
    output = project.run("up", "--yes", "--skip-preview").failed().output

    assert "RayService chat: application chat was not deployed: " in output
    assert "No module named 'absent'" in output
    assert "Traceback" not in output.partition("RayService chat: ")[0]


def test_destroy_leaves_nothing(project: Project, client: Client) -> None:
    project.destroy()
    names = {str(namespace.metadata and namespace.metadata.name) for namespace in client.list(Namespace)}
    assert not {"ray", "kuberay-system"} & names
