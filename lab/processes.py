"""The lab's processes: started once, recorded in the lab's state, known again by any later command.

Nothing supervises them: a process is what ``<state>/run/<name>.json`` says, as long as the operating system knows a
process of that number *and* that start time. Its output goes to ``<state>/logs/<name>.log``; the log of the run before
is kept as ``<name>.log.1``.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from .errors import LabError, ProcessError, storing
from .identity import identity, marked, program
from .paths import private, write_private

MARK = "RAYFORM_LAB_PROCESS_OF"
"""The environment variable that every process of a lab carries: the lab's state folder."""

_INHERITED = ("HOME", "LANG", "PATH", "TMPDIR")
_POLL_SECONDS = 0.02
_KILLED_SECONDS = 5.0
_NO_SPACE = "no space left on device"
_LEAST_BYTES = 1 << 20
_STACK_LINES = 500
_RECORDED = frozenset({"pid", "identity", "argv", "env", "netns", "stop_signal", "stop_seconds"})

# Processes started by this very interpreter: only their parent can learn their exit code, and must collect it.
_children: dict[int, "subprocess.Popen[bytes]"] = {}


@dataclass(frozen=True)
class Spec:
    """A process as it is wanted.

    Attributes:
        name: unique in the lab; names its record and its log.
        argv: program and arguments.
        env: added to a small environment (HOME, LANG, PATH, TMPDIR of the caller); nothing else is inherited.
        netns: the name of a network namespace under ``/var/run/netns`` to start in.
        stop_signal: what asks it to end.
        stop_seconds: how long it may take to end before it is killed.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    netns: str | None = None
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 10.0


def start(state: Path, spec: Spec) -> None:
    """Make ``spec`` run: nothing happens when it does, another one of that name is ended first."""
    record = _read(state, spec.name)
    wanted = {"argv": list(spec.argv), "env": dict(spec.env), "netns": spec.netns}
    if record and _runs(record):
        if all(record[key] == value for key, value in wanted.items()):
            return
        stop(state, spec.name)
    # A command that was killed may have started it and not recorded it; helpers of its run another program.
    _kill(number for number in _strays(state) if program(number) in spec.argv)
    process = _spawn(state, spec)
    _children[process.pid] = process
    stopping = {"stop_signal": int(spec.stop_signal), "stop_seconds": spec.stop_seconds}
    _write(state, spec.name, {"pid": process.pid, "identity": identity(process.pid), **wanted, **stopping})


def alive(state: Path, name: str) -> bool:
    """Whether the process recorded as ``name`` runs."""
    record = _read(state, name)
    return record is not None and _runs(record)


def pid(state: Path, name: str) -> int | None:
    """The number of the process recorded as ``name``, None when it does not run."""
    record = _read(state, name)
    return int(record["pid"]) if record and _runs(record) else None


def names(state: Path) -> tuple[str, ...]:
    """Every process that is recorded, running or not, in the order of their start."""
    records = [path for path in (state / "run").glob("*.json") if not path.name.startswith(".")]
    begun = [(when, path.stem) for path in records if (when := _written(path)) is not None]
    return tuple(name for _, name in sorted(begun))


def stop(state: Path, name: str) -> None:
    """End the process recorded as ``name`` with its group, and forget it; nothing happens when there is none."""
    record = _read(state, name)
    if record and _runs(record):
        number = int(record["pid"])
        _signal(os.kill, number, int(record["stop_signal"]))
        if not _within(float(record["stop_seconds"]), lambda: not _runs(record)):
            _signal(os.killpg, number, signal.SIGKILL)
            _within(_KILLED_SECONDS, lambda: not _runs(record))
        # What it left behind in its group must not outlive it.
        _signal(os.killpg, number, signal.SIGKILL)
        _children.pop(number, None)
    _record_path(state, name).unlink(missing_ok=True)


def stop_strays(state: Path) -> tuple[int, ...]:
    """Kill every process that carries this lab's mark though no record knows it; their numbers."""
    strays = _strays(state)
    _kill(strays)
    return strays


def tail(state: Path, name: str, lines: int = 20) -> str:
    """The last ``lines`` lines of the log of ``name``, empty when there is none."""
    try:
        with log_path(state, name).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 1000 * lines))
            text = file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def last_words(state: Path, name: str, lines: int = 20) -> str:
    """The end of the log of ``name``; when a Go program panicked, what came before its stack."""
    said = tail(state, name, _STACK_LINES).splitlines()
    stack = next((index for index, line in enumerate(said) if line.startswith("goroutine ")), len(said))
    return "\n".join(said[:stack][-lines:]).rstrip()


def log_path(state: Path, name: str) -> Path:
    """The file that takes the output of ``name``."""
    return state / "logs" / f"{name}.log"


def require_alive(state: Path, name: str, remedy: str = "run 'rayform lab up' to start it again") -> None:
    """Raise a :class:`ProcessError` with the end of the log when ``name`` is recorded but has ended."""
    record = _read(state, name)
    if record is None:
        raise LabError(f"{name}: was never started; {remedy}")
    if not _runs(record):
        child = _children.get(int(record["pid"]))
        said = last_words(state, name)
        raise ProcessError(name, child.returncode if child else None, said, _full(state, said) or remedy)


def _full(state: Path, said: str) -> str | None:
    # A log that lies on the full disk itself has no last words.
    if _NO_SPACE in said.lower() or shutil.disk_usage(state).free < _LEAST_BYTES:
        return f"the disk of {state} is full; free some space and run 'rayform lab up' again"
    return None


def _spawn(state: Path, spec: Spec) -> "subprocess.Popen[bytes]":
    argv = spec.argv
    if spec.netns:
        # Not `ip netns exec`: that mounts a fresh /sys, which hides the cgroups from whoever needs them.
        argv = ("nsenter", f"--net=/var/run/netns/{spec.netns}", "--", *argv)
    env = {key: os.environ[key] for key in _INHERITED if key in os.environ}
    log = log_path(state, spec.name)
    with storing(log):
        private(log.parent)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.1"))
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            argv,
            env={**env, **spec.env, MARK: str(state)},
            cwd=state,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,
        )
    except OSError as error:
        program = spec.argv[0]
        raise LabError(f"{spec.name}: {program} cannot be started: {error.strerror}; check the program") from error
    finally:
        os.close(descriptor)


def _runs(record: Mapping[str, Any]) -> bool:
    number = int(record["pid"])
    child = _children.get(number)
    if child is not None and child.poll() is not None:
        return False
    known = identity(number)
    if known is None and child is not None:
        child.wait()  # it ended after the poll
    return known is not None and known == record["identity"]


def _within(seconds: float, gone: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not gone():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _strays(state: Path) -> tuple[int, ...]:
    known = {pid(state, name) for name in names(state)}
    return tuple(number for number in marked(MARK, str(state)) if number not in known and number != os.getpid())


def _kill(numbers: Iterable[int]) -> None:
    for number in numbers:
        known = identity(number)
        _signal(os.kill, number, signal.SIGKILL)
        if child := _children.pop(number, None):
            child.wait()
        _within(_KILLED_SECONDS, partial(_gone, number, known))


def _gone(number: int, known: str | None) -> bool:
    now = identity(number)
    return now is None or now != known


def _signal(send: Any, number: int, what: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        send(number, what)


def _record_path(state: Path, name: str) -> Path:
    return state / "run" / f"{name}.json"


def _read(state: Path, name: str) -> dict[str, Any] | None:
    """The record of ``name``; None where there is none, or none that is whole."""
    try:
        record: Any = json.loads(_record_path(state, name).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    known = cast("dict[str, Any]", record) if isinstance(record, dict) else {}
    return known if _RECORDED.issubset(known) else None


def _written(record: Path) -> int | None:
    """When a record was written; None where somebody has just ended its process, and forgot it."""
    try:
        return record.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _write(state: Path, name: str, record: Mapping[str, Any]) -> None:
    try:
        write_private(_record_path(state, name), json.dumps(record))
    except LabError:
        # What cannot be recorded would never be ended.
        _signal(os.killpg, int(record["pid"]), signal.SIGKILL)
        _children[int(record["pid"])].wait()
        raise
