"""What the real node takes from the operating system."""

import os
from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import LabError
from rayform.lab.toolchain import ensure_packages, missing_packages, packages

TWO = {"containerd": "containerd", "socat": "socat"}
INSTALL = "apt-get install --no-install-recommends"


@pytest.fixture(autouse=True)
def bare(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing but a shell."""
    monkeypatch.setenv("PATH", str(machine.folder))
    monkeypatch.setattr(packages, "_ADMINISTRATION", "")
    monkeypatch.setattr(packages, "PACKAGES", TWO)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_what_is_there_is_not_missing(machine: Machine, spoken: Spoken) -> None:
    machine.has("socat", "")
    assert missing_packages() == ("containerd",)

    machine.has("containerd", "")
    ensure_packages(spoken)
    assert spoken.lines == []


def test_root_gets_them_installed_in_sight(machine: Machine, spoken: Spoken, tmp_path: Path) -> None:
    touch = "".join(f"echo > {machine.folder}/{name}; /bin/chmod +x {machine.folder}/{name};" for name in TWO)
    machine.has("apt-get", f'echo "$*" >> {tmp_path}/asked; {touch}')
    ensure_packages(spoken)

    assert spoken.lines == ["installing containerd, socat"]
    assert (tmp_path / "asked").read_text() == "install -qq -y --no-install-recommends containerd socat\n"


def test_old_lists_are_renewed(machine: Machine, spoken: Spoken, tmp_path: Path) -> None:
    installed = "".join(f"echo > {machine.folder}/{name}; /bin/chmod +x {machine.folder}/{name};" for name in TWO)
    machine.has(
        "apt-get",
        f'case "$1" in update) echo > {tmp_path}/new;; *) [ -e {tmp_path}/new ] || exit 100; {installed} esac',
    )
    ensure_packages(spoken)

    assert missing_packages() == ()


def test_who_is_not_root_is_told_the_command(monkeypatch: pytest.MonkeyPatch, spoken: Spoken) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(LabError) as caught:
        ensure_packages(spoken)

    remedy = f"install them as root ('{INSTALL} containerd socat' on Debian), or use simulated nodes"
    assert str(caught.value) == f"real node: needs containerd, socat, not on this machine; {remedy}"


def test_a_failed_installation_says_why(machine: Machine, spoken: Spoken) -> None:
    machine.has("apt-get", "echo E: Unable to fetch some archives >&2; exit 100")

    with pytest.raises(LabError) as caught:
        ensure_packages(spoken)

    remedy = f"run '{INSTALL} containerd socat' and see why\n  | E: Unable to fetch some archives"
    assert str(caught.value) == f"real node: containerd, socat could not be installed; {remedy}"
