"""Processes of a plugin's own, which do not outlive it."""

import contextlib
import subprocess
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader
from queue import Queue
from typing import IO, cast

_END_SECONDS = 5.0


class Children:
    """The processes that run now."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()

    @contextmanager
    def started(
        self, command: Sequence[str], env: Mapping[str, str], cwd: str | None = None, *, piped: bool = False
    ) -> "Generator[subprocess.Popen[bytes]]":
        """A process that has ended when the block has; ``piped`` leaves its output to the caller."""
        stream = subprocess.PIPE if piped else None
        process = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        self._running.add(process)
        try:
            yield process
        finally:
            _end(process)
            for pipe in filter(None, (process.stdout, process.stderr)):
                pipe.close()
            self._running.discard(process)

    def __len__(self) -> int:
        return len(self._running)

    def end(self) -> None:
        """End all of them."""
        for process in tuple(self._running):
            _end(process)


def output(process: "subprocess.Popen[bytes]") -> Iterator[tuple[str, bytes]]:
    """What a process prints to which stream, as it prints it, until both of its streams end."""
    chunks: Queue[tuple[str, bytes]] = Queue()

    def pump(name: str, stream: IO[bytes]) -> None:
        with contextlib.suppress(ValueError):  # closed, since nobody reads on
            while chunk := cast("BufferedReader", stream).read1(65536):
                chunks.put((name, chunk))
        chunks.put((name, b""))

    streams = {name: stream for name, stream in (("stdout", process.stdout), ("stderr", process.stderr)) if stream}
    for name, stream in streams.items():
        threading.Thread(target=pump, args=(name, stream), daemon=True).start()
    while streams:
        name, chunk = chunks.get()
        if chunk:
            yield name, chunk
        else:
            del streams[name]


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
