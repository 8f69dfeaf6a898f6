"""The node's container runtime."""

import json
import shutil
import time
from pathlib import Path

from ... import processes
from ...errors import LabError
from ...paths import write_private
from ..command import attempt, run
from ..images import PAUSE
from .machine import Machine
from .subnets import POD_CIDR

CONTAINERD = "containerd"
SOCKET = "/run/containerd/containerd.sock"
"""Where containerd listens, in the machine."""
ROOT = "var/lib/containerd"
"""Where containerd keeps images, in the machine."""

_CNI_PLACES = ("/usr/lib/cni", "/opt/cni/bin")
_NAMESPACE = "k8s.io"
_KEY = "rayform.lab/key"
_READY_SECONDS = 60.0
_POLL_SECONDS = 0.05
# Without CAP_SYS_RESOURCE (in many containers and sandboxes) nobody may lower a process's OOM score; AppArmor and
# hugetlb are not everywhere.
_CONFIG = f"""\
version = 2
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
]

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{PAUSE}"
restrict_oom_score_adj = true
disable_apparmor = true
disable_hugetlb_controller = true

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false

[plugins."io.containerd.grpc.v1.cri".cni]
"""


class Containerd:
    """containerd in one lab's machine."""

    def __init__(self, state: Path, machine: Machine) -> None:
        self._state = state
        self._machine = machine
        self._folder = state / "containerd"

    def up(self) -> None:
        """Make it run and answer."""
        if not self._folder.exists():
            # It watches the folder that was there, and would not see the pods' network in another one.
            processes.stop(self._state, CONTAINERD)
        plugins = next((place for place in _CNI_PLACES if Path(place, "ptp").exists()), _CNI_PLACES[0])
        network = write_private(self._folder / "cni/10-pods.conflist", json.dumps(_network()))
        settings = f'{_CONFIG}bin_dir = "{plugins}"\nconf_dir = "{network.parent}"\n'
        config = write_private(self._folder / "config.toml", settings)
        program = shutil.which(CONTAINERD) or f"/usr/bin/{CONTAINERD}"
        processes.start(self._state, self._machine.process(CONTAINERD, program, "--config", config, files=(config,)))
        deadline = time.monotonic() + _READY_SECONDS
        while (answer := attempt(*self._ctr(), "version")).returncode:
            processes.require_alive(self._state, CONTAINERD)
            if time.monotonic() > deadline:
                remedy = "look into 'rayform lab logs containerd'"
                raise LabError(f"containerd: {answer.stderr.strip()} after {_READY_SECONDS:.0f} s; {remedy}")
            time.sleep(_POLL_SECONDS)

    def images(self) -> dict[str, str]:
        """The keys of the images it has, by reference."""
        listing = run("listing images", *self._ctr(), "images", "list")
        return dict(_labelled(line) for line in listing.splitlines()[1:] if line.split())

    def load(self, reference: str, key: str, archive: Path) -> None:
        """Take the image ``reference`` from ``archive``, and remember its ``key``."""
        doing = f"loading the image {reference}"
        run(doing, *self._ctr(), "images", "import", archive, place=self._machine.root)
        run(doing, *self._ctr(), "images", "label", reference, f"{_KEY}={key}")

    def down(self) -> None:
        """End it; what it runs goes on."""
        processes.stop(self._state, CONTAINERD)

    def _ctr(self) -> tuple[str | Path, ...]:
        return "ctr", "--address", self._machine.path(SOCKET), "--namespace", _NAMESPACE


def _labelled(line: str) -> tuple[str, str]:
    reference, *_, labels = line.split()
    keys = (label.removeprefix(f"{_KEY}=") for label in labels.split(",") if label.startswith(f"{_KEY}="))
    return reference, next(keys, "")


def _network() -> dict[str, object]:
    # Every pod has a cable of its own, not a bridge: replies of a Service's pod on the same node would pass by the
    # address translation on a bridge, unless the host has loaded br_netfilter.
    addresses = {"type": "host-local", "subnet": POD_CIDR, "routes": [{"dst": "0.0.0.0/0"}]}
    cable = {"type": "ptp", "ipMasq": True, "ipam": addresses}
    ports = {"type": "portmap", "capabilities": {"portMappings": True}}
    return {"cniVersion": "0.4.0", "name": "pods", "plugins": [cable, ports]}
