"""Runs the KubeRay operator where pods run nothing: one process per operator Deployment, with that pod's rights.

``python -m rayform.lab.nodes.operator_runner STATE PROGRAM KUBECONFIG`` looks once a second at the Deployments that
are labelled as the operator's. While one has a running pod, the program runs with the pod's arguments, environment,
mounted files and a token of its ServiceAccount, so that missing rights show as they would in a cluster.
"""

import logging
import shutil
import signal
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import ConfigMap, Pod, Secret

from .. import processes
from ..client import UNREACHABLE, Kubernetes, kubernetes, plain
from ..controlplane.kubeconfig import server_of
from ..controlplane.ports import keep_ports
from ..controlplane.site import LOOPBACK
from ..errors import LabError
from ..locks import locked
from ..paths import cache_home, private, write_private
from ..processes import Spec
from ..progress import Silent
from .operator_account import Account
from .operator_launch import Listening, Read, launch

OPERATOR = "kuberay-operator"
"""The program, the value of its label, and the beginning of each process's name."""

# The chart names the operator by the first, upstream's kustomization by the second.
_LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/component")
_POLL_SECONDS = 1.0
_LONGEST_PAUSE = 30
_STEADY_SECONDS = 300.0
_PORTS = ("metrics", "health")
_log = logging.getLogger("operator-runner")


@dataclass
class Operator:
    """One operator process as the runner remembers it.

    Attributes:
        account: its rights.
        pod: the pod it stands for, by uid.
        started: when, on the monotonic clock.
        crashes: how often in a row it ended soon after its start.
    """

    account: Account
    pod: str = ""
    started: float = 0.0
    crashes: int = 0


class Runner:
    """Keeps one operator process per Deployment that has a running pod."""

    def __init__(self, state: Path, program: Path, server: str, client: Kubernetes) -> None:
        self._state = state
        self._program = program
        self._server = server
        self._client = client
        self._operators: dict[str, Operator] = {}

    def turn(self) -> None:
        """Bring the processes in line with the Deployments, once."""
        wanted = dict(self._pods())
        for name in self._recorded():
            if name not in wanted:
                _log.info("%s: its Deployment has no running pod, ending it", name)
                self._end(name)
        for name, pod in wanted.items():
            self._keep(name, pod)

    def end(self) -> None:
        """End every operator."""
        for name in self._recorded():
            self._end(name)

    def _recorded(self) -> list[str]:
        return [name for name in processes.names(self._state) if name.startswith(f"{OPERATOR}-")]

    def _pods(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for content in map(plain, self._client.list(Deployment, namespace="*")):
            if OPERATOR not in map(content["metadata"].get("labels", {}).get, _LABELS):
                continue
            namespace, labels = content["metadata"]["namespace"], content["spec"]["selector"].get("matchLabels", {})
            pods = [plain(pod) for pod in self._client.list(Pod, namespace=namespace, labels=labels)]
            if running := [pod for pod in pods if _running(pod)]:
                # With several replicas one works and the others wait, so one process stands for all.
                newest = max(running, key=lambda pod: str(pod["metadata"]["creationTimestamp"]))
                yield f"{OPERATOR}-{namespace}-{content['metadata']['name']}", newest

    def _keep(self, name: str, pod: Mapping[str, Any]) -> None:
        folder = private(self._state / "operators" / name)
        authority = self._state / "pki" / "ca.crt"
        operator = self._operators.setdefault(name, Operator(Account(folder, self._server, authority)))
        operator.account.renew(self._client, pod)
        now = time.monotonic()
        if operator.pod != pod["metadata"]["uid"]:
            _log.info("%s: starting for pod %s", name, pod["metadata"]["name"])
            operator.pod, operator.crashes = pod["metadata"]["uid"], 0
        elif processes.alive(self._state, name) or now < operator.started + min(2**operator.crashes, _LONGEST_PAUSE):
            return
        else:
            _log.warning("%s: has ended, starting it again; it said\n%s", name, processes.tail(self._state, name))
            operator.crashes = operator.crashes + 1 if now < operator.started + _STEADY_SECONDS else 0
        operator.started = now
        self._start(name, pod, folder, operator.account)

    def _start(self, name: str, pod: Mapping[str, Any], folder: Path, account: Account) -> None:
        with locked(cache_home() / "ports.lock", "choosing ports", Silent()):
            running = frozenset(_PORTS) if processes.alive(self._state, name) else frozenset[str]()
            ports = keep_ports(folder / "ports.json", _PORTS, running, LOOPBACK)
        listening = Listening(*(f"{LOOPBACK}:{ports[port]}" for port in _PORTS))
        started = launch(pod, folder / "volumes", listening, self._reader(pod["metadata"]["namespace"]))
        for place in started.folders:
            private(place)
        for path, text in started.files.items():
            write_private(path, text)
        env = {**started.env, "KUBECONFIG": str(account.kubeconfig), "RAYFORM_LAB_POD": pod["metadata"]["uid"]}
        processes.start(self._state, Spec(name, (str(self._program), *started.arguments), env=env, stop_seconds=3))

    def _end(self, name: str) -> None:
        processes.stop(self._state, name)
        self._operators.pop(name, None)
        shutil.rmtree(self._state / "operators" / name, ignore_errors=True)

    def _reader(self, namespace: str) -> Read:
        def read(kind: str, name: str) -> Mapping[str, str]:
            if kind == "ConfigMap":
                data: dict[str, str] = plain(self._client.get(ConfigMap, name, namespace=namespace)).get("data", {})
                return data
            secret = plain(self._client.get(Secret, name, namespace=namespace)).get("data", {})
            return {key: b64decode(value).decode() for key, value in secret.items()}

        return read


def main(arguments: list[str]) -> int:
    """Run until SIGTERM or SIGINT; ``arguments`` are the lab's state, the operator's program and a kubeconfig."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    state, program, kubeconfig = map(Path, arguments)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_set, stopping))
    with kubernetes(kubeconfig) as client:
        runner = Runner(state, program, server_of(kubeconfig), client)
        while not stopping.wait(_POLL_SECONDS):
            try:
                runner.turn()
            except (LabError, *UNREACHABLE) as error:
                _log.warning("trying again: %s", error)
        runner.end()
    return 0


def _set(event: threading.Event, _number: int, _frame: FrameType | None) -> None:
    event.set()


def _running(pod: Mapping[str, Any]) -> bool:
    return pod.get("status", {}).get("phase") == "Running" and not pod["metadata"].get("deletionTimestamp")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
