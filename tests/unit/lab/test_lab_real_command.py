"""A program that fails is one error with its last words."""

from pathlib import Path

import pytest
from lab_machine import Machine
from rayform.lab import LabError
from rayform.lab.nodes.command import attempt, run


def test_what_a_program_prints_is_given() -> None:
    assert run("greeting", "echo", "hello") == "hello\n"


def test_a_program_that_is_missing_is_named_with_the_doctor(machine: Machine) -> None:
    del machine
    with pytest.raises(LabError) as caught:
        run("asking", "no-such-program")

    assert str(caught.value) == (
        "no-such-program: not on this machine; 'rayform lab doctor --for real' says how to get it"
    )


def test_a_failure_shows_the_last_lines_and_what_to_do(machine: Machine) -> None:
    machine.has("counts", "seq 20; echo broken >&2; exit 3")
    with pytest.raises(LabError) as caught:
        run("counting", "counts", remedy="count again")

    told, *lines = str(caught.value).splitlines()
    assert told == "counting: failed with code 3; count again"
    assert lines == [*(f"  | {number}" for number in range(7, 21)), "  | broken"]


def test_a_silent_failure_is_said_to_be_silent(machine: Machine) -> None:
    machine.has("mute", "exit 1")
    with pytest.raises(LabError) as caught:
        run("asking", "mute")

    assert str(caught.value) == "asking: failed with code 1; see what it says\n  | (it said nothing)"


def test_a_program_that_says_the_disk_is_full_is_believed(machine: Machine, tmp_path: Path) -> None:
    machine.has("fills", "echo 'write error: No space left on device' >&2; exit 1")
    with pytest.raises(LabError) as caught:
        run("filling", "fills", place=tmp_path)

    assert str(caught.value) == (
        f"filling: the disk that holds {tmp_path} is full; free some space and run the command again"
    )


def test_a_full_disk_is_seen_though_the_program_says_something_else(machine: Machine, full_place: Path) -> None:
    machine.has("fills", "echo 'file exists' >&2; exit 1")
    with pytest.raises(LabError) as caught:
        run("filling", "fills", place=full_place)

    assert str(caught.value) == (
        f"filling: the disk that holds {full_place} is full; free some space and run the command again"
    )


@pytest.fixture
def full_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 0}))
    return tmp_path


def test_a_given_environment_is_the_only_one(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.has("shows", 'echo "$SEEN-$HIDDEN"')
    monkeypatch.setenv("HIDDEN", "yes")
    env = {"PATH": f"{machine.folder}:/usr/bin:/bin", "SEEN": "yes"}

    assert attempt("shows", env=env).stdout == "yes-\n"
    assert attempt("shows").stdout == "-yes\n"
