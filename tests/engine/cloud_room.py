"""Programs on simulated AWS without a Kubernetes behind it, and what is left of them."""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab_room import until
from provider_room import Stack
from rayform.lab import Lab
from rayform.lab.aws import Control, aws_environment
from rayform.lab.controlplane.ports import keep_ports
from rayform.lab.errors import LabError
from rayform.lab.paths import write_private


@dataclass(frozen=True)
class Cloud:
    """Simulated AWS in a process of its own, beside a lab that is not up."""

    lab: Lab
    environment: Mapping[str, str]

    @property
    def control(self) -> Control:
        """Its control."""
        return Control(self.environment["AWS_ENDPOINT_URL"])


@contextmanager
def clouded(home: Path) -> Generator[Cloud]:
    """Simulated AWS for the block."""
    lab = Lab("clouded", state_home=home)
    lab.state.mkdir(parents=True)
    write_private(lab.kubeconfig, "clusters: [{name: none, cluster: {server: 'https://127.0.0.1:1'}}]")
    port = keep_ports(home / "port.json", ("aws",), frozenset(), "127.0.0.1")["aws"]
    write_private(lab.state / "aws-endpoint", f"http://127.0.0.1:{port}")
    cloud = Cloud(lab, aws_environment(lab.state))
    argv = [sys.executable, "-P", "-m", "rayform.lab.aws", str(port)]
    with subprocess.Popen(argv, env={**os.environ, **cloud.environment}, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: answers(cloud), "simulated AWS answers")
            yield cloud
        finally:
            process.terminate()


def answers(cloud: Cloud) -> bool:
    """Whether it does."""
    try:
        return bool(cloud.control.clock())
    except LabError:
        return False


def stack(cloud: Cloud, folder: Path) -> Stack:
    """A project on it."""
    return Stack(folder, cloud.lab, {**cloud.environment, "AWS_ACCESS_KEY_ID": "RAYFORMLAB0000000000"})
