"""Simulated nodes: kwok plays their kubelets, so pods are scheduled and become ready but no container runs.

Pods of a Job complete at once; deletions are honoured at once.
"""

import os
import sys
from pathlib import Path

from lightkube.resources.core_v1 import Node

from .. import processes
from ..client import kubernetes
from ..controlplane import ControlPlane, Identity
from ..paths import write_private
from ..processes import Spec
from ..progress import Progress
from ..toolchain import resolve
from .operator_runner import OPERATOR
from .provider import Ground
from .registration import await_ready, register
from .shape import DEFAULT_SHAPES, NodeShape

KWOK = "kwok"
RUNNER = "operator-runner"

_POD_CIDR = "10.128.0.0/9"
_LEASE_SECONDS = 40


class SimulatedNodes:
    """The simulated nodes of one lab, and the operator that runs beside them with its own rights.

    A ``bare`` lab has none to begin with: whoever asked for it brings its own.
    """

    def __init__(self, state: Path, *, bare: bool = False) -> None:
        self._state = state
        self._bare = bare

    def prepare(self, progress: Progress) -> Ground:
        """Nothing is needed: the control plane stands on loopback."""
        del progress
        return Ground()

    def up(self, plane: ControlPlane, progress: Progress) -> None:
        """Start kwok and the operator's runner; a lab without any node gets :data:`DEFAULT_SHAPES`, unless bare."""
        kwok, operator = resolve(KWOK, progress), resolve(OPERATOR, progress)
        processes.start(self._state, self._kwok(kwok, plane))
        processes.start(self._state, self._runner(operator, plane))
        with kubernetes(plane.kubeconfig) as client:
            empty = next(iter(client.list(Node)), None) is None
        if empty and not self._bare:
            for shape in DEFAULT_SHAPES:
                self.add(plane, shape, progress)
        for name in self.components():
            processes.require_alive(self._state, name)

    def add(self, plane: ControlPlane, shape: NodeShape, progress: Progress) -> None:
        """Make exactly ``shape.count`` nodes of that shape be there and ready; those beyond are removed."""
        told = f"simulating {shape.count} nodes of shape {shape.name}"
        with progress.step(told), kubernetes(plane.kubeconfig) as client:
            register(client, shape)
            await_ready(client, shape, lambda: processes.require_alive(self._state, KWOK))

    def down(self, progress: Progress) -> None:
        """End the operators, their runner and kwok."""
        del progress
        # The runner first: it would start an operator again that has ended.
        operators = [name for name in processes.names(self._state) if name.startswith(f"{OPERATOR}-")]
        for name in (RUNNER, *operators, KWOK):
            processes.stop(self._state, name)

    def components(self) -> tuple[str, ...]:
        """Kwok and the operator's runner."""
        return (KWOK, RUNNER)

    def _kwok(self, program: Path, plane: ControlPlane) -> Spec:
        # An empty file: the stages that kwok carries, not whatever ~/.kwok holds.
        config = write_private(self._state / "kwok.yaml", "")
        flags = {
            "config": config,
            "kubeconfig": plane.kubeconfig_for(Identity(KWOK, "rayform:kwok", "system:masters")),
            "manage-all-nodes": "true",
            "node-lease-duration-seconds": _LEASE_SECONDS,
            "cidr": _POD_CIDR,
            "v": "WARN",  # else every lease of every node is a line
        }
        argv = (str(program), *(f"--{flag}={value}" for flag, value in flags.items()))
        return Spec(KWOK, argv, env=plane.mark, stop_seconds=3)

    def _runner(self, operator: Path, plane: ControlPlane) -> Spec:
        kubeconfig = plane.kubeconfig_for(Identity(RUNNER, "rayform:operator-runner", "system:masters"))
        module = "rayform.lab.nodes.operator_runner"
        argv = (sys.executable, "-P", "-m", module, str(self._state), str(operator), str(kubeconfig))
        env = {"PYTHONUNBUFFERED": "1", **plane.mark}
        if path := os.environ.get("PYTHONPATH"):
            env["PYTHONPATH"] = path
        return Spec(RUNNER, argv, env=env, stop_seconds=30)
