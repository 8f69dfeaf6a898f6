"""Runs simulated AWS: ``python -m rayform.lab.aws PORT [SERVER KUBECONFIG AUTHORITY]``, on loopback only."""

import logging
import signal
import sys
import threading
from functools import partial
from types import FrameType

from werkzeug.serving import make_server

from ..controlplane.site import LOOPBACK
from .app import SimulatedAws
from .control import Controlled
from .fleet import Imagined

_TICK_SECONDS = 0.1


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_set, stopping))
    aws = SimulatedAws(Imagined())
    server = make_server(LOOPBACK, int(arguments[0]), Controlled(aws), threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    while not stopping.wait(_TICK_SECONDS):
        aws.settle()
    server.shutdown()
    serving.join()
    return 0


def _set(event: threading.Event, _number: int, _frame: FrameType | None) -> None:
    event.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
