"""Which of the engine's companions are official, and shims for those that are missing."""

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import storing
from ..paths import private
from ..progress import Progress
from ..toolchain import PULUMI_SDK_MODULE, module_dir

_LANGUAGE, _EXECUTOR = "pulumi-language-python", "pulumi-language-python-exec"
_DYNAMIC, _KUBERNETES = "pulumi-resource-pulumi-python", "pulumi-resource-kubernetes"


@dataclass(frozen=True)
class Standin:
    """One companion of the engine.

    Attributes:
        name: the program's name, as the engine looks for it.
        official: where the official one is; None when the lab's stands in.
    """

    name: str
    official: Path | None


def standins(pulumi: Path, plugins: Path) -> tuple[Standin, ...]:
    """Every companion of ``pulumi``: official beside it, on PATH or among ``plugins``, or the lab's."""
    beside = (Standin(name, _beside(pulumi, name)) for name in (_LANGUAGE, _DYNAMIC))
    installed = sorted(plugins.glob("resource-kubernetes-v*/pulumi-resource-kubernetes"))
    found = shutil.which(_KUBERNETES)
    kubernetes = installed[-1] if installed else Path(found) if found else None
    return (*beside, Standin(_KUBERNETES, kubernetes))


def write_standins(folder: Path, needed: tuple[Standin, ...], progress: Progress) -> None:
    """Put a shim into ``folder`` for every companion that is not official, and nothing else."""
    sdk = module_dir(PULUMI_SDK_MODULE.path, PULUMI_SDK_MODULE.version, progress)
    executor, dynamic = sdk / "python" / "cmd" / _EXECUTOR, sdk / "python" / "dist" / _DYNAMIC
    scripts = {
        _LANGUAGE: f"export RAYFORM_PYTHON_EXECUTOR={_quoted(executor)}\n{_module('language_host')}",
        _DYNAMIC: f"exec /bin/sh {_quoted(dynamic)}",
        _KUBERNETES: _module("kubernetes"),
    }
    with storing(folder):
        shutil.rmtree(folder, ignore_errors=True)
        private(folder)
        for standin in needed:
            if standin.official is None:
                shim = folder / standin.name
                shim.write_text(f'#!/bin/sh\n{scripts[standin.name]} "$@"\n')
                shim.chmod(0o700)


def _beside(pulumi: Path, name: str) -> Path | None:
    sibling = pulumi.resolve().with_name(name)
    found = shutil.which(name)
    return sibling if sibling.is_file() else Path(found) if found else None


def _module(name: str) -> str:
    return f"exec {_quoted(Path(sys.executable))} -P -m rayform.lab.engine.{name}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
