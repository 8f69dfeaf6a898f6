"""``rayform down`` ends the labs of a project's stacks and leaves those of others."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest
from rayform.cli import down as command
from rayform.lab import Lab, LabError

Run = Callable[..., int]


@pytest.fixture
def ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labs that were ended, of a machine with five, in a project with one stack that has a ground."""
    monkeypatch.setenv("RAYFORM_STATE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("lab", "simulated", "dev", "default", "prod"):
        (tmp_path / "labs" / name).mkdir(parents=True)
    (tmp_path / "Pulumi.yaml").write_text("name: project\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {rayform:settings: {ground: {}}}\n")
    (tmp_path / "Pulumi.prod.yaml").write_text("config: {rayform:settings: {}}\n")
    labs: list[str] = []
    monkeypatch.setattr(Lab, "down", lambda lab, _: labs.append(lab.name))
    return labs


def run(*arguments: str) -> int:
    root = argparse.ArgumentParser()
    command.add_parser(root.add_subparsers())
    options = root.parse_args(["down", *arguments])
    code: int = options.run(options)
    return code


def test_it_ends_the_labs_of_the_stacks_and_names_those_it_leaves(
    ended: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert ended == ["dev", "lab", "simulated"]
    told = "left: default, prod, of no stack of this project; 'rayform lab down' ends them\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("stack", ["lab", "simulated", "dev"])
def test_it_ends_the_lab_of_the_stack_that_is_named(ended: list[str], stack: str) -> None:
    assert run(stack) == 0
    assert ended == [stack]


def test_a_stack_that_no_lab_is_made_for_is_refused(ended: list[str], tmp_path: Path) -> None:
    refused = f"stack stage: has no settings in {tmp_path}; there are dev, prod"
    with pytest.raises(LabError) as caught:
        run("stage")

    assert str(caught.value) == refused
    assert ended == []


def test_a_folder_without_a_project_is_refused(ended: list[str], tmp_path: Path) -> None:
    with pytest.raises(LabError) as caught:
        run("--project", str(tmp_path / "labs"))

    assert str(caught.value).startswith(f"--project: {tmp_path}/labs holds no Pulumi.yaml")
    assert ended == []
