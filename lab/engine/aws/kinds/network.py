"""The network: VPCs, subnets, ways to the internet."""

from collections.abc import Mapping
from typing import Final

from ..calls import Call, Look, Work
from ..kind import Change, Kind, Waits, names
from .ec2 import arn, described, found, tagging

_OF_THE_VPC: Final = {"vpc-id": "{vpcId}"}


def _attribute(name: str) -> Look:
    fixed = {"VpcId": "{vpcId}", "Attribute": name}
    return Look(Call("DescribeVpcAttribute", fixed, only=()), f"{{{name}: {name}.value}}")


VPC = Kind(
    type="aws:ec2/vpc:Vpc",
    service="ec2",
    id="{vpcId}",
    optional=names("cidrBlock instanceTenancy enableDnsSupport enableDnsHostnames"),
    defaults={"enableDnsSupport": True, "instanceTenancy": "default"},
    outputs=names(
        "ownerId dhcpOptionsId defaultSecurityGroupId defaultNetworkAclId mainRouteTableId defaultRouteTableId"
    ),
    replaces=names("cidrBlock instanceTenancy"),
    create=(Call("CreateVpc", tagged="vpc", learns={"vpcId": "vpc.vpcId"}),),
    looks=(
        described("DescribeVpcs", "vpcs[0]", VpcIds="vpcId"),
        _attribute("enableDnsSupport"),
        _attribute("enableDnsHostnames"),
        found(
            "DescribeSecurityGroups",
            "{defaultSecurityGroupId: securityGroups[0].groupId}",
            {**_OF_THE_VPC, "group-name": "default"},
        ),
        found(
            "DescribeNetworkAcls",
            "{defaultNetworkAclId: networkAcls[0].networkAclId}",
            {**_OF_THE_VPC, "default": "true"},
        ),
        found(
            "DescribeRouteTables",
            "routeTables[0].{mainRouteTableId: routeTableId, defaultRouteTableId: routeTableId}",
            {**_OF_THE_VPC, "association.main": "true"},
        ),
    ),
    written=arn("vpc", "vpcId"),
    waits=Waits(state="state", ready=("available",), pending=("pending",)),
    changes=tuple(
        Change((name,), Call("ModifyVpcAttribute", only=("vpcId", name)), at_create=True)
        for name in ("enableDnsSupport", "enableDnsHostnames")  # host names need the service
    ),
    tagging=tagging("vpcId"),
    delete=(Call("DeleteVpc", only=("vpcId",)),),
    absent=("InvalidVpcID.NotFound",),
)

CIDR_BLOCK = Kind(
    type="aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    service="ec2",
    id="{associationId}",
    required=names("vpcId"),
    optional=names("cidrBlock"),
    replaces=names("vpcId cidrBlock"),
    once=True,
    create=(Call("AssociateVpcCidrBlock", learns={"associationId": "cidrBlockAssociation.associationId"}),),
    looks=(
        found(
            "DescribeVpcs",
            lambda known: (
                f"vpcs[].cidrBlockAssociationSet[] | [?associationId=='{known['associationId']}'] | [0]"
                ".{cidrBlock: cidrBlock, state: cidrBlockState.state}"
            ),
            {"cidr-block-association.association-id": "{associationId}"},
        ),
        found("DescribeVpcs", "{vpcId: vpcs[0].vpcId}", {"cidr-block-association.association-id": "{associationId}"}),
    ),
    waits=Waits(
        state="state",
        ready=("associated",),
        pending=("associating", "disassociating"),
        gone=("disassociated",),
    ),
    delete=(Call("DisassociateVpcCidrBlock", only=("associationId",)),),
    absent=("InvalidVpcCidrBlockAssociationID.NotFound", "InvalidVpcID.NotFound"),
)

_ATTACHED: Final = ("internetGatewayId", "vpcId")


def _attached_elsewhere(work: Work) -> None:
    if before := work.before.get("vpcId"):
        work.ask("DetachInternetGateway", {"InternetGatewayId": work.properties["internetGatewayId"], "VpcId": before})
    Call("AttachInternetGateway", only=_ATTACHED)(work)


INTERNET_GATEWAY = Kind(
    type="aws:ec2/internetGateway:InternetGateway",
    service="ec2",
    id="{internetGatewayId}",
    optional=names("vpcId"),
    outputs=names("ownerId"),
    replaces=frozenset(),
    create=(
        Call(
            "CreateInternetGateway",
            tagged="internet-gateway",
            learns={"internetGatewayId": "internetGateway.internetGatewayId"},
        ),
    ),
    looks=(
        described(
            "DescribeInternetGateways",
            "internetGateways[0].{vpcId: attachments[0].vpcId, ownerId: ownerId, tags: tags}",
            InternetGatewayIds="internetGatewayId",
        ),
    ),
    written=arn("internet-gateway", "internetGatewayId"),
    changes=(Change(("vpcId",), _attached_elsewhere, at_create=True),),
    tagging=tagging("internetGatewayId"),
    delete=(
        Call("DetachInternetGateway", only=_ATTACHED, tolerated=("Gateway.NotAttached",)),
        Call("DeleteInternetGateway", only=("internetGatewayId",)),
    ),
    absent=("InvalidInternetGatewayID.NotFound",),
)

SUBNET = Kind(
    type="aws:ec2/subnet:Subnet",
    service="ec2",
    id="{subnetId}",
    required=names("vpcId"),
    optional=names("cidrBlock availabilityZone mapPublicIpOnLaunch"),
    defaults={"mapPublicIpOnLaunch": False},
    outputs=names("ownerId availabilityZoneId"),
    replaces=names("vpcId cidrBlock availabilityZone"),
    create=(Call("CreateSubnet", tagged="subnet", learns={"subnetId": "subnet.subnetId"}),),
    looks=(described("DescribeSubnets", "subnets[0]", SubnetIds="subnetId"),),
    written=arn("subnet", "subnetId"),
    waits=Waits(state="state", ready=("available",), pending=("pending",)),
    changes=(
        Change(
            ("mapPublicIpOnLaunch",),
            Call("ModifySubnetAttribute", only=("subnetId", "mapPublicIpOnLaunch")),
            at_create=True,
        ),
    ),
    tagging=tagging("subnetId"),
    delete=(Call("DeleteSubnet", only=("subnetId",)),),
    absent=("InvalidSubnetID.NotFound",),
    minutes=20,  # what stands in it leaves before it
)

ADDRESS = Kind(
    type="aws:ec2/eip:Eip",
    service="ec2",
    id="{allocationId}",
    optional=names("domain"),
    defaults={"domain": "vpc"},
    outputs=names("allocationId associationId networkBorderGroup publicIp privateIp publicIpv4Pool"),
    replaces=names("domain"),
    create=(Call("AllocateAddress", tagged="elastic-ip", learns={"allocationId": "allocationId"}),),
    looks=(described("DescribeAddresses", "addresses[0]", AllocationIds="allocationId"),),
    written={"arn": "arn:{partition}:ec2:{region}:{accountId}:elastic-ip/{allocationId}"},
    tagging=tagging("allocationId"),
    delete=(Call("ReleaseAddress", only=("allocationId",)),),
    absent=("InvalidAllocationID.NotFound", "InvalidAddress.NotFound"),
)

_NAT: Final[Mapping[str, str]] = {
    "allocationId": "natGatewayAddresses[0].allocationId",
    "associationId": "natGatewayAddresses[0].associationId",
    "connectivityType": "connectivityType",
    "failure": "failureMessage",
    "networkInterfaceId": "natGatewayAddresses[0].networkInterfaceId",
    "privateIp": "natGatewayAddresses[0].privateIp",
    "publicIp": "natGatewayAddresses[0].publicIp",
    "state": "state",
    "subnetId": "subnetId",
    "tags": "tags",
}

NAT_GATEWAY = Kind(
    type="aws:ec2/natGateway:NatGateway",
    service="ec2",
    id="{natGatewayId}",
    optional=names("allocationId connectivityType subnetId"),
    defaults={"connectivityType": "public"},
    outputs=names("associationId networkInterfaceId privateIp publicIp"),
    replaces=names("allocationId connectivityType subnetId"),
    create=(Call("CreateNatGateway", tagged="natgateway", learns={"natGatewayId": "natGateway.natGatewayId"}),),
    looks=(
        described(
            "DescribeNatGateways",
            f"natGateways[0].{{{', '.join(f'{name}: {path}' for name, path in _NAT.items())}}}",
            NatGatewayIds="natGatewayId",
        ),
    ),
    waits=Waits(
        state="state", ready=("available",), pending=("pending", "deleting"), why="[failure]", gone=("deleted",)
    ),
    tagging=tagging("natGatewayId"),
    delete=(Call("DeleteNatGateway", only=("natGatewayId",)),),
    absent=("NatGatewayNotFound",),
    minutes=30,
)
