"""Serves the law to the engine that started this process."""

import asyncio
import gc
import os
import sys
from collections.abc import Awaitable, Callable
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
_KEPT: Final = 100_000
"""New objects at which Python looks for what has gone; what a judgement makes goes by itself."""


def serve() -> None:
    """Serve until the engine ends this process or is gone itself; the port is printed, as the engine expects."""
    # What is loaded stays: to look through it for what has gone, again and again, is a sixth of what judging takes.
    gc.freeze()
    gc.set_threshold(_KEPT)
    asyncio.run(_served(os.getppid()))
    os._exit(0)  # the engine is gone: nobody waits for an answer


async def _served(engine: int) -> None:
    serving, port = server()
    await serving.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while os.getppid() == engine:
        await serving.wait_for_termination(_LOOK_SECONDS)


def server() -> tuple[grpc.aio.Server, int]:
    """A server of the law on a port of its own, not started; for the loop that runs."""
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
    # All in one thread: the judge keeps sums, and to hand a call from thread to thread costs as much as to judge it.
    serving = grpc.aio.server(options=_OPTIONS)
    serving.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, handlers),))
    return serving, serving.add_insecure_port("127.0.0.1:0")


def _answering(method: Callable[[Any], Any]) -> Callable[[Any, Any], Awaitable[Any]]:
    async def answer(request: Any, context: Any) -> Any:
        try:
            return method(request)
        except RefusedError as error:
            return await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))

    return answer


def _written(message: Any) -> bytes:
    data: bytes = message.SerializeToString()
    return data
