"""Pods on the real node reach what pods reach, as whom they should, and are reached."""

import contextlib
import json
from collections.abc import Generator
from http.client import HTTPConnection
from typing import Any

import pytest
from node_room import RESTRICTED, create, kubectl, phase, pod, ready, running
from patience import until
from rayform.lab import Lab, Silent, processes

pytestmark = pytest.mark.e2e

ASK_THE_API = """
import ssl, urllib.request
home = "/var/run/secrets/kubernetes.io/serviceaccount"
trusted = ssl.create_default_context(cafile=f"{home}/ca.crt")
token = {"Authorization": "Bearer " + open(f"{home}/token").read()}
asked = urllib.request.Request("https://kubernetes.default.svc/version", headers=token)
print(urllib.request.urlopen(asked, context=trusted).read().decode())
"""
RUN_RAY = """
import ray
ray.init(num_cpus=2, num_gpus=2)
@ray.remote
def square(number): return number * number
@ray.remote(num_gpus=1)
class Counter:
    def __init__(self): self.total = 0
    def add(self, number): self.total += number; return self.total
counter = Counter.remote()
print("squares", ray.get([square.remote(number) for number in range(4)]))
print("total", ray.get([counter.add.remote(number) for number in range(4)])[-1])
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    with running(tmp_path_factory.mktemp("home"), "pods") as lab:
        kubectl(lab, "label", "namespace", "default", "pod-security.kubernetes.io/enforce=restricted")
        yield lab


@pytest.fixture(scope="module")
def server(lab: Lab) -> Lab:
    """The lab with a Service ``web`` whose only pod answers on port 8000."""
    service = {
        "metadata": {"name": "web"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 8000}]},
    }
    create(lab, pod("web", "echo serving; exec python -m http.server 8000", labels={"app": "web"}))
    create(lab, {"apiVersion": "v1", "kind": "Service", **service})
    ready(lab, "web")
    until(lambda: "200 OK" in inside(lab, "wget -S -q -O- http://127.0.0.1:8000/ 2>&1 || true"), "the pod serves")
    return lab


def inside(lab: Lab, script: str) -> str:
    return kubectl(lab, "exec", "web", "--", "/bin/bash", "-c", script)


def node(lab: Lab) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kubectl(lab, "get", "nodes", "--output=json"))["items"][0]
    return found


def test_the_node_is_ready_and_offers_gpus(lab: Lab) -> None:
    status = node(lab)["status"]

    assert [entry["status"] for entry in status["conditions"] if entry["type"] == "Ready"] == ["True"]
    assert status["capacity"]["nvidia.com/gpu"] == status["allocatable"]["nvidia.com/gpu"] == "4"


def test_a_pod_resolves_a_service_and_reaches_itself_through_it(server: Lab) -> None:
    asked = "wget -q -O- http://web.default.svc.cluster.local/ || true"
    until(lambda: "Directory listing" in inside(server, asked), "the Service leads to its pod")


def test_a_pod_reaches_the_api_server_as_its_service_account(server: Lab) -> None:
    answer = kubectl(server, "exec", "web", "--", "python", "-c", ASK_THE_API)

    assert json.loads(answer)["gitVersion"] == "v1.34.4"


def test_the_host_reaches_a_service_by_the_nodes_address(server: Lab) -> None:
    kubectl(server, "expose", "pod", "web", "--name=outside", "--type=NodePort", "--port=8000")
    wanted = "--output=jsonpath={..addresses[0].address} {..nodePort}"
    address, port = kubectl(server, "get", "nodes,services", wanted).split()

    until(lambda: answers(address, int(port)), "the host is answered")


def answers(address: str, port: int) -> bool:
    connection = HTTPConnection(address, port, timeout=2)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    return False


def test_names_outside_the_cluster_are_refused_at_once(server: Lab) -> None:
    assert "rc=2" in inside(server, "timeout 10 getent hosts example.org; echo rc=$?")


def test_logs_are_read_and_commands_run(server: Lab) -> None:
    assert kubectl(server, "logs", "web").startswith("serving\n")
    assert inside(server, "id").strip() == "uid=1000(ray) gid=100(users) groups=100(users)"


def test_the_image_has_what_probes_and_users_call(server: Lab) -> None:
    assert inside(server, "command -v bash wget ps ray python pip").split() == [
        "/usr/bin/bash",
        "/usr/bin/wget",
        "/usr/bin/ps",
        *(f"/home/ray/anaconda3/bin/{name}" for name in ("ray", "python", "pip")),
    ]
    assert inside(server, "ray --version; echo $HOME; pwd").split("\n") == [
        "ray, version 2.60.0",
        *["/home/ray"] * 2,
        "",
    ]


def test_ray_runs_tasks_and_actors_on_gpus_it_asked_for(lab: Lab) -> None:
    create(lab, pod("ray", f"python -c '{RUN_RAY}'", gpus=2))
    until(lambda: phase(lab, "ray") in {"Succeeded", "Failed"}, "the Ray program ends")
    said = kubectl(lab, "logs", "ray")

    assert "squares [0, 1, 4, 9]" in said
    assert "total 6" in said


def test_more_gpus_than_the_node_has_wait(lab: Lab) -> None:
    create(lab, pod("greedy", "true", gpus=5))

    def reason() -> str:
        return kubectl(lab, "get", "pod", "greedy", "--output=jsonpath={.status.conditions[0].message}")

    assert "Insufficient nvidia.com/gpu" in until(reason, "the scheduler says why")


def test_a_program_that_uses_too_much_memory_is_ended(lab: Lab) -> None:
    create(lab, pod("hungry", "python -c 'bytearray(3 << 30)'"))
    until(lambda: phase(lab, "hungry") == "Failed", "the pod fails")
    path = "--output=jsonpath={.status.containerStatuses[0].state.terminated.exitCode}"

    # By SIGKILL, which nobody else sent; whether the runtime hears why before it tells of the end is chance.
    assert kubectl(lab, "get", "pod", "hungry", path) == "137"


def test_a_second_up_changes_nothing(server: Lab) -> None:
    before = {name: processes.pid(server.state, name) for name in processes.names(server.state)}
    server.up(Silent())

    assert {name: processes.pid(server.state, name) for name in processes.names(server.state)} == before
    assert phase(server, "web") == "Running"


def test_restricted_pods_are_all_there_are(lab: Lab) -> None:
    free = pod("free", "true")
    free["spec"]["containers"][0]["securityContext"] = {**RESTRICTED, "runAsNonRoot": False, "runAsUser": 0}

    with pytest.raises(AssertionError, match='violates PodSecurity "restricted'):
        create(lab, free)
