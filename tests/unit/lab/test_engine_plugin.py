"""Processes of the engine: they print their port, and end with whoever started them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import IO

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2_grpc


def started(*command: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "RAYFORM_PYTHON_EXECUTOR": "unused"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def plugin(module: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", f"rayform.lab.engine.{module}", "127.0.0.1:1")


def line(stream: IO[str] | None) -> str:
    assert stream
    return stream.readline().strip()


@pytest.mark.parametrize("module", ["kubernetes", "language_host"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_plugin_ends_without_a_word(module: str, number: signal.Signals) -> None:
    with started(*plugin(module)) as process:
        assert int(line(process.stdout)) > 0
        process.send_signal(number)
        out, err = process.communicate()

    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("module", ["kubernetes", "language_host"])
def test_a_plugin_does_not_outlive_the_engine(module: str) -> None:
    engine = (sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", *plugin(module))
    with started(*engine) as process:
        assert int(line(process.stdout)) > 0
        process.kill()
        out, err = process.communicate()  # ends when the plugin, which holds the pipe, has ended

    assert (out, err) == ("", "")


def test_the_provider_starts_without_the_sdk() -> None:
    code = (
        "import sys; from rayform.lab.engine.plugin import without_sdk; without_sdk();"
        "import rayform.lab.engine.kubernetes.provider; print(*[m for m in sys.modules if m.startswith('pulumi')])"
    )
    loaded = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout
    wanted: Callable[[str], bool] = lambda name: name.startswith("pulumi.runtime.proto")  # noqa: E731 - one use

    assert [name for name in loaded.split() if not wanted(name) and name not in {"pulumi", "pulumi.runtime"}] == []


def test_the_provider_answers_who_it_is() -> None:
    with started(*plugin("kubernetes")) as process:
        with grpc.insecure_channel(f"127.0.0.1:{line(process.stdout)}") as channel:
            info = provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(Empty())
        process.terminate()

    assert info.version == "4.34.2"
