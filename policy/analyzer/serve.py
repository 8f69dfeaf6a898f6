"""Serves the law to the engine that started this process."""

import gc
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Lock, Thread
from typing import Any, Final

from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2

from .. import RULES
from .calls import Method, answered
from .http2 import Connection
from .servicer import Analyzer

__all__ = ["serve", "server"]

_LOOK_SECONDS: Final = 1.0
_READ_BYTES: Final = 262_144
_KEPT: Final = 100_000
"""New objects at which Python looks for what has gone; what a judgement makes goes by itself."""


def serve() -> None:
    """Serve until the engine ends this process or is gone itself; the port is printed, as the engine expects."""
    engine, serving = os.getppid(), server()
    # What is loaded stays: to look through it for what has gone, again and again, is a sixth of what judging takes.
    gc.freeze()
    gc.set_threshold(_KEPT)
    Thread(target=serving.serve_forever, daemon=True).start()
    sys.stdout.write(f"{serving.server_address[1]}\n")
    sys.stdout.flush()
    while os.getppid() == engine:
        time.sleep(_LOOK_SECONDS)
    os._exit(0)  # the engine is gone: nobody waits for an answer


def server() -> ThreadingTCPServer:
    """A server of the law on a port of its own of this machine alone, not started."""
    methods = _methods(Analyzer(RULES, version("rayform")))
    serving = ThreadingTCPServer(("127.0.0.1", 0), partial(_Conversation, methods, Lock()))
    serving.daemon_threads = True
    return serving


class _Conversation(StreamRequestHandler):
    disable_nagle_algorithm = True

    def __init__(self, methods: Mapping[bytes, Method], one_at_a_time: Lock, *connected: Any) -> None:
        self._methods = methods
        self._one_at_a_time = one_at_a_time  # the judge keeps sums
        super().__init__(*connected)

    def handle(self) -> None:
        spoken = Connection()
        with suppress(ConnectionError):  # the engine waits for no more answers
            self.connection.sendall(spoken.to_send())
            while not spoken.closed and (data := self.connection.recv(_READ_BYTES)):
                with self._one_at_a_time:
                    for request in spoken.received(data):
                        spoken.respond(request, answered(request, self._methods))
                self.connection.sendall(spoken.to_send())


def _methods(analyzer: Analyzer) -> dict[bytes, Method]:
    methods: dict[str, Method] = {
        "Handshake": _read(analyzer_pb2.AnalyzerHandshakeRequest, analyzer.handshake),
        "GetPluginInfo": _read(empty_pb2.Empty, analyzer.plugin_info),
        "GetAnalyzerInfo": _read(empty_pb2.Empty, analyzer.analyzer_info),
        "Configure": _read(analyzer_pb2.ConfigureAnalyzerRequest, analyzer.configure),
        "ConfigureStack": _read(analyzer_pb2.AnalyzerStackConfigureRequest, analyzer.configure_stack),
        "Analyze": _read(analyzer_pb2.AnalyzeRequest, analyzer.analyze),
        "AnalyzeStack": _read(analyzer_pb2.AnalyzeStackRequest, analyzer.analyze_stack),
        # Read only where something may be mended.
        "Remediate": analyzer.remediate,
    }
    return {f"/pulumirpc.Analyzer/{name}".encode(): method for name, method in methods.items()}


def _read(asked: Any, method: Method) -> Method:
    return lambda message: method(asked.FromString(message))
