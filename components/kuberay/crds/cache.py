"""Files by their checksum, kept on this machine; a file that is not what its name says is never used."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from .errors import CrdsError

__all__ = ["folder", "kept", "store"]


def folder() -> Path:
    """``crds`` in ``$RAYFORM_CACHE``, else in ``$XDG_CACHE_HOME/rayform``, else in ``~/.cache/rayform``."""
    if own := os.environ.get("RAYFORM_CACHE"):
        return Path(own).absolute() / "crds"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute() / "rayform" / "crds"


def kept(checksum: str) -> bytes | None:
    """The file with that sha256; None when it is not there. One that was damaged is removed."""
    path = folder() / f"{checksum}.yaml"
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if sha256(content).hexdigest() == checksum:
        return content
    with suppress(OSError):
        path.unlink()
    return None


def store(content: bytes) -> None:
    """Keeps a file under its checksum, whole or not at all.

    Raises:
        CrdsError: there is no place for it.
    """
    path = folder() / f"{sha256(content).hexdigest()}.yaml"
    try:
        _write(path, content)
    except OSError as error:
        asked = f"a cache of {len(content)} bytes more asked"
        reason = f"{path.parent} cannot hold it ({error.strerror})"
        remedy = "make room, or set RAYFORM_CACHE to another folder"
        raise CrdsError("source", asked, reason, remedy) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as partial:
        try:
            partial.write(content)
            partial.close()
            Path(partial.name).replace(path)
        except BaseException:
            Path(partial.name).unlink()
            raise
