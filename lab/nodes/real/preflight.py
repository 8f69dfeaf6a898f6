"""What a real node needs of the machine, asked before anything is made."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from ...errors import LabError, storing
from ...paths import private
from ...progress import Progress
from ...toolchain import ensure_packages
from ..command import attempt
from . import cgroups

_FOLDERS = ("lower", "upper", "work", "top")
_APART = ("unshare", "--mount", "--propagation", "private", "--")


def check(state: Path, progress: Progress) -> None:
    """Refuse a machine that cannot run containers for the lab in ``state``; packages that are missing are installed."""
    if sys.platform != "linux":
        raise LabError(f"real node: {platform.system()} found, it runs on Linux only; use simulated nodes")
    if os.geteuid() != 0:
        raise LabError(f"real node: user {os.geteuid()} found, it needs root; use sudo or simulated nodes")
    cgroups.check()
    ensure_packages(progress)
    with storing(state), tempfile.TemporaryDirectory(prefix="overlay-", dir=private(state)) as folder:
        _check_overlay(Path(folder), state)


def _check_overlay(folder: Path, state: Path) -> None:
    lower, upper, work, top = (folder / name for name in _FOLDERS)
    for place in (lower, upper, work, top):
        place.mkdir()
    layers = f"lowerdir={lower},upperdir={upper},workdir={work}"
    answer = attempt(*_APART, "mount", "-t", "overlay", "overlay", "-o", layers, top)
    if answer.returncode:
        remedy = "set RAYFORM_STATE to a folder on a disk of its own (ext4, xfs), or use simulated nodes"
        raise LabError(f"real node: containers' files cannot be laid over {state} ({answer.stderr.strip()}); {remedy}")
