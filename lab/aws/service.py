"""Simulated AWS as a process of a lab."""

import os
import shlex
import sys
import time
from pathlib import Path

from .. import processes
from ..controlplane import ControlPlane, Identity
from ..controlplane.ports import keep_ports
from ..controlplane.site import LOOPBACK
from ..errors import LabError
from ..locks import locked
from ..paths import cache_home, write_private
from ..processes import Spec
from ..progress import Progress
from .client import Control
from .environment import AWS, ENDPOINT_FILE, aws_programs

_MOTO = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION": "true"}
"""AWS's own policies are there, and instance types are known ones."""

_PORTS = "aws-ports.json"
_READY_SECONDS = 60.0
_POLL_SECONDS = 0.1


class SimulatedAwsProcess:
    """Simulated AWS of one lab, in whose state folder its port is kept."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def up(self, plane: ControlPlane | None, progress: Progress) -> None:
        """Make it run and answer, beside ``plane``, which is the control plane of its clusters; None imagines one."""
        died = AWS in processes.names(self._state) and not processes.alive(self._state, AWS)
        with locked(cache_home() / "ports.lock", "choosing ports", progress):
            ours = frozenset({AWS}) if processes.alive(self._state, AWS) else frozenset[str]()
            port = keep_ports(self._state / _PORTS, (AWS,), ours, LOOPBACK)[AWS]
            write_private(self._state / ENDPOINT_FILE, _endpoint(port))
            processes.start(self._state, self._process(port, plane))
        self._write_command()
        with progress.step(f"starting simulated AWS at {_endpoint(port)}"):
            self._wait(Control(_endpoint(port)))
        if died:
            remedy = "end the lab with 'rayform lab down' and begin anew, or let 'pulumi refresh' see it"
            progress.say(f"Simulated AWS had ended, and what it had is gone; {remedy}.")

    def down(self) -> None:
        """End it, and what it remembers."""
        processes.stop(self._state, AWS)

    def _process(self, port: int, plane: ControlPlane | None) -> Spec:
        argv = (sys.executable, "-P", "-m", "rayform.lab.aws", str(port), *map(str, self._kubeconfigs(plane)))
        env = {"PYTHONUNBUFFERED": "1", **_MOTO, **(plane.mark if plane else {})}
        if path := os.environ.get("PYTHONPATH"):
            env["PYTHONPATH"] = path
        return Spec(AWS, argv, env=env, stop_seconds=5)

    def _write_command(self) -> None:
        """The program ``aws`` that kubeconfigs of EKS run, in a folder of its own for PATH."""
        program = f"exec {shlex.quote(sys.executable)} -P -m rayform.lab.aws.command"
        write_private(aws_programs(self._state) / "aws", f'#!/bin/sh\n{program} "$@"\n').chmod(0o700)

    def _kubeconfigs(self, plane: ControlPlane | None) -> list[Path]:
        return [plane.kubeconfig_for(Identity(AWS, "rayform:aws", "system:masters"))] if plane else []

    def _wait(self, control: Control) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            try:
                control.clock()
            except LabError:
                processes.require_alive(self._state, AWS)
                if time.monotonic() > deadline:
                    raise
                time.sleep(_POLL_SECONDS)
            else:
                return


def _endpoint(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"
