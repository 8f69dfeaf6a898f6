"""Programs that the machine has already, and whether their version fits."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .table import Tool

_VERSION = re.compile(r"\bv?(\d+)\.(\d+)\.(\d+)")
_ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Installed:
    """A program that was found.

    Attributes:
        path: where.
        source: by which route: ``KUBEBUILDER_ASSETS`` or ``PATH``.
        version: what it says of itself, None when it says nothing that can be read.
        fits: whether the lab can use it.
    """

    path: Path
    source: str
    version: str | None
    fits: bool


def installed(tool: Tool) -> Iterator[Installed]:
    """Every copy of ``tool`` that the machine offers, the preferred one first."""
    for source, folders in (("KUBEBUILDER_ASSETS", os.environ.get("KUBEBUILDER_ASSETS", "")), ("PATH", None)):
        found = None if folders == "" else shutil.which(tool.name, path=folders)
        if found:
            version = _version(Path(found), tool)
            text = ".".join(map(str, version)) if version else None
            yield Installed(Path(found).absolute(), source, text, fits=_fits(tool, version))


def _version(path: Path, tool: Tool) -> tuple[int, int, int] | None:
    if not tool.version_arguments:
        return None
    try:
        answer = subprocess.run(
            [str(path), *tool.version_arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ANSWER_SECONDS,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = _VERSION.search(answer.stdout)
    return (int(match[1]), int(match[2]), int(match[3])) if match and answer.returncode == 0 else None


def _fits(tool: Tool, version: tuple[int, int, int] | None) -> bool:
    if version is None:
        return False
    major, minor, patch = (int(part) for part in tool.version.split("."))
    if tool.newer_fits:
        return version[0] == major and version >= (major, minor, patch)
    return version[:2] == (major, minor)
