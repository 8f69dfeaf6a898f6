"""``python -m rayform.lab.engine.language_host [ENGINE]``: runs Python programs for the engine.

It stands in for ``pulumi-language-python``: it starts the SDK's own executor in the project's interpreter, so a program
behaves as under the official host.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import IO, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from ..toolchain.table import PULUMI
from .goodbye import end_with_the_engine

_TOLD = 32
"""The executor's exit code after it has told the user what is wrong."""


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """The language runtime as the engine talks to it."""

    def __init__(self, engine: str, executor: str) -> None:
        self._engine = engine
        self._executor = executor

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
        """Say which Python this is."""
        del request, context
        return language_pb2.AboutResponse(executable=sys.executable, version=sys.version.partition(" ")[0])

    def GetProgramDependencies(self, request: Any, context: Any) -> Any:
        """None are listed."""
        del request, context
        return language_pb2.GetProgramDependenciesResponse()

    def InstallDependencies(self, request: Any, context: Any) -> Iterator[Any]:
        """Nothing is installed: the project's virtual environment is the user's."""
        del request, context
        yield from ()

    def Cancel(self, request: Any, context: Any) -> Any:
        """Nothing to do: programs get the terminal's signal themselves."""
        del request, context
        return empty_pb2.Empty()

    def Run(self, request: Any, context: Any) -> Any:
        """Run the program to its end."""
        del context
        config = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        code = subprocess.run(
            self._command(request), env={**os.environ, **config}, stdin=subprocess.DEVNULL, check=False
        ).returncode
        if code == _TOLD:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"Program exited with non-zero exit code: {code}" if code else "")

    def RunPlugin(self, request: Any, context: Any) -> Iterator[Any]:
        """Run a plugin that is a Python program, passing on what it prints."""
        del context
        command = [_interpreter(request.info), "-u", _program(request.info), *request.args]
        environment = {**os.environ, **dict(entry.split("=", 1) for entry in request.env)}
        process = subprocess.Popen(
            command, cwd=request.pwd or None, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for stream, chunk in _output(process):
            response = language_pb2.RunPluginResponse()
            setattr(response, stream, chunk)
            yield response
        yield language_pb2.RunPluginResponse(exitcode=process.wait())

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
    folder: str = info.options.fields["virtualenv"].string_value if "virtualenv" in info.options.fields else ""
    return str(Path(info.root_directory, folder, "bin", "python")) if folder else sys.executable


def _program(info: Any) -> str:
    return str(Path(info.program_directory, info.entry_point))


def _output(process: "subprocess.Popen[bytes]") -> Iterator[tuple[str, bytes]]:
    """What a process prints, as it prints it, until both of its streams end."""
    chunks: Queue[tuple[str, bytes]] = Queue()

    def pump(name: str, stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), 65536):
            chunks.put((name, chunk))
        chunks.put((name, b""))

    streams = {"stdout": process.stdout, "stderr": process.stderr}
    for name, stream in streams.items():
        if stream is not None:
            threading.Thread(target=pump, args=(name, stream), daemon=True).start()
    open_streams = len(streams)
    while open_streams:
        name, chunk = chunks.get()
        if chunk:
            yield name, chunk
        else:
            open_streams -= 1


def main() -> None:
    """Serve until the engine ends this process."""
    server = grpc.server(ThreadPoolExecutor(max_workers=16))
    host = LanguageHost(sys.argv[1] if sys.argv[1:] else "", os.environ["RAYFORM_PYTHON_EXECUTOR"])
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    end_with_the_engine()
    print(port, flush=True)  # noqa: T201 - how a plugin tells its port
    server.wait_for_termination()


if __name__ == "__main__":
    main()
