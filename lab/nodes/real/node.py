"""A node that runs containers, on this machine and apart from it."""

import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ... import processes
from ...client import Kubernetes, kubernetes
from ...controlplane import ControlPlane
from ...progress import Progress
from ...removal import remove
from ...toolchain import resolve
from ..offer import Offer, keep, kept
from ..provider import Ground
from . import cgroups, kubelet, membership, preflight, services
from .containerd import CONTAINERD, ROOT, Containerd
from .library import Library
from .machine import MACHINE, Machine
from .marks import marks
from .network import Network

_COMPONENTS = (MACHINE, CONTAINERD, kubelet.KUBELET, services.PROXY, services.DNS)
_PROGRAMS = (kubelet.KUBELET, services.PROXY, services.DNS)


class RealNode:
    """The one real node of a lab: containerd, kubelet, kube-proxy and CoreDNS in namespaces of their own.

    It needs root on Linux. Pods reach each other, Services, the API server and the host, and nothing beyond.
    """

    def __init__(self, state: Path) -> None:
        """The node of the lab in ``state``."""
        self._state = state
        self._marks = marks(state)
        self._network = Network(state, self._marks)
        self._machine = Machine(state, self._marks)
        self._containerd = Containerd(state, self._machine)
        self._programs: Mapping[str, Path] = {}
        self._library: Library | None = None

    def prepare(self, progress: Progress) -> Ground:
        """Refuse a machine that is not fit; make the programs and images that are missing, and the network."""
        preflight.check(self._state, progress)
        self._supplies(progress).prepare(progress)
        return Ground(self._network.up(progress).node, netns=self._marks.netns)

    def up(self, plane: ControlPlane, progress: Progress) -> None:
        """Make the node join ``plane`` and be ready, with its images, Services and their names."""
        library, addresses = self._supplies(progress), self._network.up(progress)
        with progress.step("starting the node's container runtime"):
            if not self._machine.whole():
                self._halt()
            cgroups.make(self._marks.cgroup)
            self._machine.up(self._programs)
            library.fill(self._containerd, self._machine.root / ROOT, progress)
        with progress.step("waiting for the node to be ready"), kubernetes(plane.kubeconfig) as client:
            self._join(plane, client, addresses.node)

    def offer(self, plane: ControlPlane, offer: Offer, progress: Progress) -> None:
        """Let the node, which is up, offer this from now on."""
        keep(self._state, offer)
        with progress.step("changing what the node offers"), kubernetes(plane.kubeconfig) as client:
            self._describe(client)

    def down(self, progress: Progress) -> None:
        """End every process, container and mount of the node, its network and its files, from whatever state."""
        del progress
        self._halt()
        cgroups.remove(self._marks.cgroup)
        self._network.down()
        remove(self._machine.root)

    def components(self) -> tuple[str, ...]:
        """The node's processes, in the order of their start."""
        return _COMPONENTS

    def _supplies(self, progress: Progress) -> Library:
        if self._library is None:
            self._programs = {name: resolve(name, progress) for name in _PROGRAMS}
            self._library = Library(partial(resolve, progress=progress))
        return self._library

    def _join(self, plane: ControlPlane, client: Kubernetes, address: str) -> None:
        taints = kept(self._state).taints
        joining = kubelet.spec(plane, self._machine, self._marks, address=address, taints=taints)
        before = processes.pid(self._state, kubelet.KUBELET)
        processes.start(self._state, joining)
        since = 0.0 if processes.pid(self._state, kubelet.KUBELET) == before else time.time()
        services.allow_dns(client)
        processes.start(self._state, services.proxy(plane, self._machine, address))
        processes.start(self._state, services.dns(plane, self._machine, address))
        services.await_ready(address, self._check)
        self._describe(client, since)
        self._check()

    def _describe(self, client: Kubernetes, since: float = 0.0) -> None:
        name, offer = kubelet.node_name(self._state), kept(self._state)
        membership.await_registered(client, name, offer, self._check)
        membership.await_ready(client, name, offer, self._check, since)

    def _check(self) -> None:
        for name in _COMPONENTS:
            processes.require_alive(self._state, name)

    def _halt(self) -> None:
        """End what runs, as a power failure would; files stay."""
        for name in reversed(_COMPONENTS[1:]):
            processes.stop(self._state, name)
        cgroups.kill(self._marks.cgroup)
        processes.stop_strays(self._state)  # the runtime's helpers, one per pod, and whatever no record knows
        cgroups.kill(self._marks.cgroup)  # a kubelet that no record knew may have been busy
        processes.stop(self._state, MACHINE)
