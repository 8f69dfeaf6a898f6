"""``rayform up`` goes on after an update that was killed, and only after one."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rayform.cli.engine import Engine
from rayform.cli.killed import resumed
from rayform.lab import Lab, Progress


class Told(Progress):
    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab("lab", state_home=tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine that writes down what it is asked."""
    program = tmp_path / "pulumi"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    program.chmod(0o755)
    return Engine(tmp_path, program, {"A": "1"})


@pytest.fixture
def locked(lab: Lab) -> Callable[..., None]:
    def lock(content: str, stack: str = "lab") -> None:
        folder = lab.state / "pulumi/backend/.pulumi/locks/organization/rayform" / stack
        folder.mkdir(parents=True)
        (folder / "1.json").write_text(content)

    return lock


def ended() -> int:
    process = subprocess.Popen(["/bin/true"])
    process.wait()
    return process.pid


def test_what_a_killed_update_made_is_taken_over(
    lab: Lab, engine: Engine, locked: Callable[..., None], tmp_path: Path
) -> None:
    locked(json.dumps({"pid": ended()}))
    told = Told()
    after = resumed(engine, lab, "lab", told)

    refresh = "refresh --yes --skip-preview --clear-pending-creates --stack lab --non-interactive"
    assert (tmp_path / "asked").read_text().splitlines() == ["cancel lab --yes --non-interactive", refresh]
    taken_over = {"PULUMI_K8S_UPSERT_EXISTING_OBJECTS": "true", "PULUMI_K8S_ENABLE_PATCH_FORCE": "true"}
    assert after.environment == {"A": "1", **taken_over}
    words = "The last update of stack lab was killed: its lock goes, what it made and forgot is taken over."
    assert told.lines == [words]


@pytest.mark.parametrize("content", ['{"pid": OURS}', "", "[]", '{"pid": "?"}'])
def test_the_lock_of_an_update_that_may_run_is_left_alone(
    lab: Lab, engine: Engine, locked: Callable[..., None], tmp_path: Path, content: str
) -> None:
    locked(content.replace("OURS", str(os.getpid())))

    assert resumed(engine, lab, "lab", Told()) is engine
    assert not (tmp_path / "asked").exists()


def test_other_stacks_and_an_unlocked_one_are_left_alone(lab: Lab, engine: Engine, locked: Callable[..., None]) -> None:
    locked(json.dumps({"pid": ended()}), stack="other")

    assert resumed(engine, lab, "lab", Told()) is engine
