"""The control plane: etcd, API server, controllers and scheduler as processes, under authorities of their own."""

import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from .. import processes
from ..errors import LabError
from ..locks import locked
from ..paths import cache_home, private
from ..processes import Spec
from ..progress import Progress
from ..toolchain import resolve
from . import components
from .components import API_SERVER, COMPONENTS, CONTROLLER_MANAGER, ETCD, SCHEDULER
from .credentials import ADMIN, Credentials, Identity
from .kubeconfig import server_of
from .ports import keep_ports
from .probe import Probe
from .site import LOOPBACK, SERVICE_CIDR, Site

_READY_SECONDS = 120.0
_PATIENCE_SECONDS = 20.0  # with what was there already, and may hang or be on its way out for a minute
_ROOM_BYTES = 256 << 20  # etcd reserves 128 MiB before it has written anything
_OWNERS = {"api": API_SERVER, "etcd": ETCD, "peer": ETCD}
_DEFAULT_ACCOUNT = "/api/v1/namespaces/default/serviceaccounts/default"


class ControlPlane:
    """The control plane of one lab, in whose state folder it lives."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.kubeconfig = state / "kubeconfig"
        self._programs: dict[str, Path] = {}

    @cached_property
    def credentials(self) -> Credentials:
        """The lab's certificates; made on first use."""
        return Credentials(self.state)

    @property
    def server(self) -> str:
        """The API server's URL, as the administrator's kubeconfig has it."""
        return server_of(self.kubeconfig)

    @property
    def mark(self) -> dict[str, str]:
        """Environment for its clients' processes, so that they are started again when its address or keys change."""
        return {"RAYFORM_LAB_AUTHORITIES": self.credentials.stamp, "RAYFORM_LAB_SERVER": self.server}

    def prepare(self, progress: Progress) -> None:
        """Have programs and room on the disk, or refuse; nothing is written but to the cache."""
        self._programs = {name: resolve(name, progress) for name in COMPONENTS}
        if not self.kubeconfig.exists():
            _require_room(self.state)

    def up(
        self,
        progress: Progress,
        *,
        bind_address: str = LOOPBACK,
        advertise_address: str | None = None,
        netns: str | None = None,
        service_cidr: str = SERVICE_CIDR,
    ) -> None:
        """Make the control plane run and be ready; what runs as wanted is left alone.

        The API server listens on ``bind_address`` only. Pods are told ``advertise_address`` (the same by default).
        All processes live in the network namespace ``netns``, whose loopback interface must be up.
        """
        if not self._programs:
            self.prepare(progress)
        private(self.state)
        ports = self._ports(bind_address, netns, progress)
        site = Site(
            bind_address,
            advertise_address or bind_address,
            netns,
            service_cidr,
            api_port=ports["api"],
            etcd_port=ports["etcd"],
            peer_port=ports["peer"],
        )
        with progress.step(f"starting the control plane at {site.server}"):
            self._start(site, self._programs)
        for name in COMPONENTS:
            processes.require_alive(self.state, name)

    def kubeconfig_for(self, identity: Identity) -> Path:
        """``<state>/<name>.kubeconfig`` for ``identity``, with its certificate inside."""
        return self.credentials.kubeconfig(identity, self.server)

    def ready(self) -> bool:
        """Whether the API server is ready now."""
        try:
            return self._probe().answer("/readyz")[0] == 200
        except LabError:
            return False

    def down(self) -> None:
        """End the four processes, whatever state they are in."""
        for name in reversed(COMPONENTS):
            processes.stop(self.state, name)

    def _ports(self, address: str, netns: str | None, progress: Progress) -> dict[str, int]:
        with locked(cache_home() / "ports.lock", "choosing ports", progress):
            running = frozenset(port for port, owner in _OWNERS.items() if processes.alive(self.state, owner))
            # Nobody else listens in a namespace of the lab's own, and the host cannot ask there.
            ours, asked = (frozenset(_OWNERS), LOOPBACK) if netns else (running, address)
            return keep_ports(self.state / "ports.json", tuple(_OWNERS), ours, asked)

    def _start(self, site: Site, programs: dict[str, Path]) -> None:
        credentials = self.credentials
        if not (self.state / "etcd" / "member").exists():
            # Whatever runs remembers a cluster that is not there, or not any more.
            for name in reversed(processes.names(self.state)):
                processes.stop(self.state, name)
        serving = (
            components.etcd(site, self.state, programs[ETCD], credentials),
            components.api_server(site, programs[API_SERVER], credentials),
        )
        credentials.kubeconfig(ADMIN, site.server, self.kubeconfig)
        self._serve(serving)
        manager = components.controller_manager(site, programs[CONTROLLER_MANAGER], credentials)
        processes.start(self.state, manager)
        processes.start(self.state, components.scheduler(site, programs[SCHEDULER], credentials))
        self._wait(_DEFAULT_ACCOUNT, *COMPONENTS)  # without it no pod can be created

    def _serve(self, serving: tuple[Spec, ...]) -> None:
        """Have the API server ready; what was there and does not answer is ended and started once more."""
        before = self._numbers()
        self._begin(serving)
        if self._numbers() == before and not self._answers():
            for spec in reversed(serving):
                processes.stop(self.state, spec.name)
            self._begin(serving)
        self._wait("/readyz", ETCD, API_SERVER)

    def _begin(self, serving: tuple[Spec, ...]) -> None:
        for spec in serving:
            processes.start(self.state, spec)

    def _numbers(self) -> list[int | None]:
        return [processes.pid(self.state, name) for name in (ETCD, API_SERVER)]

    def _answers(self) -> bool:
        try:
            self._probe().wait("/readyz", _PATIENCE_SECONDS, self._alive((ETCD, API_SERVER)))
        except LabError:
            return False
        return True

    def _wait(self, path: str, *needed: str) -> None:
        self._probe().wait(path, _READY_SECONDS, self._alive(needed))

    def _alive(self, needed: tuple[str, ...]) -> Callable[[], None]:
        def check() -> None:
            for name in needed:
                processes.require_alive(self.state, name)

        return check

    def _probe(self) -> Probe:
        # Its address first: where there is none, no certificates are made.
        return Probe(self.server, self.credentials.authority.pair.certificate, self.credentials.pair(ADMIN))


def _require_room(state: Path) -> None:
    there = next(folder for folder in (state, *state.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < _ROOM_BYTES:
        asked = f"{_ROOM_BYTES >> 20} MiB are needed, {free >> 20} MiB are free"
        raise LabError(f"{state}: {asked}; free some space, or set RAYFORM_STATE to a folder on another disk")
