"""Programs that ``rayform import`` has printed: what they declare, and how they are laid out."""

import runpy
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from rayform.components.ray.reading import KINDS

__all__ = ["declared", "formatted"]


def declared(program: str) -> list[dict[str, Any]]:
    """The objects that a program declares, whether the rules would take them or not."""
    found: list[dict[str, Any]] = []

    def component(kind: str) -> Any:
        return lambda name, spec, *, operator: found.append(KINDS[kind].write(name, spec)) or operator

    components = {kind: component(kind) for kind in KINDS}
    with TemporaryDirectory() as folder, patch.multiple("rayform.components", **components):
        file = Path(folder) / "imported.py"
        file.write_text(program)
        runpy.run_path(str(file))
    return found


def formatted(program: str) -> str:
    """The program as the formatter wants it, with its imports sorted."""
    ruff = [str(Path(sys.executable).with_name("ruff"))]
    for arguments in (
        ["check", "--isolated", "--select", "I,F", "--fix", "--quiet", "-"],
        ["format", "--isolated", "-"],
    ):
        done = subprocess.run([*ruff, *arguments], input=program, capture_output=True, text=True, check=True)
        program = done.stdout
    return program
