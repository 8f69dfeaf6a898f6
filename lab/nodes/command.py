"""Programs of the operating system, run to their end; one that fails is one error with its last words."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ..errors import LabError

_ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin"  # not on every root's PATH
_DISK_FULL = ("No space left on device", "no space left on device", "Disk quota exceeded")
_NEARLY_NOTHING = 16 << 20  # bytes; less than what the next file would have taken
_LAST_LINES = 15


def run(
    doing: str,
    *argv: str | Path,
    env: Mapping[str, str] | None = None,
    place: Path | None = None,
    remedy: str = "see what it says",
) -> str:
    """What ``argv`` prints; ``doing`` and ``remedy`` are the beginning and the end of the error when it fails.

    It gets the caller's environment, or only ``env`` when that is given. ``place`` is where it writes: not every
    program says so when that disk is full.
    """
    answer = attempt(*argv, env=env)
    if answer.returncode:
        raise _failure(doing, answer, place, remedy)
    return answer.stdout


def attempt(*argv: str | Path, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """The outcome of ``argv``, whatever it is; only a program that is not there is an error."""
    given = dict(os.environ if env is None else env)
    given["PATH"] = os.pathsep.join([given.get("PATH", os.defpath), _ADMINISTRATION])
    try:
        return subprocess.run(
            [str(word) for word in argv],
            env=given,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except FileNotFoundError as error:
        raise LabError(f"{argv[0]}: not on this machine; 'rayform lab doctor --for real' says how to get it") from error


def _failure(doing: str, answer: "subprocess.CompletedProcess[str]", place: Path | None, remedy: str) -> LabError:
    said = "\n".join(part for part in (answer.stdout.strip(), answer.stderr.strip()) if part)
    if any(sign in said for sign in _DISK_FULL) or (place and shutil.disk_usage(place).free < _NEARLY_NOTHING):
        where = f"the disk that holds {place}" if place else "the disk"
        return LabError(f"{doing}: {where} is full; free some space and run the command again")
    quoted = "\n".join(f"  | {line}" for line in said.splitlines()[-_LAST_LINES:]) or "  | (it said nothing)"
    return LabError(f"{doing}: failed with code {answer.returncode}; {remedy}\n{quoted}")
