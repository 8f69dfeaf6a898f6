"""A stack that brings its ground, on simulated AWS: the whole program, from the network to the Ray cluster."""

from base64 import b64encode
from collections.abc import Generator
from itertools import groupby

import pytest
from ground_room import Ground, grounded
from lightkube.resources.core_v1 import Secret
from patience import until

pytestmark = pytest.mark.engine


SENTINEL = "not-to-be-seen-anywhere"
SECRET = """
import pulumi
import pulumi_kubernetes as k8s
from rayform.components import GcsFaultToleranceOptions
from rayform.stacks import StackSettings, deploy
from rayform.stacks.standing import stand

config = pulumi.Config("rayform")
settings = StackSettings.model_validate(config.require_object("settings"))
token = config.require_secret("token")
redis = GcsFaultToleranceOptions(redis_address="redis.data:6379", redis_password=config.require_secret("redis"))
ray = settings.clusters["ray"]
head = ray.head.model_copy(update={"env": {"KEY": config.require_secret("key")}, "service_type": "LoadBalancer"})
ray = ray.model_copy(update={"head": head, "gcs_fault_tolerance_options": redis, "accepts": ("head-exposed",)})
standing = stand(pulumi.get_stack(), settings.ground)
k8s.core.v1.Secret("token", metadata={"name": "token", "namespace": "default"}, string_data={"token": token},
    opts=pulumi.ResourceOptions(provider=standing.cluster.provider))
on = pulumi.ResourceOptions(provider=standing.cluster.provider)
here = {"namespace": "default", "annotations": {"pulumi.com/skipAwait": "true"}}
k8s.core.v1.Service("door", metadata={**here, "name": "door"},
    spec={"type": "LoadBalancer", "ports": [{"port": 80}]}, opts=on)
to = {"service": {"name": "door", "port": {"number": 80}}}
k8s.networking.v1.Ingress("gate", metadata={**here, "name": "gate"},
    spec={"ingressClassName": "alb", "defaultBackend": to}, opts=on)
deploy(settings.model_copy(update={"clusters": {"ray": ray}}), standing)
pulumi.export("token", token)
"""
"""The stack with secrets in it: in a variable, in a Secret, as the password of Redis, and exported; and with doors: its
head has a load balancer, so has a Service, and an Ingress."""


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ground]:
    with grounded(tmp_path_factory.mktemp("ground"), "dev") as ground:
        ground.project.write(SECRET)
        for name in ("key", "redis", "token"):
            ground.secret(name, f"{SENTINEL}-{name}")
        yield ground


def test_the_whole_program_comes_up_where_there_was_nothing(dev: Ground) -> None:
    assert dev.control.leftovers() == {}
    dev.up()
    assert dev.ray()["status"]["state"] == "ready"
    assert (len(dev.nodes("dev-system")), dev.nodes("a10g")) == (1, {})


def test_what_is_reached_from_without_has_a_load_balancer(dev: Ground) -> None:
    until(lambda: len(dev.balancers()) == 3, "three load balancers are there")


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


def test_bounds_that_leave_out_the_size_are_refused_at_preview(dev: Ground) -> None:
    dev.change(ground__gpu_pools__a10g__min_nodes=3)
    refused = dev.run("preview").failed().output
    dev.change(ground__gpu_pools__a10g__min_nodes=0)

    assert (
        "pool a10g: min_nodes: 3 asked, 2 nodes are there, and EKS takes only bounds that hold their number" in refused
    )


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


def test_no_secret_is_in_anything_that_was_written_or_said(dev: Ground) -> None:
    dev.secret("token", f"{SENTINEL}-other")
    assert dev.up() == {"replace": 1}
    dev.project.state()
    seen = [SENTINEL.encode(), *(b64encode(b" " * skipped + SENTINEL.encode())[4:-4] for skipped in range(3))]

    assert [name for name, content in dev.written().items() if any(each in content for each in seen)] == []
    with dev.lab.client() as client:
        assert client.get(Secret, "token", namespace="default").data == {
            "token": b64encode(f"{SENTINEL}-other".encode()).decode()
        }


ORDER = {
    "kubernetes:ray.io/v1:RayJob": "Ray",
    "kubernetes:ray.io/v1:RayCluster": "Ray",
    "aws:eks/nodeGroup:NodeGroup": "pools",
    "aws:eks/cluster:Cluster": "cluster",
    "aws:ec2/subnet:Subnet": "network",
    "aws:ec2/vpc:Vpc": "network",
}


def test_destroyed_it_goes_from_the_top_and_leaves_nothing(dev: Ground) -> None:
    calls = dev.done(lambda: dev.run("destroy", "--yes", "--skip-preview").succeeded(), "name", "nodegroupName")
    known = ("DeleteNodegroup", "DeleteCluster", "DeleteSubnet", "DeleteVpc")
    kinds = [call.partition(" ")[0] for call in calls]

    assert [kind for kind, _ in groupby(ORDER[each] for each in dev.ended() if each in ORDER)] == [
        *dict.fromkeys(ORDER.values())
    ]
    assert [kind for kind, _ in groupby(kind for kind in kinds if kind in known)] == [*known]
    balancers = [index for index, kind in enumerate(kinds) if kind == "DeleteLoadBalancer"]
    system = next(index for index, call in enumerate(calls) if call.startswith("DeleteNodegroup dev-system"))
    assert (len(balancers), max(balancers) < system) == (3, True)
    until(lambda: dev.control.leftovers() == {}, "nothing is left")
