"""A process that the engine starts and talks to: it serves, prints its port, and ends quietly."""

import importlib.util
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType, ModuleType
from typing import TYPE_CHECKING

import grpc

if TYPE_CHECKING:
    from .provider.server import Provider

_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_WORKERS = 256  # a resource that is awaited holds one; the engine says how many it works on at once
_LOOK_SECONDS = 1.0


def without_sdk() -> None:
    """Let this process import ``pulumi.runtime.proto`` without all of the SDK, whose loading would double its start."""
    found = importlib.util.find_spec("pulumi")
    folder = (
        Path(next(iter(found.submodule_search_locations))) if found and found.submodule_search_locations else Path()
    )
    for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):
        module = ModuleType(name)
        module.__path__ = [str(folder.joinpath(*name.split(".")[1:]))]
        sys.modules.setdefault(name, module)


def _ending(ended: threading.Event) -> Callable[[int, FrameType | None], None]:
    def end(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        ended.set()

    return end


def serve(add: Callable[[grpc.Server], None], at_the_end: Callable[[], None] = lambda: None) -> None:
    """Serve what ``add`` adds, until the engine interrupts this process or is gone itself."""
    server = grpc.server(ThreadPoolExecutor(max_workers=_WORKERS), options=_OPTIONS)
    add(server)
    port = server.add_insecure_port("127.0.0.1:0")
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ending(ended))
    server.start()
    engine = os.getppid()
    print(port, flush=True)  # noqa: T201 - how a plugin tells its port
    while not ended.wait(_LOOK_SECONDS) and os.getppid() == engine:
        pass
    at_the_end()
    os._exit(0)  # whatever still waits for a cluster does not hold the process


def serve_provider(provider: "Provider") -> None:
    """Serve a provider to the engine that the command line names."""
    from pulumi.runtime.proto import provider_pb2_grpc  # noqa: PLC0415 - only now comes without the SDK

    from .provider.server import Server  # noqa: PLC0415 - likewise

    servicer = Server(sys.argv[1] if sys.argv[1:] else "", provider)
    serve(lambda server: provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server))
