"""The end of a plugin: the engine sends an interrupt and waits for nothing."""

import os
import signal
from types import FrameType


def exit_quietly_on_interrupt() -> None:
    """Let the engine's interrupt end this process without a word."""
    signal.signal(signal.SIGINT, _exit)


def _exit(signum: int, frame: FrameType | None) -> None:
    del signum, frame
    os._exit(0)
