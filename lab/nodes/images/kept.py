"""What image building keeps: ``<cache>/images/<name>-<key>.tar``, its SHA-256 beside it.

A file appears whole or not at all, is compared with its SHA-256 on every use and made anew when it differs. Of each
name only the newest key is kept.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ...errors import storing
from ...locks import locked
from ...paths import cache_home
from ...progress import Progress

_KEY_LENGTH = 16


def key(*parts: str | bytes) -> str:
    """What tells things that were made of other ``parts``, in this order."""
    content = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        content.update(hashlib.sha256(data).digest())
    return content.hexdigest()[:_KEY_LENGTH]


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(name: str, key_: str, make: Callable[[Path], None], progress: Progress) -> Path:
    """The file of that name and key; when it is not there, or damaged, ``make`` writes it to the path it is given.

    ``make`` may use the folder of that path for whatever it needs meanwhile.
    """
    home = cache_home() / "images"
    with storing(home):
        home.mkdir(parents=True, exist_ok=True)
    entry = home / f"{name}-{key_}.tar"
    with locked(home / f"{name}.lock", f"making {name}", progress):
        if entry.exists() and not _whole(entry):
            progress.say(f"{entry}: damaged, made anew")
            entry.unlink()
        if not entry.exists():
            _make(home, name, entry, make)
    return entry


def _make(home: Path, name: str, entry: Path, make: Callable[[Path], None]) -> None:
    for leftover in home.glob(f"partial-{name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with storing(entry), tempfile.TemporaryDirectory(prefix=f"partial-{name}-", dir=home) as partial:
        made = Path(partial) / entry.name
        make(made)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        _sum(entry).write_text(digest(made))
        made.rename(entry)
    for older in home.glob(f"{name}-{'?' * _KEY_LENGTH}.tar*"):
        if older not in {entry, _sum(entry)}:
            older.unlink(missing_ok=True)


def _whole(entry: Path) -> bool:
    try:
        return _sum(entry).read_text() == digest(entry)
    except FileNotFoundError:
        return False


def _sum(entry: Path) -> Path:
    return entry.with_name(f"{entry.name}.sha256")
