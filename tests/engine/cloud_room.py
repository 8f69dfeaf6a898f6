"""Programs on simulated AWS without a Kubernetes behind it, and what is left of them."""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import boto3
from jmespath import search
from patience import until
from provider_room import Stack
from rayform.lab import Lab
from rayform.lab.aws import Control, aws_environment
from rayform.lab.controlplane.ports import keep_ports
from rayform.lab.errors import LabError
from rayform.lab.paths import write_private

NETWORK: Final = """
from rayform.infra import Network, NetworkSpec

network = Network("net", NetworkSpec(
    cidr="10.20.0.0/16", zones=("us-east-1a", "us-east-1b"), nat="single", endpoints=("sts",), tags={"team": "ml"},
))
"""
COUNTED: Final[Mapping[str, Mapping[str, str]]] = {
    "ec2": {
        "describe_vpcs": "Vpcs[?!IsDefault]",
        "describe_nat_gateways": "NatGateways[?State!='deleted']",
        "describe_addresses": "Addresses",
        "describe_launch_templates": "LaunchTemplates",
        "describe_vpc_endpoints": "VpcEndpoints[?State!='deleted']",
        "describe_flow_logs": "FlowLogs",
        "describe_internet_gateways": "InternetGateways",
    },
    "eks": {"list_clusters": "clusters"},
    "iam": {"list_roles": "Roles"},
    "logs": {"describe_log_groups": "logGroups"},
}
"""What a program makes, by service and call."""


@dataclass(frozen=True)
class Cloud:
    """Simulated AWS in a process of its own, beside a lab that is not up."""

    lab: Lab
    environment: Mapping[str, str]

    @property
    def control(self) -> Control:
        """Its control."""
        return Control(self.environment["AWS_ENDPOINT_URL"])

    def client(self, service: str) -> Any:
        """A client of it."""
        known = self.environment
        return cast("Any", boto3).client(
            service,
            endpoint_url=known["AWS_ENDPOINT_URL"],
            region_name=known["AWS_REGION"],
            aws_access_key_id=known["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=known["AWS_SECRET_ACCESS_KEY"],
        )

    def left(self) -> dict[str, int]:
        """How many of what are there."""
        counted = [(service, *each) for service, calls in COUNTED.items() for each in calls.items()]
        found = {call: len(search(path, getattr(self.client(service), call)())) for service, call, path in counted}
        return {call: number for call, number in found.items() if number}


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
