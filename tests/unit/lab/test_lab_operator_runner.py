"""Who runs the operator, and when, against an API server of the test's own."""

import os
import signal
from pathlib import Path
from typing import Any, cast

import pytest
from lab_machine import Machine, until
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Pod
from rayform.lab import processes
from rayform.lab.client import Kubernetes
from rayform.lab.controlplane import Authority
from rayform.lab.nodes.operator_runner import Runner

PROCESS = "kuberay-operator-ray-kuberay"
LABELS = {"app.kubernetes.io/name": "kuberay-operator"}


class Server:
    """Knows one operator's Deployment and its pods, and signs tokens for them."""

    def __init__(self) -> None:
        selector = {"selector": {"matchLabels": LABELS}, "template": {}}
        self.deployments = [{"metadata": {"name": "kuberay", "namespace": "ray", "labels": LABELS}, "spec": selector}]
        self.pods: list[dict[str, Any]] = []
        self.tokens: list[str] = []

    def runs_pod(self, uid: str, *arguments: str) -> None:
        metadata = {"name": uid, "uid": uid, "namespace": "ray", "creationTimestamp": "2026-01-01T00:00:00Z"}
        spec = {"serviceAccountName": "kuberay", "containers": [{"name": "operator", "args": list(arguments)}]}
        self.pods = [{"metadata": metadata, "spec": spec, "status": {"phase": "Running"}}]

    def list(self, res: Any, **_: Any) -> list[Any]:
        return [res.from_dict(found) for found in {Deployment: self.deployments, Pod: self.pods}[res]]

    def create(self, obj: Any, name: str, **_: Any) -> Any:
        pod = obj.to_dict()["spec"]["boundObjectRef"]["uid"]
        self.tokens.append(f"{name}-{pod}")
        return type(obj).from_dict(
            {
                "spec": {"audiences": []},
                "status": {"token": self.tokens[-1], "expirationTimestamp": "2026-01-01T00:00:00Z"},
            }
        )


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def runner(server: Server, state: Path, machine: Machine, cache: Path) -> Runner:
    """Runs an operator that says its arguments and waits."""
    del cache
    Authority(state / "pki")
    program = machine.has("operator", 'echo "$*"; exec sleep 1000')
    return Runner(state, program, "https://127.0.0.1:1", cast("Kubernetes", server))


def number(state: Path) -> int:
    found = processes.pid(state, PROCESS)
    assert found
    return found


def kill(state: Path) -> None:
    os.kill(number(state), signal.SIGKILL)
    until(lambda: not processes.alive(state, PROCESS))


def test_a_deployment_without_a_running_pod_has_no_operator(runner: Runner, state: Path) -> None:
    runner.turn()

    assert processes.names(state) == ()


def test_a_running_pod_means_an_operator_with_its_arguments(runner: Runner, server: Server, state: Path) -> None:
    server.runs_pod("one", "--watch-namespace=a")
    runner.turn()

    until(lambda: processes.tail(state, PROCESS).startswith("--watch-namespace=a --metrics-addr=127.0.0.1:"))


def test_what_runs_is_left_alone(runner: Runner, server: Server, state: Path) -> None:
    server.runs_pod("one")
    runner.turn()
    before = number(state)
    runner.turn()

    assert number(state) == before
    assert server.tokens == ["kuberay-one"]


def test_another_pod_means_another_process_with_its_own_token(runner: Runner, server: Server, state: Path) -> None:
    server.runs_pod("one")
    runner.turn()
    before = number(state)
    server.runs_pod("two")
    runner.turn()

    assert number(state) != before
    assert (state / "operators" / PROCESS / "token").read_text() == "kuberay-two"


@pytest.mark.parametrize("gone", ["deployments", "pods"])
def test_without_its_pod_the_operator_ends(runner: Runner, server: Server, state: Path, gone: str) -> None:
    server.runs_pod("one")
    runner.turn()
    setattr(server, gone, [])
    runner.turn()

    assert processes.names(state) == ()
    assert list((state / "operators").iterdir()) == []


def test_other_deployments_have_no_operator(runner: Runner, server: Server, state: Path) -> None:
    server.deployments[0]["metadata"]["labels"] = {"app.kubernetes.io/name": "grafana"}
    server.runs_pod("one")
    runner.turn()

    assert processes.names(state) == ()


def test_upstreams_own_label_is_known(runner: Runner, server: Server, state: Path) -> None:
    server.deployments[0]["metadata"]["labels"] = {"app.kubernetes.io/component": "kuberay-operator"}
    server.runs_pod("one")
    runner.turn()

    assert processes.names(state) == (PROCESS,)


def test_one_that_crashes_is_started_again_after_a_pause(runner: Runner, server: Server, state: Path) -> None:
    server.runs_pod("one")
    runner.turn()
    kill(state)
    runner._operators[PROCESS].started += 3600  # as if it had been started just now, on any machine
    runner.turn()
    assert not processes.alive(state, PROCESS)

    runner._operators[PROCESS].started -= 3601
    runner.turn()
    assert processes.alive(state, PROCESS)
    assert runner._operators[PROCESS].crashes == 1


def test_the_end_of_the_runner_is_the_end_of_its_operators(runner: Runner, server: Server, state: Path) -> None:
    server.runs_pod("one")
    runner.turn()
    runner.end()

    assert processes.names(state) == ()
