"""The node's own file system: its programs see the host's /usr and /etc read-only, and a /var and /run of their own.

containerd, kubelet and the network plugins have paths that nothing can change (/var/lib/kubelet/device-plugins,
/run/containerd/s, /run/xtables.lock …). Here they all lie under ``<state>/machine``: labs live side by side, and the
mounts of pods end with the namespace that holds them, however its processes end.
"""

import hashlib
import os
import shlex
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from ... import processes
from ...errors import LabError
from ...paths import private, write_private
from ...processes import Spec
from .marks import Marks

MACHINE = "machine"
"""The process that holds the namespace."""
PROGRAMS = Path("/opt/rayform")
"""Where the node finds its own programs."""

_OWN = ("old", "opt/rayform", "run/lock", "tmp", "var/lib", "var/log", "var/tmp")
_FROM_HOST = ("bin", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr")
# Settings of the whole kernel that a kubelet changes when they are otherwise: it is shown what it wants to see.
_SHOWN = {
    "vm/overcommit_memory": 1,
    "vm/panic_on_oom": 0,
    "kernel/panic": 10,
    "kernel/panic_on_oops": 1,
    "kernel/keys/root_maxkeys": 1_000_000,
    "kernel/keys/root_maxbytes": 25_000_000,
}
_READY_SECONDS = 30.0
_POLL_SECONDS = 0.02


class Machine:
    """The mount namespace of one lab's node."""

    def __init__(self, state: Path, marks: Marks) -> None:
        self.root = state / "machine"
        self._state = state
        self._marks = marks

    def up(self, programs: Mapping[str, Path]) -> None:
        """Make it be there, with ``programs`` (by name) under :data:`PROGRAMS`."""
        private(self.root)
        for name, value in _SHOWN.items():
            write_private(self.root / "sysctl" / name, f"{value}\n")
        script = "\n".join(shlex.join(map(str, command)) for command in commands(self.root, self._state, programs))
        argv = ("unshare", "--mount", "--propagation", "private", "sh", "-ec", script)
        processes.start(self._state, Spec(MACHINE, argv, netns=self._marks.netns, stop_seconds=1))
        self._await()

    def whole(self) -> bool:
        """Whether it runs, and in the folder that is there: one that was removed and made anew is not its own."""
        if not processes.alive(self._state, MACHINE) or not self.root.exists():
            return False
        return os.path.samestat(self.root.stat(), self.path("/").stat())

    def process(self, name: str, *argv: str | Path, files: tuple[Path, ...]) -> Spec:
        """A process of the node; it is started again when the machine was, or one of ``files`` says something else."""
        enter = ("nsenter", f"--mount=/proc/{self._pid()}/ns/mnt", "--")
        words = (*enter, *(str(word) for word in argv))
        content = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
        return Spec(name, words, env={"RAYFORM_LAB_FILES": content}, netns=self._marks.netns)

    def path(self, inside: str) -> Path:
        """A path of the machine as the host reaches it, also where a socket's name may not be long."""
        return Path(f"/proc/{self._pid()}/root/{inside.lstrip('/')}")

    def _pid(self) -> int:
        processes.require_alive(self._state, MACHINE)
        return processes.pid(self._state, MACHINE) or 0

    def _await(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not _sleeps(self._pid()):
            if time.monotonic() > deadline:
                remedy = "run 'rayform lab down' and try again"
                raise LabError(f"{MACHINE}: its file system was not ready after {_READY_SECONDS:.0f} s; {remedy}")
            time.sleep(_POLL_SECONDS)


def commands(root: Path, state: Path, programs: Mapping[str, Path]) -> Iterable[tuple[str | Path, ...]]:
    """What is run, in a mount namespace of its own, to make ``root`` the root of the node and to stay there."""
    yield "mount", "--bind", root, root
    yield "cd", root
    yield "rm", "-rf", "run", "tmp"
    yield "mkdir", "-p", *_OWN
    yield "chmod", "1777", "tmp", "var/tmp"
    yield "ln", "-sfn", "/run", "var/run"
    for name in _FROM_HOST:
        if (place := Path("/", name)).is_symlink():
            yield "ln", "-sfn", place.readlink(), name
        elif place.is_dir():
            yield from _bound(place, name, "--rbind", "ro")
    for name in ("dev", "proc", "sys"):
        yield from _bound(Path("/", name), name, "--rbind", "rw")
    for name in _SHOWN:
        yield "mount", "--bind", "-o", "ro", f"sysctl/{name}", f"proc/sys/{name}"
    yield from _bound(state, str(state).lstrip("/"), "--bind", "rw")
    for name, program in sorted(programs.items()):
        target = str(PROGRAMS / name).lstrip("/")
        yield "touch", target
        yield "mount", "--bind", "-o", "ro", program.resolve(), target
    yield "pivot_root", ".", "old"
    yield "umount", "--lazy", "/old"
    yield "exec", "sleep", "infinity"


def _bound(place: Path, name: str, how: str, mode: str) -> Iterable[tuple[str | Path, ...]]:
    yield "mkdir", "-p", name
    yield "mount", how, "-o", mode, place, name


def _sleeps(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text() == "sleep\n"
    except OSError:
        return False  # just gone; the next look says so
