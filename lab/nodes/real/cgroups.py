"""The cgroups of a lab's containers: by them every process of every container is known, and ended."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from ...errors import LabError

_ROOT = Path("/sys/fs/cgroup")
_NEEDED = ("cpu", "cpuset", "memory", "pids")
_WELCOME = ("hugetlb",)  # a kubelet insists on it where the machine has it
_END_SECONDS = 30.0
_POLL_SECONDS = 0.05


def check() -> None:
    """Refuse a machine whose cgroups cannot hold containers."""
    missing = (
        set(_NEEDED) - _offered()
        if _unified()
        else {name for name in _NEEDED if not (_ROOT / name / "cgroup.procs").exists()}
    )
    if missing:
        remedy = "mount them (a container needs to be privileged, with the host's cgroups), or use simulated nodes"
        raise LabError(f"real node: {_ROOT} has no cgroup controller {', '.join(sorted(missing))}; {remedy}")
    place = _ROOT if _unified() else _ROOT / "memory"
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        remedy = "mount it writable (a container needs to be privileged), or use simulated nodes"
        raise LabError(f"real node: {place} is read-only; {remedy}")


def make(name: str) -> None:
    """Make the cgroups called ``name``: one, or with cgroups of version 1 one per controller."""
    if _unified():
        # A controller has to be handed down before a child can use it.
        wanted = sorted(_offered().intersection((*_NEEDED, *_WELCOME)))
        (_ROOT / "cgroup.subtree_control").write_text(" ".join(f"+{controller}" for controller in wanted))
    for parent in [_ROOT] if _unified() else [path for path in _ROOT.iterdir() if (path / "cgroup.procs").exists()]:
        (parent / name).mkdir(exist_ok=True)


def kill(name: str) -> None:
    """End every process in the cgroups called ``name``."""
    deadline = time.monotonic() + _END_SECONDS
    while numbers := _processes(name):
        if time.monotonic() > deadline:
            shown = ", ".join(map(str, sorted(numbers)))
            remedy = "they hang in the kernel; look at them with 'ps', end what blocks them and try again"
            raise LabError(f"containers: processes {shown} do not end; {remedy}")
        for number in numbers:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(_POLL_SECONDS)


def remove(name: str) -> None:
    """Remove the cgroups called ``name``, which hold no process any more."""
    for top in _tops(name):
        folders = sorted((path for path in top.rglob("*") if path.is_dir()), key=lambda path: len(path.parts))
        for folder in (*reversed(folders), top):
            with suppress(FileNotFoundError):
                folder.rmdir()


def _processes(name: str) -> set[int]:
    numbers: set[int] = set()
    for top in _tops(name):
        for file in top.rglob("cgroup.procs"):
            with suppress(OSError):  # threaded, or just gone
                numbers.update(map(int, file.read_text().split()))
    return numbers


def _unified() -> bool:
    return (_ROOT / "cgroup.controllers").exists()


def _offered() -> set[str]:
    return set((_ROOT / "cgroup.controllers").read_text().split())


def _tops(name: str) -> list[Path]:
    return [path for path in (_ROOT / name, *_ROOT.glob(f"*/{name}")) if path.is_dir()]
