"""Runs Python programs for the engine, in place of ``pulumi-language-python``.

It starts the SDK's own executor in the project's interpreter, so a program behaves as under the official host.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from ..toolchain.table import PULUMI
from .children import Children, output

_TOLD = 32
"""The executor's exit code after it has told the user what is wrong."""
_LIST = "import importlib.metadata as m; [print(d.name, d.version) for d in m.distributions()]"


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """The language runtime as the engine talks to it."""

    def __init__(self, engine: str, executor: str) -> None:
        self._engine = engine
        self._executor = executor
        self._children = Children()

    def running(self) -> int:
        """How many programs run now."""
        return len(self._children)

    def end(self) -> None:
        """End every program that still runs."""
        self._children.end()

    def Handshake(self, request: Any, context: Any) -> Any:
        """Remember where the engine listens."""
        del context
        self._engine = request.engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """Say which version this host goes with."""
        del request, context
        return plugin_pb2.PluginInfo(version=PULUMI)

    def GetRequiredPackages(self, request: Any, context: Any) -> Any:
        """None: the engine asks for plugins as resources need them."""
        del request, context
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, request: Any, context: Any) -> Any:
        """None: as with packages."""
        del request, context
        return language_pb2.GetRequiredPluginsResponse()

    def RuntimeOptionsPrompts(self, request: Any, context: Any) -> Any:
        """No questions."""
        del request, context
        return language_pb2.RuntimeOptionsResponse()

    def About(self, request: Any, context: Any) -> Any:
        """Say which Python runs programs."""
        del context
        interpreter = _interpreter(request.info)
        said = subprocess.run([interpreter, "--version"], capture_output=True, text=True, check=True)
        return language_pb2.AboutResponse(executable=interpreter, version=said.stdout.split()[-1])

    def GetProgramDependencies(self, request: Any, context: Any) -> Any:
        """List what is installed where the program runs."""
        del context
        command = [_interpreter(request.info), "-c", _LIST]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        packages = sorted({(name, version) for name, version in (line.split() for line in listed)})
        found = [language_pb2.DependencyInfo(name=name, version=version) for name, version in packages]
        return language_pb2.GetProgramDependenciesResponse(dependencies=found)

    def InstallDependencies(self, request: Any, context: Any) -> Iterator[Any]:
        """Install nothing, and say so: the project's virtual environment is the user's."""
        del request, context
        yield language_pb2.InstallDependenciesResponse(stderr=b"The lab's language host installs no packages.\n")

    def Cancel(self, request: Any, context: Any) -> Any:
        """Nothing to do: a program ends when the engine stops answering it."""
        del request, context
        return empty_pb2.Empty()

    def Run(self, request: Any, context: Any) -> Any:
        """Run the program to its end."""
        del context
        config = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        environment = {**_environment(request.info), **config}
        with self._children.started(self._command(request), environment) as program:
            code = program.wait()
        if code == _TOLD:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"Program exited with non-zero exit code: {code}" if code else "")

    def RunPlugin(self, request: Any, context: Any) -> Iterator[Any]:
        """Run a plugin that is a Python program, passing on what it prints; a policy pack through the SDK's runner."""
        runner = ["-m", "pulumi.policy", *request.args] if request.kind == "analyzer" else []
        command = [_interpreter(request.info), "-u", *runner, _program(request.info)]
        command += [] if runner else request.args
        environment = {**_environment(request.info), **dict(entry.split("=", 1) for entry in request.env)}
        with self._children.started(command, environment, request.pwd or None, piped=True) as plugin:
            context.add_callback(plugin.terminate)
            for stream, chunk in output(plugin):
                response = language_pb2.RunPluginResponse()
                setattr(response, stream, chunk)
                yield response
            yield language_pb2.RunPluginResponse(exitcode=plugin.wait())

    def _command(self, request: Any) -> list[str]:
        options = {
            "monitor": request.monitor_address,
            "engine": self._engine,
            "project": request.project,
            "stack": request.stack,
            "pwd": request.pwd,
            "dry_run": str(request.dryRun).lower(),
            "parallel": str(request.parallel),
            "organization": request.organization,
            "root_directory": request.info.root_directory,
        }
        flags = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [_interpreter(request.info), "-u", self._executor, *flags, _program(request.info), *request.args]


def _interpreter(info: Any) -> str:
    """The Python of the project's ``virtualenv`` option, relative to the project's root; else this one."""
    folder = _virtualenv(info)
    return str(folder / "bin" / "python") if folder else sys.executable


def _environment(info: Any) -> Mapping[str, str]:
    """The environment of a program: its virtual environment is the active one."""
    folder = _virtualenv(info)
    if folder is None:
        return os.environ
    path = os.pathsep.join((str(folder / "bin"), os.environ.get("PATH", os.defpath)))
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONHOME"}
    return {**kept, "PATH": path, "VIRTUAL_ENV": str(folder)}


def _virtualenv(info: Any) -> Path | None:
    options: Mapping[str, Any] = info.options.fields
    folder = options["virtualenv"].string_value if "virtualenv" in options else ""
    return Path(info.root_directory, folder) if folder else None


def _program(info: Any) -> str:
    return str(Path(info.program_directory, info.entry_point))
