"""The tree as the contract tests see it."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
"""Root of the tree."""
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
"""The project's own description."""
ROOMS: dict[str, str] = {folder: package for package, folder in PYPROJECT["tool"]["setuptools"]["package-dir"].items()}
"""Rooms by folder: ``{"components": "rayform.components", …}``."""
PACKAGES: list[str] = PYPROJECT["tool"]["setuptools"]["packages"]
"""Packages that the wheel is told to hold."""


@cache
def files(*folders: str) -> tuple[Path, ...]:
    """Every file that is, or could be, committed; in these folders, or in the whole tree."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())


def modules(*folders: str) -> tuple[Path, ...]:
    """Python files in these folders, or in all rooms."""
    return tuple(file for file in files(*(folders or ROOMS)) if file.suffix == ".py")


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text(), filename=str(file))


def dotted(file: Path) -> str:
    """The name under which a module of a room is imported."""
    room, *rest = file.relative_to(ROOT).with_suffix("").parts
    return ".".join([ROOMS[room], *rest]).removesuffix(".__init__")


def source(module: str) -> Path:
    """The file in the tree behind a module, wherever it was imported from."""
    _, room, *rest = module.split(".")
    path = ROOT.joinpath(next(folder for folder, package in ROOMS.items() if package == f"rayform.{room}"), *rest)
    return file if (file := path.with_suffix(".py")).is_file() else path / "__init__.py"


def shown(file: Path) -> str:
    """A file's name in a message."""
    return str(file.relative_to(ROOT))


def classes(file: Path) -> Iterator[ast.ClassDef]:
    """Classes at the top level of a module."""
    return (node for node in tree(file).body if isinstance(node, ast.ClassDef))


def words_below(body: list[ast.stmt]) -> dict[str, bool]:
    """Names assigned in a body, with whether a docstring follows each."""
    found: dict[str, bool] = {}
    for node, following in zip(body, [*body[1:], None], strict=True):
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        described = (
            isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        )
        found |= {target.id: described for target in targets if isinstance(target, ast.Name)}
    return found
