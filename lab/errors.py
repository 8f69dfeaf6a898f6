"""What the lab refuses or cannot do, each as one message that says what to do about it."""

from collections.abc import Generator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path


class LabError(Exception):
    """The lab cannot go on; the message has the form ``path: what was asked, what is possible; what to do``."""


class ToolError(LabError):
    """A program of the toolchain is missing and cannot be made.

    Attributes:
        tool: the program's name.
    """

    def __init__(self, tool: str, message: str) -> None:
        super().__init__(f"{tool}: {message}")
        self.tool = tool


class ProcessError(LabError):
    """A process of the lab has ended when it should run.

    Attributes:
        process: its name in the lab.
        code: its exit code (negative: the signal that ended it), None when another command had started it.
        tail: the last lines of its log.
    """

    def __init__(self, process: str, code: int | None, tail: str, remedy: str) -> None:
        ended = "has ended" if code is None else f"has ended with {_ending(code)}"
        super().__init__(f"{process}: {ended}; {remedy}\n{_quoted(tail)}")
        self.process = process
        self.code = code
        self.tail = tail


class StorageError(LabError):
    """A file of the lab cannot be written.

    Attributes:
        path: the file or folder.
    """

    def __init__(self, path: Path, error: OSError) -> None:
        reason, remedy = (error.strerror or str(error)).lower(), "make it writable"
        if error.errno in {ENOSPC, EDQUOT}:
            reason, remedy = "the disk is full", "free some space"
        elif isinstance(error, FileExistsError | NotADirectoryError):
            reason, remedy = "a file is where a folder should be", "move it away or name another place"
        super().__init__(f"{path}: {reason}; {remedy} and run the command again")
        self.path = path


@contextmanager
def storing(path: Path) -> Generator[None]:
    """Turn the operating system's refusal to write ``path`` into a :class:`StorageError`."""
    try:
        yield
    except OSError as error:
        raise StorageError(path, error) from error


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _quoted(tail: str) -> str:
    return "\n".join(f"  | {line}" for line in tail.splitlines()) or "  | (its log is empty)"
