"""Built programs, kept by the content they were made from: ``<cache>/toolchain/<tool>/<key>/<tool>``.

An entry appears whole or not at all: it is written beside its place, forced to the disk and renamed. The program's
SHA-256 lies beside it and is compared on every use, so a broken file is never run.
"""

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import storing
from ..paths import cache_home
from .golang import Go
from .table import Tool

_SYSTEMS = {"x86_64": "amd64", "aarch64": "arm64"}


def folder(tool: Tool) -> Path:
    """Where the builds of ``tool`` lie."""
    return cache_home() / "toolchain" / tool.name


def key(tool: Tool, go: Go) -> str:
    """The name of the build that ``go`` makes of ``tool``: its sources, flags, compiler and platform."""
    return f"{_sources(tool)}-{go.version}-{go.platform}"


def usable(tool: Tool, go: Go | None) -> Path | None:
    """A build of ``tool`` that is whole, None without one; without a Go, by whichever Go it was made."""
    pattern = key(tool, go) if go else f"{_sources(tool)}-go*-{_platform()}"
    entries = sorted(folder(tool).glob(pattern))
    return next((entry / tool.name for entry in reversed(entries) if _whole(entry, tool)), None)


def store(tool: Tool, go: Go, make: Callable[[Path], None]) -> Path:
    """Let ``make`` write ``tool`` to the path it is given, and keep the result; hold the lock meanwhile."""
    home = folder(tool)
    with storing(home):
        home.mkdir(parents=True, exist_ok=True)
        for leftover in home.glob("partial-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="partial-", dir=home, ignore_cleanup_errors=True) as partial:
            make(Path(partial) / tool.name)
            _seal(Path(partial), tool)
            entry = home / key(tool, go)
            shutil.rmtree(entry, ignore_errors=True)
            Path(partial).rename(entry)
        return entry / tool.name


def _seal(entry: Path, tool: Tool) -> None:
    entry.chmod(0o755)
    (entry / f"{tool.name}.sha256").write_text(_digest(entry / tool.name))
    for name in (tool.name, f"{tool.name}.sha256"):
        with (entry / name).open("rb") as file:
            os.fsync(file.fileno())


def _whole(entry: Path, tool: Tool) -> bool:
    try:
        program = entry / tool.name
        return os.access(program, os.X_OK) and (entry / f"{tool.name}.sha256").read_text() == _digest(program)
    except FileNotFoundError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sources(tool: Tool) -> str:
    content = hashlib.sha256(f"{tool.package}\0{tool.ldflags}\0".encode())
    for path in sorted(path for path in tool.folder.iterdir() if path.suffix in {".go", ".mod", ".sum"}):
        content.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return content.hexdigest()[:16]


def _platform() -> str:
    machine = platform.machine().lower()
    return f"{platform.system().lower()}-{_SYSTEMS.get(machine, machine)}"
