"""The end of a plugin: with the engine's interrupt, or with the engine itself."""

import os
import signal
import threading
import time
from types import FrameType

_LOOK_SECONDS = 1.0


def end_with_the_engine() -> None:
    """Let the engine's interrupt end this process without a word, and its death end it with all that it started."""
    signal.signal(signal.SIGINT, _exit)
    threading.Thread(target=_outlive_nobody, args=(os.getppid(),), daemon=True).start()


def _exit(signum: int, frame: FrameType | None) -> None:
    del signum, frame
    os._exit(0)


def _outlive_nobody(engine: int) -> None:
    while os.getppid() == engine:
        time.sleep(_LOOK_SECONDS)
    # The engine gives each plugin a process group of its own; a program that still runs is in it.
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)
