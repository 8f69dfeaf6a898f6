"""The lab's network is made once, kept while it is whole, made again when it is not."""

from pathlib import Path

import pytest
from lab_machine import Machine
from rayform.lab import LabError, Silent, processes
from rayform.lab.nodes.real import network
from rayform.lab.nodes.real.marks import marks
from rayform.lab.nodes.real.network import Addresses, Network

FIRST = Addresses("10.213.0.1", "10.213.0.2")
IP = """
echo "$@" >> {log}
case "$*" in
*"route show"*) echo '{routes}';;
*"netns add"*) mkdir -p {places}; touch {places}/$3 {whole};;
*"netns delete"*) rm {places}/$3;;
*"address show"*) test -e {whole} && echo "2: eth0 inet 10.213.0.1/30" && echo "2: eth0 inet 10.213.0.2/30";;
esac
true
"""


class Host:
    """A machine whose ``ip`` notes what it is asked."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self.log, self.whole, self.places = folder / "log", folder / "whole", folder / "netns"
        self._machine = machine
        self.places.mkdir()
        (self.places / "theirs").touch()
        self.routed()

    def routed(self, routes: str = "[]") -> None:
        script = IP.format(log=self.log, whole=self.whole, places=self.places, routes=routes)
        self._machine.has("ip", script)
        self._machine.has("umount", f"echo umount >> {self.log}")

    def asked(self) -> list[str]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def host(tmp_path: Path, machine: Machine, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    del cache
    host = Host(tmp_path, machine)
    monkeypatch.setattr(network, "_NAMESPACES", host.places)
    return host


@pytest.fixture
def lab(state: Path) -> Network:
    return Network(state, marks(state))


def test_a_new_lab_gets_a_namespace_a_cable_and_a_way_out(host: Host, lab: Network, state: Path) -> None:
    names = marks(state)

    assert lab.up(Silent()) == FIRST
    assert [line for line in host.asked() if "show" not in line] == [
        f"netns add {names.netns}",
        f"link add {names.link} type veth peer name eth0 netns {names.netns}",
        f"address add 10.213.0.1/30 dev {names.link}",
        f"link set {names.link} up",
        f"-netns {names.netns} address add 10.213.0.2/30 dev eth0",
        f"-netns {names.netns} link set lo up",
        f"-netns {names.netns} link set eth0 up",
        f"-netns {names.netns} route add default via 10.213.0.1",
    ]


def test_a_whole_network_is_left_alone(host: Host, lab: Network) -> None:
    lab.up(Silent())
    host.asked()

    assert lab.up(Silent()) == FIRST
    assert [line for line in host.asked() if "show" not in line] == []


def test_a_broken_network_is_made_anew_where_nobody_is_now(host: Host, lab: Network, state: Path) -> None:
    lab.up(Silent())
    host.whole.unlink()
    host.routed('[{"dst": "10.213.0.0/16"}]')
    host.asked()

    assert lab.up(Silent()) == Addresses("172.29.0.1", "172.29.0.2")
    assert f"netns delete {marks(state).netns}" in host.asked()


def test_what_ran_in_a_lost_network_is_ended(host: Host, lab: Network, state: Path) -> None:
    del host
    processes.start(state, processes.Spec("server", ("sleep", "infinity"), stop_seconds=0.1))
    lab.up(Silent())

    assert not processes.alive(state, "server")


def test_a_damaged_record_is_as_good_as_none(host: Host, lab: Network, state: Path) -> None:
    del host
    (state / "network.json").write_text("{")

    assert lab.up(Silent()) == FIRST


def test_the_end_of_the_last_namespace_takes_the_mount_away(host: Host, lab: Network, state: Path) -> None:
    lab.up(Silent())
    (host.places / "theirs").unlink()
    host.asked()
    lab.down()

    assert host.asked() == [f"netns delete {marks(state).netns}", "umount"]
    assert not host.places.exists()


def test_others_keep_their_namespaces(host: Host, lab: Network) -> None:
    lab.down()

    assert host.asked() == []
    assert (host.places / "theirs").exists()


def test_a_kernel_that_refuses_is_quoted(host: Host, lab: Network, machine: Machine) -> None:
    del host
    machine.has("ip", 'case "$*" in *add*) echo "RTNETLINK answers: Operation not permitted" >&2; exit 2;; esac')
    with pytest.raises(LabError) as caught:
        lab.up(Silent())

    assert str(caught.value) == (
        "making the lab's network: failed with code 2; run 'rayform lab down' and try again\n"
        "  | RTNETLINK answers: Operation not permitted"
    )
