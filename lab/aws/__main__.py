"""Runs simulated AWS: ``python -m rayform.lab.aws PORT [KUBECONFIG]``, on loopback only.

With a kubeconfig, its clusters are that control plane; without one they are imagined.
"""

import logging
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from types import FrameType

from werkzeug.serving import make_server

from ..controlplane.site import LOOPBACK
from .app import SimulatedAws
from .control import Controlled
from .fleet import Imagined
from .kubernetes import ControlPlaneFleet

_TICK_SECONDS = 0.1


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_set, stopping))
    for chatty in ("httpx2", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    port, *kubeconfig = arguments
    aws = SimulatedAws(_fleet(Path(kubeconfig[0])) if kubeconfig else Imagined())
    server = make_server(LOOPBACK, int(port), Controlled(aws), threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    while not stopping.wait(_TICK_SECONDS):
        aws.settle()
    server.shutdown()
    serving.join()
    return 0


def _fleet(kubeconfig: Path) -> ControlPlaneFleet:
    fleet = ControlPlaneFleet(kubeconfig)
    fleet.begin()
    return fleet


def _set(event: threading.Event, _number: int, _frame: FrameType | None) -> None:
    event.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
