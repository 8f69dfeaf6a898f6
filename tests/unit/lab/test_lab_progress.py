"""Signs of life."""

import threading
from io import StringIO

import pytest
from rayform.lab import Console, Silent
from rayform.lab import progress as module


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Awaited(StringIO):
    """A stream that knows when a text has come."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.came = threading.Event()

    def write(self, text: str) -> int:
        if self.text in text:
            self.came.set()
        return super().write(text)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still, however long the machine takes for a line."""
    monkeypatch.setattr(module.time, "monotonic", lambda: 7.0)


@pytest.mark.usefixtures("still")
def test_a_step_is_told_at_its_beginning_and_its_end() -> None:
    stream = StringIO()

    with Console(stream).step("building etcd"):
        assert stream.getvalue() == "building etcd ...\n"

    assert stream.getvalue() == "building etcd ...\nbuilding etcd: done in 0 s\n"


@pytest.mark.usefixtures("still")
def test_a_step_that_fails_does_not_say_done() -> None:
    stream = StringIO()

    with pytest.raises(ValueError, match="no"), Console(stream).step("building etcd"):
        raise ValueError("no")

    assert stream.getvalue().endswith("building etcd: failed after 0 s\n")


@pytest.mark.usefixtures("still")
def test_a_long_step_is_mentioned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMINDER_SECONDS", 0.001)
    stream = Awaited("building etcd: 0 s so far")

    with Console(stream).step("building etcd"):
        assert stream.came.wait(60)


@pytest.mark.usefixtures("still")
def test_on_a_terminal_one_line_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 60.0)
    stream = Terminal()

    with Console(stream).step("building etcd"):
        pass

    assert stream.getvalue() == "\r\x1b[Kbuilding etcd (0 s)\r\x1b[Kbuilding etcd: done in 0 s\n"


def test_minutes_are_told_as_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 125.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    stream = StringIO()

    with Console(stream).step("building pulumi"):
        pass

    assert stream.getvalue().endswith("building pulumi: done in 2 min 05 s\n")


def test_silence_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Silent().step("building etcd"):
        Silent().say("hello")

    assert capsys.readouterr() == ("", "")
