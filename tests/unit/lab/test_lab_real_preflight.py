"""A machine that cannot run containers is refused before anything is made."""

import os
import platform
import sys
from pathlib import Path

import pytest
from lab_machine import Machine
from rayform.lab import LabError, Silent
from rayform.lab.nodes.real import cgroups, preflight


@pytest.fixture
def fit(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine on which everything is right."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(cgroups, "check", lambda: None)
    monkeypatch.setattr(preflight, "ensure_packages", lambda _: None)
    machine.has("unshare", "true")
    return machine


def refused(state: Path) -> str:
    with pytest.raises(LabError) as caught:
        preflight.check(state, Silent())
    return str(caught.value)


def test_a_fit_machine_is_left_as_it_was(fit: Machine, state: Path) -> None:
    del fit
    preflight.check(state, Silent())

    assert list(state.iterdir()) == []


def test_another_system_is_named(fit: Machine, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del fit
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "system", lambda: "Darwin")

    assert refused(state) == "real node: Darwin found, it runs on Linux only; use simulated nodes"


def test_another_user_is_named(fit: Machine, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del fit
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert refused(state) == "real node: user 1000 found, it needs root; use sudo or simulated nodes"


def test_a_disk_that_takes_no_layers_is_named(fit: Machine, state: Path) -> None:
    fit.has("unshare", "echo 'mount: wrong fs type' >&2; exit 32")

    assert refused(state) == (
        f"real node: containers' files cannot be laid over {state} (mount: wrong fs type);"
        " set RAYFORM_STATE to a folder on a disk of its own (ext4, xfs), or use simulated nodes"
    )
    assert list(state.iterdir()) == []
