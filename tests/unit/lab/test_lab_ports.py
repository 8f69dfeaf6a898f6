"""Free ports."""

import socket
from collections.abc import Generator
from pathlib import Path

import pytest
from rayform.lab import LabError
from rayform.lab.controlplane import ports
from rayform.lab.controlplane.ports import free, keep_ports

HERE = "127.0.0.1"
NONE: frozenset[str] = frozenset()


@pytest.fixture
def busy() -> Generator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as server:
        server.bind((HERE, 0))
        server.listen()
        yield int(server.getsockname()[1])


def keep(file: Path, in_use: frozenset[str] = NONE) -> dict[str, int]:
    return keep_ports(file, ("api", "etcd"), in_use, HERE)


def test_ports_are_chosen_once(tmp_path: Path) -> None:
    first = keep(tmp_path / "ports")

    assert keep(tmp_path / "ports") == first
    assert len(set(first.values())) == 2


def test_they_leave_the_outgoing_connections_and_nodeports_alone(tmp_path: Path) -> None:
    assert all(20000 <= port <= 29999 for port in keep(tmp_path / "ports").values())


def test_one_that_another_program_took_is_replaced(tmp_path: Path, busy: int) -> None:
    (tmp_path / "ports").write_text(f'{{"api": {busy}, "etcd": 20002}}')
    kept = keep(tmp_path / "ports")

    assert kept["api"] != busy
    assert kept == keep(tmp_path / "ports")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"api": "all", "etcd": null}'])
def test_a_file_that_is_broken_is_written_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "ports").write_text(content)
    kept = keep(tmp_path / "ports")

    assert set(kept) == {"api", "etcd"}
    assert kept == keep(tmp_path / "ports")


def test_one_that_our_own_process_holds_stays(tmp_path: Path, busy: int) -> None:
    (tmp_path / "ports").write_text(f'{{"api": {busy}, "etcd": 20002}}')

    assert keep(tmp_path / "ports", frozenset({"api"}))["api"] == busy


def test_a_broken_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "ports").write_text("{")

    assert keep(tmp_path / "ports") == keep(tmp_path / "ports")


def test_a_busy_port_is_not_free(busy: int) -> None:
    assert not free(busy, HERE)


def test_no_free_port_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: int) -> None:
    monkeypatch.setattr(ports, "_FIRST", busy)
    monkeypatch.setattr(ports, "_LAST", busy)

    with pytest.raises(LabError) as caught:
        keep(tmp_path / "ports")

    said = f"ports: 200 tries between {busy} and {busy} on {HERE} found none free; free some ports"
    assert str(caught.value) == said
