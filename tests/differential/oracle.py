"""The operator's own validators, as a process that answers line by line."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from types import TracebackType
from typing import Any, Self

from rayform.lab.progress import Silent
from rayform.lab.toolchain import resolve

__all__ = ["Oracle"]

_BATCH = 50


@cache
def _program() -> str:
    """Found once: each time its 50 MB are read and summed."""
    return str(resolve("oracle", Silent()))


class Oracle:
    """What the pinned operator refuses, under its own choice of gates but for those given."""

    def __init__(self, gates: dict[str, bool]) -> None:
        flag = ",".join(f"{name}={str(on).lower()}" for name, on in gates.items())
        self._process = subprocess.Popen(
            [_program(), f"--feature-gates={flag}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def verdicts(self, manifests: Iterable[dict[str, Any]]) -> list[list[str]]:
        """What the operator says of each manifest, nothing where it accepts; defaults must be filled in before."""
        waiting = iter(manifests)
        answers: list[list[str]] = []
        # A batch fits the pipes' buffers on the way back, so neither side waits for the other.
        while batch := list(islice(waiting, _BATCH)):
            answers += self._answers(batch)
        return answers

    def _answers(self, batch: Sequence[dict[str, Any]]) -> list[list[str]]:
        self._process.stdin.write(b"".join(json.dumps(manifest).encode() + b"\n" for manifest in batch))
        self._process.stdin.flush()
        return [json.loads(self._process.stdout.readline()) for _ in batch]
