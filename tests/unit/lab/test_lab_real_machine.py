"""The node's file system is its own, but for what the host lends read-only."""

from pathlib import Path

import pytest
from rayform.lab import LabError, processes
from rayform.lab.nodes.real.machine import MACHINE, Machine, commands
from rayform.lab.nodes.real.marks import marks

STATE = Path("/home-of/labs/lab")
ROOT = STATE / "machine"


def made(**programs: Path) -> list[str]:
    return [" ".join(map(str, command)) for command in commands(ROOT, STATE, programs)]


def test_the_host_lends_its_programs_and_settings_read_only() -> None:
    assert "mount --rbind -o ro /usr usr" in made()
    assert "mount --rbind -o ro /etc etc" in made()


def test_var_run_and_tmp_are_the_nodes_own() -> None:
    lent = [line.split()[-2] for line in made() if line.startswith("mount --rbind")]

    assert not {"/var", "/run", "/tmp", "/home", "/root"}.intersection(lent)  # noqa: S108 - names, nothing is written
    assert made().index("rm -rf run tmp") < made().index(
        "mkdir -p old opt/rayform run/lock tmp var/lib var/log var/tmp"
    )


def test_the_state_folder_is_at_its_own_path() -> None:
    assert f"mount --bind -o rw {STATE} home-of/labs/lab" in made()


def test_programs_are_found_by_name_wherever_they_came_from(tmp_path: Path) -> None:
    program = tmp_path / "kubelet-1.34"
    (tmp_path / "kubelet").symlink_to(program)

    lines = made(kubelet=tmp_path / "kubelet")

    assert lines[lines.index("touch opt/rayform/kubelet") + 1] == f"mount --bind -o ro {program} opt/rayform/kubelet"


@pytest.mark.parametrize("name", ["vm/overcommit_memory", "kernel/panic", "kernel/keys/root_maxkeys"])
def test_a_kubelet_sees_the_kernel_as_it_wants_it(name: str) -> None:
    assert f"mount --bind -o ro sysctl/{name} proc/sys/{name}" in made()


def test_the_old_root_is_gone_before_it_rests() -> None:
    assert made()[-3:] == ["pivot_root . old", "umount --lazy /old", "exec sleep infinity"]


@pytest.fixture
def node(state: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(Machine, "_pid", lambda _: 42)
    return Machine(state, marks(state))


@pytest.fixture
def config(state: Path) -> Path:
    file = state / "config"
    file.write_text("one")
    return file


def test_a_process_enters_the_machine_and_its_network(node: Machine, config: Path, state: Path) -> None:
    spec = node.process("kubelet", "/opt/kubelet", "--flag", files=(config,))

    assert spec.argv == ("nsenter", "--mount=/proc/42/ns/mnt", "--", "/opt/kubelet", "--flag")
    assert spec.netns == marks(state).netns


def test_a_process_is_another_one_when_its_files_say_something_else(node: Machine, config: Path) -> None:
    def spec() -> processes.Spec:
        return node.process("kubelet", "/opt/kubelet", files=(config,))

    before = spec()
    assert spec() == before
    config.write_text("two")
    assert spec() != before


def test_paths_are_reached_through_the_holder(node: Machine) -> None:
    assert node.path("/run/socket") == Path("/proc/42/root/run/socket")


def test_a_machine_whose_folder_was_removed_is_not_whole(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = Machine(state, marks(state))
    assert not node.whole()

    processes.start(state, processes.Spec(MACHINE, ("/bin/sleep", "1000")))
    assert not node.whole()
    node.root.mkdir()
    assert not node.whole()  # its root is another folder
    monkeypatch.setattr(node, "root", Path("/"))
    assert node.whole()


def test_a_machine_that_was_never_started_says_so(state: Path) -> None:
    with pytest.raises(LabError) as caught:
        Machine(state, marks(state)).process("kubelet", files=())

    assert str(caught.value) == f"{MACHINE}: was never started; run 'rayform lab up' to start it again"


def test_labs_of_one_name_in_two_places_have_different_marks() -> None:
    one, other = marks(Path("/a/labs/lab")), marks(Path("/b/labs/lab"))

    assert {one.netns, one.link, one.cgroup}.isdisjoint({other.netns, other.link, other.cgroup})
    assert one.netns.startswith("rayform-lab-")


@pytest.mark.parametrize("name", ["a", "a" * 32])
def test_the_link_has_a_name_that_the_kernel_takes(name: str) -> None:
    assert len(marks(Path("/a/labs", name)).link) <= 15
