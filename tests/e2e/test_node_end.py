"""Ended in whatever state, the real node leaves nothing of itself on the machine."""

import shutil
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from node_room import create, kill, pod, ready, running, traces
from rayform.lab import Lab, LabError, Nodes, Silent, processes
from rayform.lab.identity import marked
from rayform.lab.nodes.real.marks import marks

pytestmark = pytest.mark.e2e


@pytest.fixture
def before() -> dict[str, str]:
    """What the machine showed before the lab."""
    return traces()


@pytest.fixture
def lab(before: dict[str, str], tmp_path: Path) -> Generator[Lab]:
    """A lab in which a pod runs."""
    del before
    with running(tmp_path, "ended") as lab:
        create(lab, pod("main", "sleep infinity", gpus=1))
        ready(lab, "main")
        yield lab


def nothing_happened(lab: Lab) -> None:
    assert lab.status().problems == ()


def everything_killed(lab: Lab) -> None:
    kill(lab, *processes.names(lab.state))


def records_lost(lab: Lab) -> None:
    shutil.rmtree(lab.state / "run")


def state_lost(lab: Lab) -> None:
    shutil.rmtree(lab.state)


def namespace_lost(lab: Lab) -> None:
    subprocess.run(["ip", "netns", "delete", marks(lab.state).netns], check=True)


@pytest.mark.parametrize(
    "harm",
    [nothing_happened, everything_killed, records_lost, state_lost, namespace_lost],
    ids=lambda harm: harm.__name__,
)
def test_down_leaves_nothing_whatever_happened(
    before: dict[str, str], lab: Lab, harm: Callable[[Lab], None], tmp_path: Path
) -> None:
    harm(lab)
    lab.down(Silent())

    assert traces() == before
    assert marked(processes.MARK, str(lab.state)) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_clear_error_and_down_works(before: dict[str, str], tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", tmp_path], check=True)
    lab = Lab("full", Nodes.REAL, state_home=tmp_path)
    try:
        with pytest.raises(LabError, match=r"is full; free some space and run the command again$"):
            lab.up(Silent())
        lab.down(Silent())

        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)
    assert traces() == before
