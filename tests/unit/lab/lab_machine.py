"""A machine whose programs are short shell scripts, and somebody who listens."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path


class Spoken:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextmanager
    def step(self, text: str) -> Generator[None]:
        self.lines.append(text)
        yield

    def say(self, text: str) -> None:
        self.lines.append(text)


class Machine:
    """Programs on PATH, each a short shell script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def has(self, name: str, script: str, folder: Path | None = None) -> Path:
        program = (folder or self.folder) / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program


def until(condition: Callable[[], bool]) -> None:
    """Look again and again until ``condition`` holds; what another process does gives no other sign."""
    never = threading.Event()
    deadline = time.monotonic() + 600
    while not condition():
        assert time.monotonic() < deadline, "never came true"
        never.wait(0.01)
