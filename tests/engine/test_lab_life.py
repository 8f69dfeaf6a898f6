"""Labs are mended, live side by side, and leave nothing."""

import os
import shutil
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lab_room import left_behind, namespace, numbers, running
from lightkube.resources.core_v1 import Namespace
from patience import until
from rayform.lab import Lab, ProcessError, Silent, processes
from rayform.lab.controlplane.kubeconfig import server_of

pytestmark = pytest.mark.engine


@pytest.fixture
def lab(tmp_path: Path) -> Generator[Lab]:
    with running(tmp_path) as lab:
        yield lab


def kill(lab: Lab, *names: str) -> None:
    for name in names:
        number = processes.pid(lab.state, name)
        assert number
        os.kill(number, signal.SIGKILL)
        until(lambda name=name: not processes.alive(lab.state, name), f"{name} ends")


def namespaces(lab: Lab) -> set[str]:
    with lab.client() as client:
        return {found.metadata.name or "" for found in client.list(Namespace)}


@contextmanager
def occupied(server: str) -> Generator[None]:
    where = urlsplit(server)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((where.hostname, where.port))
        other.listen()
        yield


def test_a_killed_api_server_is_named_and_mended(lab: Lab) -> None:
    namespace(lab, "kept")
    before = numbers(lab)
    kill(lab, "kube-apiserver")
    (problem,) = lab.status().problems
    lab.up(Silent())

    assert problem.startswith("kube-apiserver: has ended with signal 9; run 'rayform lab up' to start it again\n  | ")
    assert lab.status().problems == ()
    assert "kept" in namespaces(lab)
    assert {name for name, number in numbers(lab).items() if number != before[name]} == {"kube-apiserver"}


def test_whatever_was_killed_is_started_again(lab: Lab) -> None:
    kill(lab, *reversed(processes.names(lab.state)))
    assert len(lab.status().problems) == 6
    lab.up(Silent())

    assert lab.status().problems == ()


def test_a_port_that_another_program_took_is_given_up(lab: Lab) -> None:
    before = server_of(lab.kubeconfig)
    kill(lab, "kube-apiserver")
    with occupied(before):
        lab.up(Silent())

    assert server_of(lab.kubeconfig) != before
    assert lab.status().problems == ()
    assert "default" in namespaces(lab)


def test_new_authorities_are_taken_up_by_all(lab: Lab) -> None:
    before = numbers(lab)
    shutil.rmtree(lab.state / "pki")
    lab.up(Silent())

    assert "default" in namespaces(lab)
    assert [name for name, number in numbers(lab).items() if number == before[name]] == []


def test_two_labs_live_side_by_side(lab: Lab, tmp_path: Path) -> None:
    with running(tmp_path, "other") as other:
        namespace(other, "only-there")

        assert "only-there" not in namespaces(lab)
        assert [found.name for found in Lab.all(tmp_path)] == ["lab", "other"]
        assert set(numbers(lab).values()).isdisjoint(numbers(other).values())

    assert left_behind(other) == []
    assert lab.status().problems == ()


def everything_killed(lab: Lab) -> None:
    kill(lab, *reversed(processes.names(lab.state)))


def records_lost(lab: Lab) -> None:
    shutil.rmtree(lab.state / "run")


def state_lost(lab: Lab) -> None:
    shutil.rmtree(lab.state)


def store_killed(lab: Lab) -> None:
    kill(lab, "etcd")


def certificates_lost(lab: Lab) -> None:
    shutil.rmtree(lab.state / "pki")


@pytest.mark.parametrize(
    "harm",
    [everything_killed, records_lost, state_lost, store_killed, certificates_lost],
    ids=lambda harm: harm.__name__,
)
def test_down_leaves_nothing_whatever_happened(lab: Lab, harm: Callable[[Lab], None], tmp_path: Path) -> None:
    harm(lab)
    lab.down(Silent())

    assert left_behind(lab) == []
    assert list(tmp_path.iterdir()) == []


def test_an_api_server_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    lab = Lab("sick", state_home=tmp_path)
    (lab.state / "etcd").mkdir(parents=True)
    (lab.state / "lab.json").write_text('{"nodes": "simulated"}')
    (lab.state / "etcd" / "member").write_text("not a folder")

    with pytest.raises(ProcessError) as caught:
        lab.up(Silent())

    assert caught.value.process == "etcd"
    assert "not a directory" in caught.value.tail
    lab.down(Silent())
    assert left_behind(lab) == []
