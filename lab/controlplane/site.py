"""Where a control plane stands: its address, ports and namespace."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..processes import Spec

LOOPBACK = "127.0.0.1"
SERVICE_CIDR = "10.96.0.0/16"
"""The addresses of Services."""


@dataclass(frozen=True)
class Site:
    """Where a control plane stands.

    Attributes:
        address: what the API server listens on, and is called by.
        advertise_address: what pods are told.
        netns: the network namespace of every process, None for the host's own.
        service_cidr: the addresses of Services.
        api_port: the API server's port.
        etcd_port: etcd's port for clients, on loopback.
        peer_port: etcd's port for members, on loopback.
    """

    address: str
    advertise_address: str
    netns: str | None
    service_cidr: str
    api_port: int
    etcd_port: int
    peer_port: int

    @property
    def server(self) -> str:
        """The API server's URL."""
        return f"https://{self.address}:{self.api_port}"

    def process(self, name: str, program: Path, flags: Mapping[str, object], stamp: str) -> Spec:
        """``program --flag=value …`` as a process that is started again when ``stamp`` or the address changes."""
        argv = (str(program), *(f"--{flag}={value}" for flag, value in flags.items()))
        env = {"RAYFORM_LAB_AUTHORITIES": stamp, "RAYFORM_LAB_SERVER": self.server}
        return Spec(name, argv, env=env, netns=self.netns, stop_seconds=2)
