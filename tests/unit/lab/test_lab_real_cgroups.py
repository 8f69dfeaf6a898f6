"""Containers are known, ended and forgotten by their cgroups, of either version."""

import os
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
from rayform.lab import LabError
from rayform.lab.nodes.real import cgroups

CONTROLLERS = ("cpu", "cpuset", "memory", "pids")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cgroups, "_ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def first(root: Path) -> Path:
    """Cgroups of version 1."""
    for name in (*CONTROLLERS, "freezer"):
        (root / name).mkdir()
        (root / name / "cgroup.procs").touch()
    return root


@pytest.fixture
def second(root: Path) -> Path:
    """Cgroups of version 2."""
    (root / "cgroup.procs").touch()
    (root / "cgroup.subtree_control").touch()
    (root / "cgroup.controllers").write_text("cpuset cpu io memory hugetlb pids\n")
    return root


def test_both_versions_will_do(first: Path) -> None:
    cgroups.check()
    (first / "cgroup.controllers").write_text(" ".join(CONTROLLERS))
    cgroups.check()


def test_controllers_that_are_missing_are_named(second: Path) -> None:
    (second / "cgroup.controllers").write_text("cpu io\n")
    with pytest.raises(LabError) as caught:
        cgroups.check()

    assert str(caught.value) == (
        f"real node: {second} has no cgroup controller cpuset, memory, pids;"
        " mount them (a container needs to be privileged, with the host's cgroups), or use simulated nodes"
    )


def test_no_cgroups_at_all_are_the_same_error(root: Path) -> None:
    with pytest.raises(LabError, match=f"^real node: {root} has no cgroup controller cpu, cpuset, memory, pids;"):
        cgroups.check()


def test_read_only_cgroups_are_refused(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: type("Answer", (), {"f_flag": os.ST_RDONLY}))
    with pytest.raises(LabError) as caught:
        cgroups.check()

    assert str(caught.value) == (
        f"real node: {first}/memory is read-only;"
        " mount it writable (a container needs to be privileged), or use simulated nodes"
    )


def test_version_1_gets_one_per_controller(first: Path) -> None:
    cgroups.make("lab")
    cgroups.make("lab")

    assert sorted(path.parent.name for path in first.glob("*/lab")) == ["cpu", "cpuset", "freezer", "memory", "pids"]


def test_version_2_gets_one_with_its_controllers(second: Path) -> None:
    cgroups.make("lab")

    assert (second / "lab").is_dir()
    assert (second / "cgroup.subtree_control").read_text() == "+cpu +cpuset +hugetlb +memory +pids"


@pytest.fixture
def process() -> Generator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "infinity"]) as process:
        yield process
        process.kill()


def test_whatever_is_in_them_is_ended(
    first: Path, process: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pod = first / "memory" / "lab" / "pod"
    pod.mkdir(parents=True)
    (pod / "cgroup.procs").write_text(f"{process.pid}\n")
    monkeypatch.setattr("time.sleep", lambda _: process.wait() and (pod / "cgroup.procs").write_text(""))
    cgroups.kill("lab")

    assert process.returncode == -9


def test_what_does_not_end_is_named(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cgroups.make("lab")
    (first / "memory/lab/cgroup.procs").write_text("7\n5\n")
    monkeypatch.setattr(os, "kill", lambda *_: None)
    monkeypatch.setattr(cgroups, "_END_SECONDS", -1.0)
    with pytest.raises(LabError) as caught:
        cgroups.kill("lab")

    assert str(caught.value) == (
        "containers: processes 5, 7 do not end;"
        " they hang in the kernel; look at them with 'ps', end what blocks them and try again"
    )


def test_removing_takes_all_of_them_and_nothing_else(first: Path) -> None:
    cgroups.make("lab")
    cgroups.make("other")
    (first / "memory/lab/kubepods/pod").mkdir(parents=True)
    cgroups.remove("lab")
    cgroups.remove("lab")

    assert list(first.glob("*/lab")) == []
    assert len(list(first.glob("*/other"))) == 5
