"""A whole lab, as far as nothing must run for it."""

from pathlib import Path

import pytest
from lab_machine import Spoken
from rayform.lab import Lab, LabError, Nodes, NodeShape, default_nodes, processes, removal
from rayform.lab.identity import identity
from rayform.lab.processes import Spec

SLEEP = ("/bin/sleep", "1000")


@pytest.fixture
def lab(tmp_path: Path, cache: Path) -> Lab:
    """A half-made lab with simulated nodes: one process, nothing else."""
    del cache
    made = Lab("half", state_home=tmp_path)
    made.state.mkdir(parents=True)
    (made.state / "lab.json").write_text('{"nodes": "simulated"}')
    processes.start(made.state, Spec("etcd", SLEEP))
    return made


@pytest.mark.parametrize("name", ["", "Big", "a_b", "-a", "a-", "a" * 33, "../up"])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(LabError) as caught:
        Lab(name)

    assert str(caught.value) == f"lab name: {name!r} asked; give lower case letters, digits and dashes, at most 32"


def test_down_works_from_a_half_made_state(lab: Lab, spoken: Spoken, tmp_path: Path) -> None:
    number = processes.pid(lab.state, "etcd")
    lab.down(spoken)

    assert number
    assert identity(number) is None
    assert spoken.lines == ["ending lab half"]
    assert not list(tmp_path.glob("labs"))


def test_down_ends_processes_whose_folder_is_gone(lab: Lab, spoken: Spoken) -> None:
    number = processes.pid(lab.state, "etcd")
    removal.remove(lab.state)
    lab.down(spoken)

    assert number
    assert identity(number) is None


def test_down_without_a_lab_does_nothing(tmp_path: Path, spoken: Spoken) -> None:
    Lab("none", state_home=tmp_path).down(spoken)

    assert spoken.lines == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("record", ["", "{", "[]", '{"nodes": "many"}'])
def test_a_lab_whose_record_is_broken_can_be_ended(lab: Lab, spoken: Spoken, record: str) -> None:
    (lab.state / "lab.json").write_text(record)
    lab.down(spoken)

    assert not lab.state.exists()


@pytest.mark.parametrize("record", [None, "{"])
def test_a_lab_whose_record_is_lost_is_only_ended(lab: Lab, spoken: Spoken, record: str | None) -> None:
    (lab.state / "lab.json").unlink()
    if record:
        (lab.state / "lab.json").write_text(record)
    with pytest.raises(LabError) as caught:
        lab.up(spoken)
    status = lab.status()
    lab.down(spoken)

    lost = "lab half: lab.json is lost or broken, so nobody knows which nodes it has"
    assert str(caught.value) == f"{lost}; run 'rayform lab down --name half', then up again"
    assert status.problems == (str(caught.value),)
    assert [component.name for component in status.components] == ["etcd"]


def test_other_nodes_than_the_lab_has_are_refused(lab: Lab, spoken: Spoken, tmp_path: Path) -> None:
    with pytest.raises(LabError) as caught:
        Lab("half", Nodes.REAL, state_home=tmp_path).up(spoken)

    remedy = "run 'rayform lab down --name half' first, or choose another name"
    assert str(caught.value) == f"lab half: real nodes asked, it has simulated ones; {remedy}"
    lab.down(spoken)


def test_status_names_each_process_that_has_ended_or_never_was(lab: Lab, spoken: Spoken) -> None:
    status = lab.status()
    lab.down(spoken)

    never = "was never started; run 'rayform lab up' to start it again"
    assert [component.name for component in status.components if component.pid] == ["etcd"]
    assert not status.ready
    assert status.problems[0] == f"kube-apiserver: {never}"


def test_logs_of_an_unknown_process_are_refused_with_those_there_are(lab: Lab, spoken: Spoken) -> None:
    with pytest.raises(LabError) as caught:
        lab.logs("kubelet")
    lab.down(spoken)

    assert str(caught.value) == "kubelet: lab half has no such log; there are: etcd"


def test_a_lab_that_is_not_up_has_neither_status_nor_logs_nor_client(tmp_path: Path) -> None:
    lab = Lab("none", state_home=tmp_path)

    for question in (lab.status, lab.client, lambda: lab.logs("etcd")):
        with pytest.raises(LabError) as caught:
            question()
        assert str(caught.value) == "lab none: is not up; run 'rayform lab up --name none'"


def test_a_real_lab_has_one_node(tmp_path: Path, spoken: Spoken) -> None:
    with pytest.raises(LabError) as caught:
        Lab("one", Nodes.REAL, state_home=tmp_path).add_nodes(NodeShape("big"), spoken)

    reason = "more nodes asked, it has one real node, as the machine is one"
    assert str(caught.value) == f"lab one: {reason}; use a lab with simulated nodes"


def test_all_labs_are_found_by_their_state(lab: Lab, spoken: Spoken, tmp_path: Path) -> None:
    found = [found.name for found in Lab.all(tmp_path)]
    lab.down(spoken)

    assert found == ["half"]
    assert Lab.all(tmp_path) == ()


def test_what_is_still_mounted_is_never_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"tmpfs {tmp_path}/lab/a\\040b tmpfs rw 0 0\nproc /proc proc rw 0 0\n")
    monkeypatch.setattr(removal, "_MOUNTS", mounts)
    (tmp_path / "lab").mkdir()

    with pytest.raises(LabError) as caught:
        removal.remove(tmp_path / "lab")

    mounted = f"{tmp_path}/lab/a b"
    remedy = f"unmount them ('umount {mounted}') and run 'rayform lab down' again"
    assert str(caught.value) == f"{tmp_path / 'lab'}: {mounted} are still mounted; {remedy}"
    assert (tmp_path / "lab").exists()


@pytest.mark.parametrize(
    ("platform", "user", "nodes"),
    [("linux", 0, Nodes.REAL), ("linux", 1000, Nodes.SIMULATED), ("darwin", 0, Nodes.SIMULATED)],
)
def test_only_root_on_linux_gets_real_nodes(
    monkeypatch: pytest.MonkeyPatch, platform: str, user: int, nodes: Nodes
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("os.geteuid", lambda: user)

    assert default_nodes() is nodes
