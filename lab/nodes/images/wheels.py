"""Wheels for the Python inside an image, fetched by this machine's own package settings."""

import platform
import sys
from pathlib import Path

from ..command import run

_OLDEST_GLIBC = 5  # 2.5: manylinux1
_LEGACY = ("manylinux1", "manylinux2010", "manylinux2014")


def download(pins: Path, python: str, destination: Path) -> None:
    """Fetch what the hashed requirement file ``pins`` names into ``destination``, for ``python`` (such as ``3.11``).

    A pip of its own does it, so neither this interpreter's version nor whether it has pip matters; where the packages
    come from is what the machine's settings say.
    """
    tool = destination.with_name("pip")
    remedy = "install Python's venv module ('apt-get install python3-venv' on Debian)"
    run("preparing to download wheels", sys.executable, "-m", "venv", tool, remedy=remedy)
    target = (
        *("--python-version", python, "--implementation", "cp"),
        *(word for abi in (f"cp{python.replace('.', '')}", "abi3", "none") for word in ("--abi", abi)),
        *(word for tag in platforms(platform.machine(), platform.libc_ver()[1]) for word in ("--platform", tag)),
    )
    how = ("--no-deps", "--only-binary=:all:", "--require-hashes", "--disable-pip-version-check")
    wanted = ("--requirement", pins, "--dest", destination)
    remedy = "check that pip can download packages on this machine, and run the command again"
    run(
        "downloading Ray's wheels",
        tool / "bin/pip",
        "download",
        "-qq",
        *how,
        *target,
        *wanted,
        place=tool,
        remedy=remedy,
    )


def platforms(machine: str, glibc: str) -> tuple[str, ...]:
    """The platform tags that a system of that processor and C library can use, the newest first."""
    newest = int(glibc.split(".")[1])
    numbered = (f"manylinux_2_{minor}_{machine}" for minor in range(newest, _OLDEST_GLIBC - 1, -1))
    return (*numbered, *(f"{name}_{machine}" for name in reversed(_LEGACY)))
