"""What the toolchain has, where it comes from, what is missing, and the command that mends it."""

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ..progress import Progress
from . import cache
from .golang import Go, find_go
from .installed import installed
from .modules import module_dir, present
from .packages import ensure_packages, install_command, missing_packages
from .resolve import instead_of_building, resolve
from .table import GO_MODULES, GoModule, Purpose, Tool, tools_for


@dataclass(frozen=True)
class Finding:
    """One thing that the lab needs.

    Attributes:
        name: the program, module or condition.
        state: what was found.
        remedy: the command or act that mends it, None when nothing is wrong.
    """

    name: str
    state: str
    remedy: str | None = None


def examine(purpose: Purpose) -> tuple[Finding, ...]:
    """Everything that ``purpose`` needs, found or not; nothing is built, downloaded or installed."""
    return tuple(_findings(purpose))


def prepare(purpose: Purpose, progress: Progress) -> None:
    """Install, download and build what ``purpose`` lacks; whatever cannot be had is a ``LabError``."""
    if purpose is Purpose.REAL:
        ensure_packages(progress)
    for module in _modules(purpose):
        module_dir(module.path, module.version, progress)
    for tool in tools_for(purpose):
        resolve(tool.name, progress)


def _findings(purpose: Purpose) -> Iterator[Finding]:
    if purpose is Purpose.REAL:
        yield _machine()
        missing = missing_packages()
        yield Finding("packages", f"missing: {', '.join(missing)}" if missing else "all there", _apt(missing))
    go = find_go()
    yield Finding("go", f"{go.version}, {go.program}" if go else "not on PATH", None if go else _GO_REMEDY)
    for module in _modules(purpose):
        there = go is not None and present(module.path, module.version)
        state = module.version if there else f"{module.version}, not downloaded"
        yield Finding(module.path, state, None if there else _build_command(purpose))
    for tool in tools_for(purpose):
        yield _tool(tool, go, purpose)


_GO_REMEDY = "install Go 1.26 or newer (https://go.dev/dl); it builds what is not installed"


def _machine() -> Finding:
    if sys.platform != "linux":
        return Finding("machine", platform.system(), "a real node needs Linux; use simulated nodes")
    if os.geteuid() != 0:
        return Finding("machine", f"Linux, user {os.geteuid()}", "a real node needs root; use sudo or simulated nodes")
    return Finding("machine", "Linux, root")


def _tool(tool: Tool, go: Go | None, purpose: Purpose) -> Finding:
    copies = tuple(installed(tool))
    if copy := next((copy for copy in copies if copy.fits), None):
        return Finding(tool.name, f"{copy.version}, {copy.source}: {copy.path}")
    if built := cache.usable(tool, go):
        return Finding(tool.name, f"{tool.version}, built: {built}")
    passed_over = "".join(f"; {copy.path} is {copy.version or 'of unknown version'}" for copy in copies)
    remedy = f"{_build_command(purpose)} (about {tool.minutes} min){instead_of_building(tool)}"
    return Finding(tool.name, f"{tool.version} is neither installed nor built{passed_over}", remedy)


def _modules(purpose: Purpose) -> tuple[GoModule, ...]:
    return tuple(module for module in GO_MODULES if purpose in module.purposes)


def _apt(missing: tuple[str, ...]) -> str | None:
    return install_command(missing) if missing else None


def _build_command(purpose: Purpose) -> str:
    return f"rayform lab doctor --for {purpose} --build"
