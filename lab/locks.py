"""One at a time: locks that end with their holder, and say whom one waits for."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import storing
from .progress import Progress


@contextmanager
def locked(path: Path, purpose: str, progress: Progress) -> Iterator[None]:
    """Hold the lock file ``path`` for the block; the wait for another holder is shown with its number and purpose."""
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, progress)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}, {purpose}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, progress: Progress) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 200, 0).decode(errors="replace") or "another process"
        with progress.step(f"waiting for {holder}"):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
