"""Which of the engine's companions are official, and shims for those that are missing, as installed plugins."""

import importlib.metadata
import re
import shlex
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import storing
from ..paths import private, write_private
from ..progress import Progress
from ..toolchain import PULUMI, PULUMI_SDK_MODULE, module_dir

_EXECUTOR, _DYNAMIC = "cmd/pulumi-language-python-exec", "dist/pulumi-resource-pulumi-python"
_VERSION = re.compile(r"-v(\d+)\.(\d+)\.(\d+)$")
# The SDK's own script and the Python under it wait for ever for an engine that was killed; their process group ends.
_WITH_ENGINE = '(while kill -0 "$PPID"; do sleep 1; done; kill -s KILL -- "-$$") </dev/null >/dev/null 2>&1 &'


@dataclass(frozen=True)
class Standin:
    """One companion of the engine.

    Attributes:
        kind: of plugin: ``language`` or ``resource``.
        plugin: the plugin's name.
        version: which one the SDK that is installed goes with.
        official: where the official one is; None when the lab's stands in.
    """

    kind: str
    plugin: str
    version: str
    official: Path | None

    @property
    def name(self) -> str:
        """The program's name, as the engine looks for it."""
        return f"pulumi-{self.kind}-{self.plugin}"

    @property
    def folder(self) -> str:
        """The name of its folder among installed plugins."""
        return f"{self.kind}-{self.plugin}-v{self.version}"


def standins(pulumi: Path, installed: Path) -> tuple[Standin, ...]:
    """Every companion of ``pulumi``: official beside it, on PATH or among the ``installed`` plugins, or the lab's."""
    needed = (("language", "python", PULUMI), ("resource", "pulumi-python", PULUMI))
    providers = ((name, importlib.metadata.version(f"pulumi-{name}")) for name in ("kubernetes", "aws"))
    return (
        *(Standin(kind, name, version, _beside(pulumi, f"pulumi-{kind}-{name}")) for kind, name, version in needed),
        *(Standin("resource", name, version, _provider(installed, name, version)) for name, version in providers),
    )


def write_plugins(home: Path, needed: Iterable[Standin], installed: Path, progress: Progress) -> None:
    """Make ``home`` the engine's home: the plugins ``installed`` already, and a shim for each that is not official."""
    plugins = private(home / "plugins")
    missing = {each.folder: each for each in needed if each.official is None}
    links = {path.name: path for path in installed.glob("*-v*") if path.is_dir() and path.name not in missing}
    with storing(plugins):
        for there in [path for path in plugins.iterdir() if path.is_symlink()]:
            there.unlink()
        for there in [path for path in plugins.iterdir() if path.is_dir() and path.name not in missing]:
            shutil.rmtree(there)
        for name, target in links.items():
            (plugins / name).symlink_to(target)
    scripts = _scripts(progress) if missing else {}
    for standin in missing.values():
        shim, text = plugins / standin.folder / standin.name, f'#!/bin/sh\n{scripts[standin.name]} "$@"\n'
        if not shim.exists() or shim.read_text() != text:
            write_private(shim, text).chmod(0o700)


def _scripts(progress: Progress) -> dict[str, str]:
    sdk = module_dir(PULUMI_SDK_MODULE.path, PULUMI_SDK_MODULE.version, progress) / "python"
    executor = _quoted(sdk / _EXECUTOR)
    return {
        "pulumi-language-python": f"export RAYFORM_PYTHON_EXECUTOR={executor}; {_module('language_host')}",
        "pulumi-resource-pulumi-python": f"{_WITH_ENGINE}\nexec /bin/sh {_quoted(sdk / _DYNAMIC)}",
        **{f"pulumi-resource-{name}": _module(name) for name in ("kubernetes", "aws")},
    }


def _beside(pulumi: Path, name: str) -> Path | None:
    sibling = pulumi.resolve().with_name(name)
    found = shutil.which(name)
    return sibling if sibling.is_file() else Path(found) if found else None


def _provider(installed: Path, name: str, version: str) -> Path | None:
    """The official provider, when it is not older than the SDK that asks for it."""
    wanted = _numbers(f"-v{version}")
    fitting = [
        path for path in installed.glob(f"resource-{name}-v*") if wanted <= _numbers(path.name) < (wanted[0] + 1,)
    ]
    if fitting:
        return max(fitting, key=lambda path: _numbers(path.name)) / f"pulumi-resource-{name}"
    found = shutil.which(f"pulumi-resource-{name}")
    return Path(found) if found else None


def _numbers(name: str) -> tuple[int, ...]:
    match = _VERSION.search(name)
    return tuple(int(number) for number in match.groups()) if match else (0,)


def _module(name: str) -> str:
    return f"exec {_quoted(Path(sys.executable))} -P -m rayform.lab.engine.{name}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
