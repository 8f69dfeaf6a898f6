"""Output that nobody takes, of any command and of any length."""

import os
from collections.abc import Callable, Iterator
from typing import TextIO

import pytest
from rayform.cli import main

COMMANDS = [["explain", "ray-vulnerable"], ["rules"], ["explain", "--help"]]


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[TextIO], None]]:
    """Puts another file in the place of standard output, and closes it as Python does when it ends."""
    replaced: list[TextIO] = []

    def put(file: TextIO) -> None:
        replaced.append(file)
        monkeypatch.setattr("sys.stdout", file)

    yield put
    for file in replaced:
        file.close()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_whoever_has_seen_enough_hears_nothing_more(
    command: list[str], output: Callable[[TextIO], None], capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    output(os.fdopen(writer, "w"))

    assert main(command) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_disk_is_said(
    command: list[str], output: Callable[[TextIO], None], capsys: pytest.CaptureFixture[str]
) -> None:
    output(os.fdopen(os.open("/dev/full", os.O_WRONLY), "w"))

    assert main(command) == 1
    said = "rayform: output: its disk is full; free some space and run the command again\n"
    assert capsys.readouterr().err == said
