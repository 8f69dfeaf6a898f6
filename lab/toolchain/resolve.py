"""From a program's name to a file that can be run: what is installed and fits, else what was built, else a build."""

import shutil
import tempfile
from pathlib import Path

from ..errors import ToolError
from ..locks import locked
from ..paths import cache_home
from ..progress import Progress
from . import cache
from .golang import Go, failure, find_go, require_go
from .installed import installed
from .modules import module_dir
from .table import TOOLS, Tool


def resolve(name: str, progress: Progress) -> Path:
    """The path of the program ``name`` of :data:`TOOLS`, built first when nothing that fits is there."""
    if name not in TOOLS:
        raise ToolError(name, f"is not of the toolchain, which has {', '.join(sorted(TOOLS))}; name one of these")
    tool = TOOLS[name]
    for copy in installed(tool):
        if copy.fits:
            return copy.path
    return cache.usable(tool, find_go()) or _built(tool, progress)


def instead_of_building(tool: Tool) -> str:
    """What would do in place of a build of ``tool``, as the end of a sentence; empty when nothing would."""
    if not tool.version_arguments:
        return ""
    kind = f"{tool.version} or newer" if tool.newer_fits else tool.series
    return f", or put {tool.name} {kind} on PATH or into KUBEBUILDER_ASSETS"


def _built(tool: Tool, progress: Progress) -> Path:
    go = require_go(tool.name, tool.folder, instead_of_building(tool))
    with locked(cache_home() / "toolchain.lock", f"building {tool.name} {tool.version}", progress):
        # Whoever held the lock may have built it.
        return cache.usable(tool, go) or _build(tool, go, progress)


def _build(tool: Tool, go: Go, progress: Progress) -> Path:
    def make(destination: Path) -> None:
        flags = ("-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", tool.ldflags)
        # A copy, since an editable install may be renewed, and its folders with it, during the minutes of a build.
        with tempfile.TemporaryDirectory() as copy:
            sources = shutil.copytree(tool.folder, copy, dirs_exist_ok=True)
            for module, file in tool.embeds:
                shutil.copy(module_dir(module.path, module.version, progress) / file, sources)
            built = go.run(("build", *flags, "-o", str(destination), tool.package), Path(sources))
        if built.returncode:
            raise failure(tool.name, built.stderr + built.stdout, cache.folder(tool), instead_of_building(tool))

    minutes = "a minute" if tool.minutes == 1 else f"{tool.minutes} minutes"
    with progress.step(f"building {tool.name} {tool.version} from source, about {minutes} when nothing is cached"):
        return cache.store(tool, go, make)
