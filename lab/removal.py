"""Removing a lab's folder, which must not reach into anything that is still mounted there."""

import contextlib
import shutil
from pathlib import Path

from .errors import LabError, storing

_MOUNTS = Path("/proc/self/mounts")


def remove(state: Path) -> None:
    """Remove the folder ``state`` with everything in it; what is still mounted under it is refused by name."""
    if mounts := mounts_under(state):
        remedy = f"unmount them ('umount {mounts[-1]}') and run 'rayform lab down' again"
        raise LabError(f"{state}: {', '.join(map(str, mounts))} are still mounted; {remedy}")
    with storing(state), contextlib.suppress(FileNotFoundError):
        shutil.rmtree(state)


def mounts_under(folder: Path) -> tuple[Path, ...]:
    """Every mount point at or under ``folder``, outer ones first; none are known where there is no /proc."""
    if not _MOUNTS.exists():
        return ()
    points = (Path(_plain(line.split(" ")[1])) for line in _MOUNTS.read_text().splitlines())
    return tuple(sorted(point for point in points if point.is_relative_to(folder.resolve())))


def _plain(text: str) -> str:
    # The kernel writes blanks and backslashes as octal numbers.
    for octal, character in ((r"\040", " "), (r"\011", "\t"), (r"\134", "\\")):
        text = text.replace(octal, character)
    return text
