"""Node groups of simulated EKS: instances that become nodes, and go."""

from typing import Any

import pytest
from aws_ground import ROLE, YEAR, Ground
from aws_room import Cloud
from rayform.lab.aws.eks import timing

GPU: Any = {"instanceTypes": ["g5.12xlarge"], "amiType": "AL2023_x86_64_NVIDIA"}


@pytest.fixture
def ground() -> Ground:
    made = Ground(Cloud())
    made.ready()
    return made


def nodes(ground: Ground, name: str = "g") -> list[Any]:
    return list(ground.cloud.fleet.groups.get(f"c.{name}", ()))


def asg(group: dict[str, Any]) -> str:
    return str(group["resources"]["autoScalingGroups"][0]["name"])


def sizes(least: int, wanted: int, most: int) -> dict[str, int]:
    return {"minSize": least, "desiredSize": wanted, "maxSize": most}


def test_its_instances_become_nodes_over_all_zones(ground: Ground) -> None:
    taint = {"key": "nvidia.com/gpu", "value": "present", "effect": "NO_SCHEDULE"}
    assert ground.group(labels={"pool": "a10g"}, taints=[taint], **GPU)["status"] == "CREATING"
    assert nodes(ground) == []
    ready = ground.after(100, ground.described)
    first, second = nodes(ground)

    assert (ready["status"], ready["health"]) == ("ACTIVE", {"issues": []})
    assert first.labels["node.kubernetes.io/instance-type"] == "g5.12xlarge"
    assert (first.labels["pool"], first.labels["eks.amazonaws.com/nodegroup"]) == ("a10g", "g")
    assert first.taints == [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}]
    assert (first.capacity["nvidia.com/gpu"], first.capacity["cpu"]) == ("4", "48")
    zone = "topology.kubernetes.io/zone"
    assert {first.labels[zone], second.labels[zone]} == {"us-east-1a", "us-east-1b"}
    assert first.provider_id.startswith(f"aws:///{first.labels[zone]}/i-")


def test_they_go_with_the_group_and_leave_nothing(ground: Ground) -> None:
    ground.group()
    ground.cloud.pass_time(100)
    assert ground.eks.delete_nodegroup(clusterName="c", nodegroupName="g")["nodegroup"]["status"] == "DELETING"
    ground.cloud.pass_time(600)
    reservations = ground.ec2.describe_instances()["Reservations"]
    states = {instance["State"]["Name"] for each in reservations for instance in each["Instances"]}

    assert nodes(ground) == []
    assert ground.eks.list_nodegroups(clusterName="c")["nodegroups"] == []
    assert states == {"terminated"}
    assert ground.ec2.describe_volumes()["Volumes"] == []
    assert len(ground.ec2.describe_network_interfaces()["NetworkInterfaces"]) == len(ground.subnets)
    assert ground.ec2.describe_launch_templates()["LaunchTemplates"] == []
    assert ground.cloud.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"] == []


@pytest.mark.parametrize("wanted", [0, 1, 4])
def test_scaling_by_eks_changes_the_nodes(ground: Ground, wanted: int) -> None:
    ground.group()
    ground.cloud.pass_time(100)
    begun = ground.eks.update_nodegroup_config(
        clusterName="c", nodegroupName="g", scalingConfig=sizes(0, wanted, 5), updateConfig={"maxUnavailable": 2}
    )
    ended = ground.finished(begun, nodegroupName="g")

    assert (ended["status"], ended["type"], len(nodes(ground))) == ("Successful", "ConfigUpdate", wanted)
    assert ground.described()["scalingConfig"] == sizes(0, wanted, 5)
    assert {each["type"] for each in ended["params"]} == {"MinSize", "DesiredSize", "MaxSize", "MaxUnavailable"}


def test_scaling_by_an_autoscaler_changes_the_nodes(ground: Ground) -> None:
    name, scaling = asg(ground.group()), ground.cloud.client("autoscaling")
    ground.cloud.pass_time(100)
    scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=3)
    (group,) = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]

    assert (len(nodes(ground)), group["DesiredCapacity"], len(group["Instances"])) == (3, 3, 3)
    assert ground.described()["scalingConfig"] == sizes(0, 3, 4)
    over = ground.cloud.said(scaling.set_desired_capacity, AutoScalingGroupName=name, DesiredCapacity=9)
    assert over == "ValidationError: desired capacity 9 can't be greater than max size 4"


def test_groups_of_others_are_left_to_moto(ground: Ground) -> None:
    scaling = ground.cloud.client("autoscaling")
    scaling.create_launch_configuration(LaunchConfigurationName="l", ImageId="ami-1", InstanceType="t3.micro")
    zones = {"AvailabilityZones": ["us-east-1a"], "LaunchConfigurationName": "l"}
    scaling.create_auto_scaling_group(AutoScalingGroupName="other", MinSize=0, MaxSize=2, **zones)
    scaling.set_desired_capacity(AutoScalingGroupName="other", DesiredCapacity=1)

    (group,) = scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    assert len(group["Instances"]) == 1


def test_labels_and_taints_change_on_the_nodes(ground: Ground) -> None:
    old, new = ({"key": key, "value": "v", "effect": "NO_EXECUTE"} for key in ("old", "new"))
    ground.group(labels={"a": "1", "b": "2"}, taints=[old])
    ground.cloud.pass_time(100)
    labels = {"addOrUpdateLabels": {"c": "3"}, "removeLabels": ["a"]}
    taints = {"addOrUpdateTaints": [new], "removeTaints": [old]}
    asked = {"clusterName": "c", "nodegroupName": "g", "labels": labels, "taints": taints}
    ground.finished(ground.eks.update_nodegroup_config(**asked), nodegroupName="g")
    node = nodes(ground)[0]

    assert ground.described()["labels"] == {"b": "2", "c": "3"}
    assert ("a" in node.labels, node.labels["c"]) == (False, "3")
    assert [each["key"] for each in node.taints] == ["new"]


def test_another_version_replaces_every_node(ground: Ground) -> None:
    ground.group()
    ground.cloud.pass_time(100)
    before = {each.provider_id for each in nodes(ground)}
    ground.finished(ground.eks.update_cluster_version(name="c", version="1.35"))
    ended = ground.finished(ground.eks.update_nodegroup_version(clusterName="c", nodegroupName="g"), nodegroupName="g")
    after = {each.provider_id for each in nodes(ground)}

    assert ended["status"] == "Successful"
    assert ground.described()["version"] == "1.35"
    assert (len(after), before & after) == (2, set())


def test_what_tags_promise_is_what_nodes_offer(ground: Ground) -> None:
    name, scaling = asg(ground.group(**GPU)), ground.cloud.client("autoscaling")
    ground.cloud.pass_time(100)
    key = "k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/mig-1g.10gb"
    tag = {"ResourceId": name, "ResourceType": "auto-scaling-group", "PropagateAtLaunch": False}
    scaling.create_or_update_tags(Tags=[{**tag, "Key": key, "Value": "28"}])
    ground.cloud.pass_time(1)

    offered = nodes(ground)[0].allocatable
    assert (offered["nvidia.com/mig-1g.10gb"], "nvidia.com/gpu" in offered) == ("28", False)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"nodeRole": f"{ROLE}x"}, f"Role with arn: {ROLE}x, could not be assumed"),
        ({"subnets": ["subnet-0"]}, "The subnet ID 'subnet-0' does not exist"),
        ({"scalingConfig": sizes(3, 3, 2)}, "Minimum capacity 3 can't be greater than maximum size 2"),
        ({"scalingConfig": sizes(3, 2, 4)}, "Minimum capacity 3 can't be greater than desired size 2"),
        ({"instanceTypes": ["g99.huge"]}, "The following supplied instance types do not exist: [g99.huge]"),
        ({"instanceTypes": ["m7g.large"]}, "[m7g.large] is not a valid instance type for requested amiType AL2023_x86"),
        ({**GPU, "instanceTypes": ["m7i.large"]}, "[m7i.large] is not a valid instance type for requested amiType"),
        ({"amiType": "AL2_x86_64"}, "The lab has no image of the type AL2_x86_64"),
        ({"version": "1.35"}, "Nodegroup Kubernetes version 1.35 can't be greater than cluster version 1.34"),
        ({"launchTemplate": {"id": "lt-0"}}, "Launch template details can't be fetched: The specified launch template"),
        ({"capacityType": "CAPACITY_BLOCK"}, "A capacity block needs a launch template with the market type"),
    ],
)
def test_what_aws_refuses_is_refused_in_its_words(ground: Ground, asked: dict[str, Any], reason: str) -> None:
    assert ground.cloud.said(ground.group, **asked).startswith(f"InvalidParameterException: {reason}")
    assert ground.eks.list_nodegroups(clusterName="c")["nodegroups"] == []


def test_a_name_is_used_once_in_a_cluster(ground: Ground) -> None:
    ground.group()
    twice = "NodeGroup already exists with name g and cluster name c"
    none = ground.cloud.said(ground.eks.describe_nodegroup, clusterName="c", nodegroupName="h")

    assert ground.cloud.said(ground.group) == f"ResourceInUseException: {twice}"
    assert none == "ResourceNotFoundException: No node group found for name: h."


def test_nodes_wait_for_the_network_of_pods_and_are_given_up(ground: Ground) -> None:
    ground.eks.delete_cluster(name="c")
    ground.cloud.pass_time(600)
    ground.ready(bootstrapSelfManagedAddons=False)
    ground.group()
    waiting = ground.after(1000, ground.described)["status"]
    failed = ground.after(1000, ground.described)

    assert (waiting, failed["status"]) == ("CREATING", "CREATE_FAILED")
    assert failed["health"]["issues"][0]["code"] == "NodeCreationFailure"
    assert failed["health"]["issues"][0]["message"] == "Instances failed to join the kubernetes cluster"


@pytest.mark.parametrize(("waited", "ends"), [(3600.0, "ACTIVE"), (0.0, "CREATE_FAILED")])
def test_nodes_that_a_slow_machine_is_late_with_are_awaited_on_its_own_clock(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, waited: float, ends: str
) -> None:
    monkeypatch.setattr(timing, "NODES_AWAITED", waited)
    late = ["a node"]
    monkeypatch.setattr(ground.cloud.fleet, "ready", lambda _: not late)
    ground.group()
    ground.cloud.pass_time(100)
    ground.cloud.pass_time(YEAR)
    late.clear()

    assert ground.after(100, ground.described)["status"] == ends


def test_an_update_of_a_group_that_is_deleted_meanwhile_is_over(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.group()
    ground.cloud.pass_time(100)
    monkeypatch.setattr(ground.cloud.fleet, "ready", lambda _: False)
    which = {"clusterName": "c", "nodegroupName": "g"}
    update = ground.eks.update_nodegroup_config(**which, scalingConfig={"desiredSize": 1})
    ground.cloud.pass_time(60)
    ground.eks.delete_nodegroup(**which)
    ground.cloud.pass_time(600)

    assert ground.eks.list_nodegroups(clusterName="c")["nodegroups"] == []
    assert ground.finished(update, nodegroupName="g")["status"] == "Cancelled"


def test_a_group_that_was_scripted_to_fail_says_aws_reason_and_can_be_deleted(ground: Ground) -> None:
    words = "Could not launch Spot Instances. InsufficientInstanceCapacity - There is no Spot capacity available."
    fault = {"operation": "CreateNodegroup", "later": True, "code": "AsgInstanceLaunchFailures", "message": words}
    ground.cloud.control("PUT", "faults", [{**fault, "where": {"nodegroupName": "g"}}])
    name = asg(ground.group())
    ground.group("other")
    failed = ground.after(100, ground.described)

    issue = {"code": "AsgInstanceLaunchFailures", "message": words, "resourceIds": [name]}
    assert (failed["status"], failed["health"]["issues"]) == ("CREATE_FAILED", [issue])
    assert ground.described("other")["status"] == "ACTIVE"
    ground.eks.delete_nodegroup(clusterName="c", nodegroupName="g")
    ground.cloud.pass_time(600)
    assert ground.eks.list_nodegroups(clusterName="c")["nodegroups"] == ["other"]
