"""A machine of the tests' own: its programs, its cache, its disks."""

import os
import subprocess
from collections.abc import Callable, Generator
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import processes
from rayform.lab.toolchain import golang

SYSTEM = "/usr/bin:/bin"


@pytest.fixture
def spoken() -> Spoken:
    return Spoken()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("RAYFORM_CACHE", str(folder))
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with the system's own programs and none of the toolchain's."""
    made = Machine(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{made.folder}:{SYSTEM}")
    monkeypatch.delenv("KUBEBUILDER_ASSETS", raising=False)
    monkeypatch.setattr(golang, "_USUAL_PLACES", ())
    return made


@pytest.fixture
def go(machine: Machine, cache: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Puts a Go on the machine that counts its builds in the file it returns, and does ``build`` meanwhile."""
    builds = tmp_path / "builds"
    builds.touch()

    def put(build: str = "", version: str = "go1.26.8") -> Path:
        write = 'while [ "$1" != -o ]; do shift; done; echo "#!/bin/sh" > "$2"; chmod +x "$2"'
        machine.has(
            "go",
            f'case "$1" in env) echo {version}; echo linux; echo amd64;;'
            f" build) echo built >> {builds}\n{build}\n{write};; esac",
        )
        return builds

    del cache
    return put


@pytest.fixture
def state(tmp_path: Path) -> Generator[Path]:
    """A lab's state folder; whatever was started in it is ended."""
    folder = tmp_path / "state"
    folder.mkdir()
    yield folder
    for name in processes.names(folder):
        processes.stop(folder, name)
    processes.stop_strays(folder)


@pytest.fixture
def full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A folder on a disk without room: a small file system as root, else a disk that says so."""
    folder = tmp_path / "full"
    folder.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=True)
        (folder / "ballast").write_bytes(b"0" * 61440)
        yield folder
        subprocess.run(["umount", "-l", folder], check=True)
        return

    opened = os.open

    def refuse(path: str | Path, flags: int, *more: Any) -> int:
        if Path(path).is_relative_to(folder):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        return opened(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse)
    yield folder
