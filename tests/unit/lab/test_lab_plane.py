"""The control plane, played by shell scripts."""

from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import Lab, LabError, ProcessError, processes
from rayform.lab.controlplane import plane
from rayform.lab.identity import marked
from rayform.lab.processes import MARK, Spec

VERSION = "Kubernetes v1.34.4"
WAIT = "exec sleep 1000"


def play(machine: Machine, **does: str) -> None:
    """Put a control plane on the machine whose programs do as told, and wait otherwise."""
    answers = dict.fromkeys(("kube-apiserver", "kube-controller-manager", "kube-scheduler"), VERSION)
    for name, answer in {"etcd": "etcd Version: 3.6.16", **answers}.items():
        script = does.get(name.replace("-", "_"), WAIT)
        machine.has(name, f'[ "$1" = --version ] && echo {answer} && exit; {script}')


@pytest.fixture
def lab(tmp_path: Path, cache: Path) -> Lab:
    del cache
    return Lab("played", state_home=tmp_path / "state")


def refused(lab: Lab, spoken: Spoken) -> ProcessError:
    with pytest.raises(ProcessError) as caught:
        lab.up(spoken)
    lab.down(spoken)
    assert marked(MARK, str(lab.state)) == ()
    assert list(lab.state.parent.parent.iterdir()) == []
    return caught.value


def test_a_store_that_ends_is_named_with_its_last_words(lab: Lab, machine: Machine, spoken: Spoken) -> None:
    play(machine, etcd="echo disk on fire; exit 7")
    error = refused(lab, spoken)

    words = "etcd: has ended with code 7; run 'rayform lab up' to start it again\n  | disk on fire"
    assert str(error) == words


def test_an_api_server_that_finds_its_port_busy_is_named(lab: Lab, machine: Machine, spoken: Spoken) -> None:
    words = "listen tcp 127.0.0.1:20001: bind: address already in use"
    play(machine, kube_apiserver=f"echo {words}; exit 1")
    error = refused(lab, spoken)

    assert (error.process, error.code, error.tail) == ("kube-apiserver", 1, words)


def test_an_api_server_that_never_answers_is_given_up(
    lab: Lab, machine: Machine, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(machine)
    monkeypatch.setattr(plane, "_READY_SECONDS", 0.01)

    with pytest.raises(LabError) as caught:
        lab.up(spoken)
    lab.down(spoken)

    said = "kube-apiserver: /readyz has not answered after 0 s ([Errno 111] Connection refused)"
    remedy = "look into 'rayform lab logs kube-apiserver', or give the machine more time"
    assert str(caught.value) == f"{said}; {remedy}"


def test_what_runs_and_never_answers_is_started_once_more(
    lab: Lab, machine: Machine, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(machine)
    (lab.state / "etcd" / "member").mkdir(parents=True)
    (lab.state / "lab.json").write_text('{"nodes": "simulated"}')
    for bound in ("_READY_SECONDS", "_PATIENCE_SECONDS"):
        monkeypatch.setattr(plane, bound, 0.01)

    def given_up() -> list[int | None]:
        with pytest.raises(LabError, match="has not answered"):
            lab.up(spoken)
        return [processes.pid(lab.state, name) for name in ("etcd", "kube-apiserver")]

    first, second = given_up(), given_up()
    lab.down(spoken)

    assert None not in first + second
    assert set(first).isdisjoint(second)


def test_nothing_that_remembers_a_lost_store_runs_on(lab: Lab, machine: Machine, spoken: Spoken) -> None:
    play(machine, etcd="exit 7")
    lab.state.mkdir(parents=True)
    (lab.state / "lab.json").write_text('{"nodes": "simulated"}')
    processes.start(lab.state, Spec("kwok", ("/bin/sleep", "1000")))
    with pytest.raises(ProcessError, match="etcd"):
        lab.up(spoken)

    assert "kwok" not in processes.names(lab.state)
    lab.down(spoken)


def test_too_little_room_is_refused_before_anything_is_done(
    lab: Lab, machine: Machine, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(machine)
    monkeypatch.setattr(plane.shutil, "disk_usage", lambda _: plane.shutil._ntuple_diskusage(1 << 30, 1 << 30, 7 << 20))

    with pytest.raises(LabError) as caught:
        lab.up(spoken)

    remedy = "free some space, or set RAYFORM_STATE to a folder on another disk"
    assert str(caught.value) == f"{lab.state}: 256 MiB are needed, 7 MiB are free; {remedy}"
    assert list(lab.state.parent.parent.iterdir()) == []


def test_a_missing_tool_leaves_nothing_half_made(lab: Lab, machine: Machine, spoken: Spoken) -> None:
    play(machine)
    (machine.folder / "kube-scheduler").unlink()

    with pytest.raises(LabError, match=r"^kube-scheduler: Go is needed to make it, none is on PATH; "):
        lab.up(spoken)

    assert list(lab.state.parent.parent.iterdir()) == []
