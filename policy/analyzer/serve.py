"""Serves the law to the engine that started this process."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any, Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2
from rayform.spec.refusal import RefusedError

from .. import RULES
from .servicer import Analyzer

__all__ = ["serve", "server"]

_SERVICE: Final = "pulumirpc.Analyzer"
_OPTIONS: Final = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_LOOK_SECONDS: Final = 1.0


def serve() -> None:
    """Serve until the engine ends this process or is gone itself; the port is printed, as the engine expects."""
    engine = os.getppid()
    serving, port = server()
    serving.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    ended = threading.Event()
    while not ended.wait(_LOOK_SECONDS) and os.getppid() == engine:
        pass
    os._exit(0)  # the engine is gone: nobody waits for an answer


def server() -> tuple[grpc.Server, int]:
    """A server of the law on a port of its own, not started."""
    analyzer = Analyzer(RULES, version("rayform"))
    methods: dict[str, tuple[Callable[[Any], Any], Any]] = {
        "Handshake": (analyzer.handshake, analyzer_pb2.AnalyzerHandshakeRequest.FromString),
        "GetPluginInfo": (analyzer.plugin_info, empty_pb2.Empty.FromString),
        "GetAnalyzerInfo": (analyzer.analyzer_info, empty_pb2.Empty.FromString),
        "Configure": (analyzer.configure, analyzer_pb2.ConfigureAnalyzerRequest.FromString),
        "ConfigureStack": (analyzer.configure_stack, analyzer_pb2.AnalyzerStackConfigureRequest.FromString),
        "Analyze": (analyzer.analyze, analyzer_pb2.AnalyzeRequest.FromString),
        "AnalyzeStack": (analyzer.analyze_stack, analyzer_pb2.AnalyzeStackRequest.FromString),
        # Read only where something may be mended.
        "Remediate": (analyzer.remediate, None),
    }
    handlers = {
        name: grpc.unary_unary_rpc_method_handler(
            _answering(method), request_deserializer=read, response_serializer=_written
        )
        for name, (method, read) in methods.items()
    }
    # One at a time: the judge keeps sums, and Python would not judge two at once anyway.
    serving = grpc.server(ThreadPoolExecutor(max_workers=1), options=_OPTIONS)
    serving.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, handlers),))
    return serving, serving.add_insecure_port("127.0.0.1:0")


def _answering(method: Callable[[Any], Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
    def answer(request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(request)
        except RefusedError as error:
            return context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))

    return answer


def _written(message: Any) -> bytes:
    data: bytes = message.SerializeToString()
    return data
