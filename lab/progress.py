"""Signs of life: what is being done and for how long, so that nobody stares at a silent terminal."""

import sys
import threading
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

TICK_SECONDS = 1.0
"""How often the elapsed time is renewed on a terminal."""

REMINDER_SECONDS = 30.0
"""How often a long step is mentioned again where output is not a terminal."""


class Progress(Protocol):
    """Tells somebody what is being done."""

    def step(self, text: str) -> AbstractContextManager[None]:
        """Show ``text`` with the time it has taken, until the block ends."""
        ...

    def say(self, text: str) -> None:
        """Show ``text`` once."""
        ...


class Silent:
    """Progress that tells nobody; for tests and programs."""

    @contextmanager
    def step(self, text: str) -> Generator[None]:
        """Do the block and say nothing of ``text``."""
        del text
        yield

    def say(self, text: str) -> None:
        """Say nothing of ``text``."""


class Console:
    """Progress on a stream: on a terminal one line that ticks, elsewhere plain lines and a reminder every 30 s."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._running: list[tuple[str, float]] = []
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Write ``text`` on a line of its own."""
        with self._lock:
            self._line(text)

    @contextmanager
    def step(self, text: str) -> Generator[None]:
        """Write ``text``, keep its elapsed time in sight, and end with the time it took or that it failed."""
        started = time.monotonic()
        ended = threading.Event()
        with self._lock:
            self._running.append((text, started))
            self._show(text, started) if self._terminal else self._line(f"{text} ...")
        ticker = threading.Thread(target=self._tick, args=(text, started, ended), daemon=True)
        ticker.start()
        outcome = "failed after"
        try:
            yield
            outcome = "done in"
        finally:
            ended.set()
            ticker.join()
            with self._lock:
                self._running.remove((text, started))
                self._line(f"{text}: {outcome} {_elapsed(started)}")

    def _tick(self, text: str, started: float, ended: threading.Event) -> None:
        while not ended.wait(TICK_SECONDS if self._terminal else REMINDER_SECONDS):
            with self._lock:
                if self._running[-1] != (text, started):
                    continue  # an inner step has the line
                if self._terminal:
                    self._show(text, started)
                else:
                    self._line(f"{text}: {_elapsed(started)} so far")

    def _show(self, text: str, started: float) -> None:
        self._stream.write(f"\r\033[K{text} ({_elapsed(started)})")
        self._stream.flush()

    def _line(self, text: str) -> None:
        self._stream.write(f"\r\033[K{text}\n" if self._terminal else f"{text}\n")
        self._stream.flush()


def _elapsed(started: float) -> str:
    seconds = int(time.monotonic() - started)
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60:02d} s"
