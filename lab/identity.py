"""Which process a number means: numbers are used again, a number with its start time is not."""

import subprocess
from pathlib import Path

_PROC = Path("/proc")
_ENDED = frozenset("ZXx")


def identity(number: int) -> str | None:
    """What tells the process ``number`` from any other that had or will have that number; None when it has ended."""
    return _linux(number) if (_PROC / "self").exists() else _elsewhere(number)


def marked(variable: str, value: str) -> tuple[int, ...]:
    """The numbers of the processes that were started with ``variable=value`` (none known where there is no /proc)."""
    wanted = f"{variable}={value}".encode()
    return tuple(number for number in _numbers() if wanted in _environment(number))


def program(number: int) -> str:
    """The program of the process ``number`` as it was called, empty where that is not known."""
    try:
        return (_PROC / str(number) / "cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
    except OSError:
        return ""


def _linux(number: int) -> str | None:
    try:
        # The second field is the program's name in parentheses and may hold anything, so count from its end.
        fields = (_PROC / str(number) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # Its first thread may have ended before the others, which still hold its files and ports.
    if fields[0] in _ENDED and int(fields[17]) <= 1:
        return None
    return f"{(_PROC / 'sys/kernel/random/boot_id').read_text().strip()}/{fields[19]}"


def _elsewhere(number: int) -> str | None:
    listing = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    state, _, started = listing.stdout.strip().partition(" ")
    return None if not started or state[0] in _ENDED else started.strip()


def _numbers() -> tuple[int, ...]:
    return tuple(int(entry.name) for entry in _PROC.glob("[0-9]*"))


def _environment(number: int) -> tuple[bytes, ...]:
    try:
        return tuple((_PROC / str(number) / "environ").read_bytes().split(b"\0"))
    except OSError:
        return ()
