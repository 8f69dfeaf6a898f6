"""``python -m rayform.lab.engine.kubernetes [ENGINE]``: serve the provider and print the port."""

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from ..goodbye import end_with_the_engine
from .server import Provider

_MESSAGE_BYTES = 400 * 1024 * 1024  # the engine's own limit


def main() -> None:
    """Serve until the engine ends this process."""
    options = [("grpc.max_receive_message_length", _MESSAGE_BYTES), ("grpc.max_send_message_length", _MESSAGE_BYTES)]
    server = grpc.server(ThreadPoolExecutor(max_workers=64), options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(sys.argv[1] if sys.argv[1:] else ""), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    end_with_the_engine()
    print(port, flush=True)  # noqa: T201 - how a plugin tells its port
    server.wait_for_termination()


main()
