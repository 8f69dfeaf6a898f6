"""One at a time: locks that end with their holder, and say whom one waits for."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .errors import storing
from .progress import Progress


@contextmanager
def locked(path: Path, purpose: str, progress: Progress) -> Generator[None]:
    """Hold the lock file ``path`` for the block; the wait for another holder is shown with its number and purpose.

    The holder may remove the file; whoever waited then locks a new one.
    """
    descriptor = _held(path, progress)
    try:
        with storing(path):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()}, {purpose}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _held(path: Path, progress: Progress) -> int:
    while True:
        with storing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor, progress)
            if _current(descriptor, path):
                return os.dup(descriptor)  # shares the lock, and survives the close below
        finally:
            os.close(descriptor)


def _current(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _take(descriptor: int, progress: Progress) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 200, 0).decode(errors="replace") or "another process"
        with progress.step(f"waiting for {holder}"):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
