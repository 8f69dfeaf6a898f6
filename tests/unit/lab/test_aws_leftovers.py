"""What is left at simulated AWS, and in what order things were changed there."""

from typing import Any

import pytest
from aws_ground import Ground
from aws_room import Cloud


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def left(cloud: Cloud) -> dict[str, list[str]]:
    told: dict[str, list[str]] = cloud.control("GET", "leftovers")[1]
    return {kind.removeprefix("us-east-1 "): ids for kind, ids in told.items()}


def gateway(ec2: Any, subnet: str) -> str:
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    made: str = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    return made


def test_of_a_new_account_nothing_is_left(cloud: Cloud) -> None:
    volume = cloud.client("ec2").create_volume(AvailabilityZone="us-east-1a", Size=1, Encrypted=True)
    cloud.client("ec2").delete_volume(VolumeId=volume["VolumeId"])  # AWS's own key was made for it
    cloud.client("sts", "eu-west-1").get_caller_identity()

    assert cloud.control("GET", "leftovers") == (200, {})


NODES = {"Auto Scaling group": 1, "instance": 2, "launch template": 1, "node group": 1, "volume": 2}
STANDING = {"network": 1, "role": 1, "security group": 1, "subnet": 2}


def test_a_cluster_is_left_with_all_that_it_stands_on_and_brings(cloud: Cloud) -> None:
    ground = Ground(cloud)
    ground.ready()
    ground.group()
    ground.eks.create_addon(clusterName="c", addonName="vpc-cni")
    cloud.pass_time(600)
    found = left(cloud)

    brought = {"Kubernetes": 2, "access entry": 1, "add-on": 1, "cluster": 1, "interface": 4}
    assert {kind: len(ids) for kind, ids in found.items()} == {**STANDING, **NODES, **brought}
    assert (found["network"], found["cluster"], found["node group"]) == ([ground.vpc], ["c"], ["c/g"])


def test_what_was_deleted_is_not_left(cloud: Cloud) -> None:
    ground = Ground(cloud)
    ground.ready()
    ground.group()
    key = cloud.client("kms").create_key()["KeyMetadata"]["KeyId"]
    nat = gateway(ground.ec2, ground.subnets[0])
    assert (left(cloud)["key"], left(cloud)["NAT gateway"]) == ([key], [nat])
    cloud.client("kms").schedule_key_deletion(KeyId=key)
    ground.ec2.delete_nat_gateway(NatGatewayId=nat)
    ground.eks.delete_nodegroup(clusterName="c", nodegroupName="g")
    cloud.pass_time(600)
    ground.eks.delete_cluster(name="c")
    cloud.pass_time(600)

    assert set(left(cloud)) == {"address", "network", "role", "subnet"}


def test_only_changes_that_were_made_are_in_the_journal_in_their_order(cloud: Cloud) -> None:
    ground = Ground(cloud)
    ground.ready()
    cloud.said(ground.eks.delete_nodegroup, clusterName="c", nodegroupName="none")
    cloud.said(ground.ec2.delete_vpc, VpcId=ground.vpc)
    ground.eks.update_cluster_version(name="c", version="1.35")
    told = cloud.control("GET", "journal")[1]

    calls = ["ec2.CreateVpc", "ec2.CreateSubnet", "ec2.CreateSubnet", "iam.CreateRole", "eks.CreateCluster"]
    assert [each["call"] for each in told] == [*calls, "eks.UpdateClusterVersion"]
    assert told[-1] == {"call": "eks.UpdateClusterVersion", "name": "c", "version": "1.35"}


def test_the_journal_keeps_names_and_nothing_else_of_what_was_said(cloud: Cloud) -> None:
    data = {"UserData": "c2VjcmV0", "ImageId": "ami-1"}
    cloud.client("ec2").create_launch_template(LaunchTemplateName="t", LaunchTemplateData=data)

    assert cloud.control("GET", "journal")[1] == [{"call": "ec2.CreateLaunchTemplate", "LaunchTemplateName": "t"}]
