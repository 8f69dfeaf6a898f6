"""A stack that brings its ground, on simulated AWS: the whole program, from the network to the Ray cluster."""

from collections.abc import Generator
from itertools import groupby

import pytest
from ground_room import Ground, grounded
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


def test_a_resize_would_undo_the_autoscaler_s_size_and_is_refused(dev: Ground) -> None:
    dev.scaled("a10g", 2)
    there = dev.nodes("a10g")
    dev.change(ground__gpu_pools__a10g__max_nodes=4)
    refused = dev.run("up", "--yes", "--skip-preview").failed().output

    possible = "the stack remembers 0 and EKS would go back to that"
    assert f"pool a10g: max_nodes: 2 nodes are there, {possible}; run 'pulumi up --refresh'" in refused
    assert dev.nodes("a10g") == there


def test_a_resize_after_a_look_keeps_the_autoscaler_s_size(dev: Ground) -> None:
    there = dev.nodes("a10g")
    assert dev.done(lambda: dev.up("--refresh"), "nodegroupName") == [f"UpdateNodegroupConfig {dev.group('a10g')}"]
    assert dev.nodes("a10g") == there
    assert dev.done(lambda: dev.up(ground__gpu_pools__a10g__max_nodes=3), "clusterName") == [
        "UpdateNodegroupConfig dev"
    ]
    assert dev.nodes("a10g") == there


ADDONS = {"vpc-cni": "v1.20.4-eksbuild.2", "kube-proxy": "v1.35.1-eksbuild.2", "coredns": "v1.12.4-eksbuild.1"}
CHANGES = ("UpdateClusterVersion", "UpdateAddon", "UpdateNodegroupVersion")


def test_an_upgrade_goes_from_the_control_plane_to_add_ons_to_pools(dev: Ground) -> None:
    calls = dev.done(lambda: dev.up(ground__cluster__version="1.35", ground__cluster__addon_versions=ADDONS))
    assert [call for call, _ in groupby(calls)] == [*CHANGES]
    groups = [dev.described(pool) for pool in ("dev-system", "a10g")]
    assert [(group["version"], group["status"]) for group in groups] == [("1.35", "ACTIVE")] * 2
    assert (len(dev.nodes("dev-system")), len(dev.nodes("a10g"))) == (1, 2)


def test_a_pool_is_replaced_by_one_that_is_there_before_it_goes(dev: Ground) -> None:
    old, before = dev.group("a10g"), dev.ray()
    calls = dev.done(lambda: dev.up(ground__gpu_pools__a10g__instance_types=["g5.2xlarge"]), "nodegroupName")
    new = dev.group("a10g")

    assert [call for call in calls if "Nodegroup " in call] == [f"CreateNodegroup {new}", f"DeleteNodegroup {old}"]
    assert "DeleteCluster" not in calls
    assert (dev.ray()["metadata"]["uid"], dev.ray()["status"]["state"]) == (before["metadata"]["uid"], "ready")


ORDER = {
    "kubernetes:ray.io/v1:RayJob": "Ray",
    "kubernetes:ray.io/v1:RayCluster": "Ray",
    "aws:eks/nodeGroup:NodeGroup": "pools",
    "aws:eks/cluster:Cluster": "cluster",
    "aws:ec2/subnet:Subnet": "network",
    "aws:ec2/vpc:Vpc": "network",
}


def test_destroyed_it_goes_from_the_top_and_leaves_nothing(dev: Ground) -> None:
    calls = dev.done(lambda: dev.run("destroy", "--yes", "--skip-preview").succeeded())
    known = ("DeleteNodegroup", "DeleteCluster", "DeleteSubnet", "DeleteVpc")

    assert [kind for kind, _ in groupby(ORDER[each] for each in dev.ended() if each in ORDER)] == [
        *dict.fromkeys(ORDER.values())
    ]
    assert [call for call, _ in groupby(call for call in calls if call in known)] == [*known]
    until(lambda: dev.control.leftovers() == {}, "nothing is left")
