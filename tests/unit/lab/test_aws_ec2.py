"""What simulated EC2, SSM and Service Quotas have beyond moto."""

from typing import Any

import pytest
from aws_ground import Ground
from aws_room import Cloud


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.fixture
def ec2(cloud: Cloud) -> Any:
    return cloud.client("ec2")


def reserved(ec2: Any, **more: Any) -> dict[str, Any]:
    asked = {"InstanceType": "p5.48xlarge", "InstancePlatform": "Linux/UNIX", "InstanceCount": 2, **more}
    made: dict[str, Any] = ec2.create_capacity_reservation(AvailabilityZone="us-east-1a", **asked)[
        "CapacityReservation"
    ]
    return made


def test_placement_groups_are_made_found_and_removed(cloud: Cloud, ec2: Any) -> None:
    tags = [{"ResourceType": "placement-group", "Tags": [{"Key": "team", "Value": "ray"}]}]
    made = ec2.create_placement_group(GroupName="near", Strategy="cluster", TagSpecifications=tags)["PlacementGroup"]
    by_tag = ec2.describe_placement_groups(Filters=[{"Name": "tag:team", "Values": ["ray"]}])["PlacementGroups"]
    twice = cloud.said(ec2.create_placement_group, GroupName="near")
    ec2.delete_placement_group(GroupName="near")

    assert by_tag == [made]
    assert (made["State"], made["Strategy"]) == ("available", "cluster")
    assert twice == "InvalidPlacementGroup.Duplicate: The Placement Group 'near' already exists."
    unknown = "InvalidPlacementGroup.Unknown: The Placement Group 'near' is unknown."
    assert cloud.said(ec2.describe_placement_groups, GroupNames=["near"]) == unknown
    assert cloud.said(ec2.delete_placement_group, GroupName="near") == unknown


def test_a_placement_group_stays_while_instances_are_in_it(cloud: Cloud) -> None:
    ground, ec2 = Ground(cloud), cloud.client("ec2")
    ground.ready()
    ec2.create_placement_group(GroupName="near", Strategy="cluster")
    group(ground, {"Placement": {"GroupName": "near"}}, ground.subnets[:1])
    ground.cloud.pass_time(100)

    in_use = "InvalidPlacementGroup.InUse: The placement group near is in use and may not be deleted."
    assert cloud.said(ec2.delete_placement_group, GroupName="near") == in_use
    ground.eks.delete_nodegroup(clusterName="c", nodegroupName="g")
    ground.cloud.pass_time(600)
    ec2.delete_placement_group(GroupName="near")


def group(ground: Ground, data: dict[str, Any], subnets: list[str]) -> None:
    ground.ec2.create_launch_template(LaunchTemplateName="pool", LaunchTemplateData=data)
    ground.group(launchTemplate={"name": "pool", "version": "$Latest"}, subnets=subnets)


TARGET = {"CapacityReservationSpecification": {"CapacityReservationTarget": {"CapacityReservationId": "cr-0"}}}


@pytest.mark.parametrize(
    ("data", "zones", "reason"),
    [
        ({"Placement": {"GroupName": "none"}}, 1, "The Placement Group 'none' is unknown."),
        ({"Placement": {"GroupName": "near"}}, 2, "The placement group near cannot span zones; us-east-1a, us-east-1b"),
        (TARGET, 1, "The capacity reservation 'cr-0' does not exist."),
    ],
)
def test_a_group_that_cannot_launch_fails_with_the_reason_of_ec2(
    cloud: Cloud, data: dict[str, Any], zones: int, reason: str
) -> None:
    ground = Ground(cloud)
    ground.ready()
    ground.ec2.create_placement_group(GroupName="near", Strategy="cluster")
    group(ground, data, ground.subnets[:zones])
    failed = ground.after(100, ground.described)

    (issue,) = failed["health"]["issues"]
    assert (failed["status"], issue["code"]) == ("CREATE_FAILED", "AsgInstanceLaunchFailures")
    assert issue["message"].startswith(f"Could not launch On-Demand Instances. {reason}")


def test_reserved_capacity_is_active_changed_and_given_back(cloud: Cloud, ec2: Any) -> None:
    made = reserved(ec2)
    key = made["CapacityReservationId"]
    ec2.modify_capacity_reservation(CapacityReservationId=key, InstanceCount=5)
    wanted = [{"Name": "instance-type", "Values": ["p5.48xlarge"]}]
    (found,) = ec2.describe_capacity_reservations(Filters=wanted)["CapacityReservations"]
    ec2.cancel_capacity_reservation(CapacityReservationId=key)
    (ended,) = ec2.describe_capacity_reservations(CapacityReservationIds=[key])["CapacityReservations"]

    assert (made["State"], found["TotalInstanceCount"], ended["State"]) == ("active", 5, "cancelled")
    missing = cloud.said(ec2.cancel_capacity_reservation, CapacityReservationId="cr-0")
    assert missing.startswith("InvalidCapacityReservationId.NotFound: ")
    unknown = cloud.said(lambda: reserved(ec2, InstanceType="p99.huge"))
    assert unknown == "InvalidParameterValue: The instance type 'p99.huge' is not there"


def test_a_capacity_block_is_bought_begins_and_ends_by_the_clock(cloud: Cloud, ec2: Any) -> None:
    asked = {"InstanceType": "p5.48xlarge", "InstanceCount": 4, "CapacityDurationHours": 48}
    (offer,) = ec2.describe_capacity_block_offerings(**asked)["CapacityBlockOfferings"]
    key = offer["CapacityBlockOfferingId"]
    bought = ec2.purchase_capacity_block(CapacityBlockOfferingId=key, InstancePlatform="Linux/UNIX")
    states = [bought["CapacityReservation"]["State"]]
    for hours in (36, 72):
        cloud.pass_time(hours * 3600)
        (found,) = ec2.describe_capacity_reservations()["CapacityReservations"]
        states.append(found["State"])

    assert states == ["scheduled", "active", "expired"]
    again = cloud.said(ec2.purchase_capacity_block, CapacityBlockOfferingId=key, InstancePlatform="Linux/UNIX")
    assert again == f"InvalidCapacityBlockOfferingId.NotFound: The offering {key} is not there"


def test_what_is_used_is_not_deleted(cloud: Cloud, ec2: Any) -> None:
    ground = Ground(cloud)
    one, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=ground.vpc)["GroupId"] for name in "ab"
    )
    rule = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": one}]}]
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=rule)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=ground.vpc)
    nat = ec2.create_nat_gateway(SubnetId=ground.subnets[0], ConnectivityType="private")["NatGateway"]["NatGatewayId"]

    named = cloud.said(ec2.delete_security_group, GroupId=one)
    mapped = cloud.said(ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=ground.vpc)
    assert named == f"DependencyViolation: resource {one} has a dependent object"
    assert mapped.startswith(f"DependencyViolation: Network {ground.vpc} has some mapped public address(es).")
    ec2.delete_nat_gateway(NatGatewayId=nat)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=ground.vpc)
    ec2.delete_security_group(GroupId=other)
    ec2.delete_security_group(GroupId=one)


def test_the_parameters_of_node_images_are_there(cloud: Cloud) -> None:
    ssm = cloud.client("ssm")
    path = "/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/nvidia/recommended"
    under = {each["Name"]: each["Value"] for each in ssm.get_parameters_by_path(Path=path)["Parameters"]}

    assert under[f"{path}/image_id"] == ssm.get_parameter(Name=f"{path}/image_id")["Parameter"]["Value"]
    assert under[f"{path}/release_version"] == "1.34.4-20261105"
    bottlerocket = "/aws/service/bottlerocket/aws-k8s-1.35-nvidia/arm64/latest/image_id"
    assert ssm.get_parameter(Name=bottlerocket)["Parameter"]["Value"].startswith("ami-")
    assert cloud.said(ssm.get_parameter, Name=f"{path}/x") == f"ParameterNotFound: Parameter {path}/x not found."


def test_parameters_of_ones_own_are_left_to_moto(cloud: Cloud) -> None:
    ssm = cloud.client("ssm")
    ssm.put_parameter(Name="/own", Value="v", Type="String")

    assert ssm.get_parameter(Name="/own")["Parameter"]["Value"] == "v"
    assert [each["Name"] for each in ssm.get_parameters_by_path(Path="/")["Parameters"]] == ["/own"]


def test_quotas_of_gpus_are_nothing_until_they_are_raised(cloud: Cloud) -> None:
    quotas = cloud.client("service-quotas")
    which = {"ServiceCode": "ec2", "QuotaCode": "L-417A185B"}
    before = quotas.get_service_quota(**which)["Quota"]
    quotas.request_service_quota_increase(**which, DesiredValue=384)
    listed = {each["QuotaCode"]: each["Value"] for each in quotas.list_service_quotas(ServiceCode="ec2")["Quotas"]}

    assert (before["QuotaName"], before["Value"]) == ("Running On-Demand P instances", 0)
    assert listed["L-417A185B"] == 384
    assert quotas.get_aws_default_service_quota(**which)["Quota"]["Value"] == 0
    lower = cloud.said(quotas.request_service_quota_increase, **which, DesiredValue=1)
    assert lower.startswith("IllegalArgumentException: ")
    none = cloud.said(quotas.get_service_quota, ServiceCode="ec2", QuotaCode="L-0")
    assert none == "NoSuchResourceException: The request failed because the specified quota L-0 does not exist."
