"""A stack that brings its ground, on simulated AWS: the whole program, from the network to the Ray cluster."""

from collections.abc import Generator
from itertools import groupby

import pytest
from ground_room import Ground, ended, grounded
from lab_room import until

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ground]:
    with grounded(tmp_path_factory.mktemp("ground"), "dev") as ground:
        yield ground


def test_the_whole_program_comes_up_where_there_was_nothing(dev: Ground) -> None:
    assert dev.control.leftovers() == {}
    dev.up()
    assert dev.ray()["status"]["state"] == "ready"
    assert (len(dev.nodes("dev-system")), dev.nodes("a10g")) == (1, {})


def test_a_second_up_changes_nothing(dev: Ground) -> None:
    assert dev.done(dev.up) == []
    assert dev.project.changes() == {}, dev.project.preview().output


ORDER = {
    "kubernetes:ray.io/v1:RayJob": "Ray",
    "kubernetes:ray.io/v1:RayCluster": "Ray",
    "aws:eks/nodeGroup:NodeGroup": "pools",
    "aws:eks/cluster:Cluster": "cluster",
    "aws:ec2/subnet:Subnet": "network",
    "aws:ec2/vpc:Vpc": "network",
}


def test_destroyed_it_goes_from_the_top_and_leaves_nothing(dev: Ground) -> None:
    events = dev.project.folder / "events.json"
    destroy = ("destroy", "--yes", "--skip-preview", "--event-log", str(events))
    calls = dev.done(lambda: dev.run(*destroy).succeeded())
    known = ("DeleteNodegroup", "DeleteCluster", "DeleteSubnet", "DeleteVpc")

    assert [kind for kind, _ in groupby(ORDER[each] for each in ended(events) if each in ORDER)] == [
        *dict.fromkeys(ORDER.values())
    ]
    assert [call for call, _ in groupby(call for call in calls if call in known)] == [*known]
    until(lambda: dev.control.leftovers() == {}, "nothing is left")
