"""The network namespace of a lab, and the cable that joins it to the host: nothing else of the host is touched."""

import contextlib
import json
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path

from ... import processes
from ...locks import locked
from ...paths import cache_home, write_private
from ...progress import Progress
from ..command import attempt, run
from .marks import Marks
from .subnets import choose

_NAMESPACES = Path("/run/netns")
_INSIDE = "eth0"
_DOING = "making the lab's network"
_REMEDY = "run 'rayform lab down' and try again"


@dataclass(frozen=True)
class Addresses:
    """The two ends of the cable.

    Attributes:
        host: where the lab reaches the host.
        node: where the host reaches the lab.
    """

    host: str
    node: str


class Network:
    """The network of one lab."""

    def __init__(self, state: Path, marks: Marks) -> None:
        self._state = state
        self._marks = marks
        self._record = state / "network.json"

    def up(self, progress: Progress) -> Addresses:
        """Make namespace and cable be there; the addresses stay the same as long as they are."""
        subnet = self._known()
        if subnet is None or not self._whole(_addresses(subnet)):
            with locked(cache_home() / "network.lock", "choosing addresses", progress):
                subnet = self._make()
        return _addresses(subnet)

    def down(self) -> None:
        """Remove cable and namespace, whatever there is of them."""
        if Path("/sys/class/net", self._marks.link).exists():
            attempt("ip", "link", "delete", self._marks.link)
        if (_NAMESPACES / self._marks.netns).exists():
            attempt("ip", "netns", "delete", self._marks.netns)
        self._record.unlink(missing_ok=True)
        # The first namespace made this folder a mount point; the last one takes that away again.
        if _NAMESPACES.is_dir() and not any(_NAMESPACES.iterdir()):
            attempt("umount", _NAMESPACES)
            with contextlib.suppress(OSError):
                _NAMESPACES.rmdir()

    def _known(self) -> IPv4Network | None:
        try:
            return IPv4Network(json.loads(self._record.read_bytes())["subnet"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def _whole(self, addresses: Addresses) -> bool:
        outside = attempt("ip", "-oneline", "address", "show", "dev", self._marks.link, "up").stdout
        inside = attempt("ip", "-netns", self._marks.netns, "-oneline", "address", "show", "dev", _INSIDE, "up").stdout
        return f" {addresses.host}/" in outside and f" {addresses.node}/" in inside

    def _make(self) -> IPv4Network:
        # What still runs in a namespace that is gone can reach nobody.
        for name in reversed(processes.names(self._state)):
            processes.stop(self._state, name)
        self.down()
        subnet = choose(run(_DOING, "ip", "-json", "-4", "route", "show", "table", "all"))
        for command in _commands(self._marks, subnet):
            run(_DOING, "ip", *command.split(), remedy=_REMEDY)
        write_private(self._record, json.dumps({"subnet": str(subnet)}))
        return subnet


def _addresses(subnet: IPv4Network) -> Addresses:
    return Addresses(host=str(subnet[1]), node=str(subnet[2]))


def _commands(marks: Marks, subnet: IPv4Network) -> tuple[str, ...]:
    addresses, inside = _addresses(subnet), f"-netns {marks.netns}"
    return (
        f"netns add {marks.netns}",
        f"link add {marks.link} type veth peer name {_INSIDE} netns {marks.netns}",
        f"address add {addresses.host}/{subnet.prefixlen} dev {marks.link}",
        f"link set {marks.link} up",
        f"{inside} address add {addresses.node}/{subnet.prefixlen} dev {_INSIDE}",
        f"{inside} link set lo up",
        f"{inside} link set {_INSIDE} up",
        f"{inside} route add default via {addresses.host}",
    )
