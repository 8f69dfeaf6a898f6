"""``python -m rayform.lab.engine.kubernetes [ENGINE]``: serve the provider and print the port."""

import sys

from ..plugin import serve, without_sdk


def main() -> None:
    """Serve until the engine ends this process."""
    without_sdk()
    from pulumi.runtime.proto import provider_pb2_grpc  # noqa: PLC0415 - only now comes without the SDK

    from .server import Provider  # noqa: PLC0415 - likewise

    provider = Provider(sys.argv[1] if sys.argv[1:] else "")
    serve(lambda server: provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server))


main()
