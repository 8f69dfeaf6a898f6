"""Where the lab keeps things: a cache that may be lost, and state that belongs to running labs."""

import os
from pathlib import Path

from .errors import storing


def cache_home() -> Path:
    """The folder of what can be made again (built programs, images).

    ``$RAYFORM_CACHE``, else ``$XDG_CACHE_HOME/rayform``, else ``~/.cache/rayform``; made when missing.
    """
    home = _home("RAYFORM_CACHE", "XDG_CACHE_HOME", ".cache")
    with storing(home):
        home.mkdir(parents=True, exist_ok=True)
    return home


def state_home() -> Path:
    """The folder of all labs' state, private to its owner (mode 0700).

    ``$RAYFORM_STATE``, else ``$XDG_STATE_HOME/rayform``, else ``~/.local/state/rayform``; made when missing.
    """
    return private(_home("RAYFORM_STATE", "XDG_STATE_HOME", ".local/state"))


def private(folder: Path) -> Path:
    """``folder``, made when missing, readable by its owner only."""
    with storing(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    return folder


def write_private(path: Path, content: str | bytes) -> Path:
    """``path`` with ``content``, readable by its owner only, and never seen half-written."""
    data = content.encode() if isinstance(content, str) else content
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with storing(path):
        private(path.parent)
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path


def _home(variable: str, base_variable: str, base: str) -> Path:
    if own := os.environ.get(variable):
        return Path(own).absolute()
    return Path(os.environ.get(base_variable) or Path.home() / base).absolute() / "rayform"
