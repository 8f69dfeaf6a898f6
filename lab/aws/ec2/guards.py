"""What EC2 does not delete while it is used, and moto would."""

from collections.abc import Mapping
from typing import Any

from ..answering import answers
from ..errors import AwsError
from ..region import Region


@answers("ec2", "DeleteSubnet")
def delete_subnet(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """A subnet stays while an interface is in it."""
    key = asked["SubnetId"]
    if _interfaces(region, "subnet-id", key):
        raise _used(f"The subnet '{key}' has dependencies and cannot be deleted.")
    return None


@answers("ec2", "DeleteSecurityGroup")
def delete_security_group(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """A security group stays while an interface has it, or a rule of another group names it."""
    key = asked.get("GroupId")
    if key and (_interfaces(region, "group-id", key) or _named(region, key)):
        raise _used(f"resource {key} has a dependent object")
    return None


@answers("ec2", "DetachInternetGateway")
def detach_internet_gateway(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """An internet gateway stays attached while the network has public addresses."""
    vpc = asked["VpcId"]
    gateways = region.moto("ec2").describe_nat_gateways(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NatGateways"]
    if any(each["State"] in {"pending", "available", "deleting"} for each in gateways):
        message = f"Network {vpc} has some mapped public address(es). Please unmap those before detaching the gateway."
        raise _used(message)
    return None


def _interfaces(region: Region, name: str, value: str) -> list[Mapping[str, Any]]:
    answer = region.moto("ec2").describe_network_interfaces(Filters=[{"Name": name, "Values": [value]}])
    found: list[Mapping[str, Any]] = answer["NetworkInterfaces"]
    gone = of_deleted_gateways(region)
    return [each for each in found if each["NetworkInterfaceId"] not in gone]


def of_deleted_gateways(region: Region) -> set[str]:
    """Interfaces of NAT gateways that moto has deleted and whose interfaces it has kept."""
    deleted = [{"Name": "state", "Values": ["deleted"]}]
    gateways = region.moto("ec2").describe_nat_gateways(Filters=deleted)["NatGateways"]
    return {place["NetworkInterfaceId"] for gateway in gateways for place in gateway["NatGatewayAddresses"]}


def _named(region: Region, key: str) -> bool:
    groups = region.moto("ec2").describe_security_groups()["SecurityGroups"]
    rules = [
        pair["GroupId"]
        for group in groups
        if group["GroupId"] != key
        for rule in (*group["IpPermissions"], *group["IpPermissionsEgress"])
        for pair in rule.get("UserIdGroupPairs", [])
        if "GroupId" in pair
    ]
    return key in rules


def _used(message: str) -> AwsError:
    return AwsError("DependencyViolation", message, 400)
