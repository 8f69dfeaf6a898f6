"""What the doctor finds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import resolve
from rayform.lab.toolchain import Finding, Purpose, doctor, examine, prepare

BUILD = "rayform lab doctor --for simulated --build"


def finding(name: str, purpose: Purpose = Purpose.SIMULATED) -> Finding:
    (found,) = [finding for finding in examine(purpose) if finding.name == name]
    return found


def test_an_installed_tool_says_where_it_comes_from(machine: Machine, cache: Path) -> None:
    del cache
    program = machine.has("etcd", "echo etcd Version: 3.6.1")

    assert finding("etcd") == Finding("etcd", f"3.6.1, PATH: {program}")


def test_a_built_tool_says_where_it_lies(go: Callable[..., Path], spoken: Spoken) -> None:
    go()
    program = resolve("etcd", spoken)

    assert finding("etcd") == Finding("etcd", f"3.6.16, built: {program}")


def test_a_missing_tool_comes_with_its_remedy(go: Callable[..., Path]) -> None:
    go()
    remedy = f"{BUILD} (about 2 min), or put etcd 3.6 on PATH or into KUBEBUILDER_ASSETS"

    assert finding("etcd") == Finding("etcd", "3.6.16 is neither installed nor built", remedy)


def test_one_that_was_passed_over_is_named(go: Callable[..., Path], machine: Machine) -> None:
    go()
    program = machine.has("etcd", "echo etcd Version: 3.4.1")

    assert finding("etcd").state == f"3.6.16 is neither installed nor built; {program} is 3.4.1"


def test_no_go_is_a_finding_with_a_remedy(machine: Machine, cache: Path) -> None:
    del machine, cache
    remedy = "install Go 1.26 or newer (https://go.dev/dl); it builds what is not installed"

    assert finding("go") == Finding("go", "not on PATH", remedy)


def test_a_real_node_needs_root(machine: Machine, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del machine, cache
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("sys.platform", "linux")

    remedy = "a real node needs root; use sudo or simulated nodes"
    assert finding("machine", Purpose.REAL) == Finding("machine", "Linux, user 1000", remedy)


def test_missing_packages_come_with_their_command(
    machine: Machine, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del machine, cache
    monkeypatch.setattr(doctor, "missing_packages", lambda: ("runc", "socat"))

    remedy = "apt-get install --no-install-recommends runc socat"
    assert finding("packages", Purpose.REAL) == Finding("packages", "missing: runc, socat", remedy)


def test_preparing_builds_what_is_missing(
    go: Callable[..., Path], spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = go()
    monkeypatch.setattr(doctor, "module_dir", lambda *_: Path())
    monkeypatch.setattr(doctor, "present", lambda *_: True)
    prepare(Purpose.SIMULATED, spoken)

    assert [finding for finding in examine(Purpose.SIMULATED) if finding.remedy] == []
    assert len(builds.read_text().split()) == len(spoken.lines)
