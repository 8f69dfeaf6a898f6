"""``python -m rayform.lab.engine.language_host [ENGINE]``: serve the host of Python programs and print the port."""

import os
import sys

from .plugin import serve, without_sdk


def main() -> None:
    """Serve until the engine ends this process; programs that still run end with it."""
    without_sdk()
    from pulumi.runtime.proto import language_pb2_grpc  # noqa: PLC0415 - only now comes without the SDK

    from .programs import LanguageHost  # noqa: PLC0415 - likewise

    host = LanguageHost(sys.argv[1] if sys.argv[1:] else "", os.environ["RAYFORM_PYTHON_EXECUTOR"])
    serve(lambda server: language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server), host.end)


if __name__ == "__main__":
    main()
