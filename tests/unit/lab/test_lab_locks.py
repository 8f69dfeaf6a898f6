"""One at a time."""

import threading
from pathlib import Path

from rayform.lab import Silent
from rayform.lab.locks import locked


class Waiting:
    """Progress that knows when somebody waits."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.begun = threading.Event()

    def step(self, text: str) -> threading.Lock:
        self.texts.append(text)
        self.begun.set()
        return threading.Lock()

    def say(self, text: str) -> None:
        self.texts.append(text)


def follow(path: Path, waiting: Waiting, order: list[str]) -> threading.Thread:
    def run() -> None:
        with locked(path, "building kubelet", waiting):
            order.append("second")

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_the_second_waits_and_says_for_whom(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = Waiting()
    with locked(tmp_path / "lock", "building etcd", Silent()):
        thread = follow(tmp_path / "lock", waiting, order)
        assert waiting.begun.wait(600)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]
    assert waiting.texts[0].startswith("waiting for process ")
    assert waiting.texts[0].endswith(", building etcd")


def test_a_lock_whose_file_the_holder_removes_still_locks(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = Waiting()
    with locked(tmp_path / "lock", "ending lab", Silent()):
        thread = follow(tmp_path / "lock", waiting, order)
        assert waiting.begun.wait(600)
        (tmp_path / "lock").unlink()
    thread.join()

    assert order == ["second"]
    assert (tmp_path / "lock").exists()


def test_a_free_lock_is_taken_in_silence(tmp_path: Path) -> None:
    waiting = Waiting()
    with locked(tmp_path / "lock", "building etcd", waiting):
        pass

    assert waiting.texts == []
