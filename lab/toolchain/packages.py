"""What the real node takes from the operating system: container runtime, network plugins and their tools."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..errors import LabError
from ..progress import Progress

PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "containerd": "containerd",
        "containernetworking-plugins": "/usr/lib/cni/bridge",
        "conntrack": "conntrack",
        "debootstrap": "debootstrap",
        "ethtool": "ethtool",
        "iproute2": "ip",
        "ipset": "ipset",
        "iptables": "iptables",
        "runc": "runc",
        "socat": "socat",
        "util-linux": "nsenter",
    }
)
"""Debian's package for each program (or file) that the real node needs."""

_ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin"


def missing_packages() -> tuple[str, ...]:
    """The Debian packages whose program is not on this machine, by whatever way it would have come."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), _ADMINISTRATION])
    return tuple(package for package, program in PACKAGES.items() if not _present(program, places))


def install_command(packages: tuple[str, ...]) -> str:
    """The command that installs ``packages`` on Debian and its kin."""
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def ensure_packages(progress: Progress) -> None:
    """Install what is missing: by apt-get as root, otherwise a :class:`LabError` says the command."""
    missing = missing_packages()
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        remedy = f"install them as root ('{install_command(missing)}' on Debian), or use simulated nodes"
        raise LabError(f"real node: needs {', '.join(missing)}, not on this machine; {remedy}")
    with progress.step(f"installing {', '.join(missing)}"):
        installed = _apt_get("install", missing)
        if installed.returncode:  # the lists are missing or old on a fresh machine
            updated = _apt_get("update", ())
            installed = _apt_get("install", missing) if updated.returncode == 0 else updated
    if installed.returncode or missing_packages():
        said = "\n".join(f"  | {line}" for line in installed.stderr.strip().splitlines()[-10:])
        remedy = f"run '{install_command(missing)}' and see why"
        raise LabError(f"real node: {', '.join(missing)} could not be installed; {remedy}\n{said}")


def _present(program: str, places: str) -> bool:
    return Path(program).exists() if program.startswith("/") else shutil.which(program, path=places) is not None


def _apt_get(action: str, packages: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    quiet = ("-qq", "-y", *(("--no-install-recommends",) if action == "install" else ()))
    return subprocess.run(
        ["apt-get", action, *quiet, *packages],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
