"""Free ports: chosen once per lab, kept in its state, chosen again only when another program has taken them."""

import json
import random
import socket
from pathlib import Path
from typing import Any, cast

from ..errors import LabError
from ..paths import write_private

# Below what Linux gives to outgoing connections (32768 and up) and Kubernetes to NodePorts (30000 and up).
_FIRST, _LAST = 20000, 29999
_TRIES = 200


def keep_ports(file: Path, names: tuple[str, ...], in_use: frozenset[str], address: str) -> dict[str, int]:
    """The port of each of ``names``, as ``file`` has them or newly chosen; those of ``in_use`` are ours and stay.

    Hold a lock that all labs share, so that two do not choose the same.
    """
    known = _read(file)
    ports: dict[str, int] = {}
    for name in names:
        port = known.get(name)
        ports[name] = (
            port if port and (name in in_use or free(port, address)) else _choose(set(ports.values()), address)
        )
    if ports != known:
        write_private(file, json.dumps(ports))
    return ports


def free(port: int, address: str) -> bool:
    """Whether nobody listens on ``port`` of ``address``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a connection that is only closing must not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _choose(taken: set[int], address: str) -> int:
    for _ in range(_TRIES):
        port = random.randint(_FIRST, _LAST)  # noqa: S311 - a free port is no secret
        if port not in taken and free(port, address):
            return port
    raise LabError(f"ports: {_TRIES} tries between {_FIRST} and {_LAST} on {address} found none free; free some ports")


def _read(file: Path) -> dict[str, int]:
    try:
        ports: Any = json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    known = cast("dict[str, Any]", ports) if isinstance(ports, dict) else {}
    return {name: port for name, port in known.items() if isinstance(port, int)}
