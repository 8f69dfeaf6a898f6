"""The network: one resource of every type, with every input that the provider takes, and edits in place."""

from aws_provider_ground import ADDRESS, GATEWAY, GROUP, NAT, SUBNET, TABLE, TAGS, VPC, Case
from aws_provider_room import REGION


def _rule(way: str) -> Case:
    return Case(
        f"aws:vpc/securityGroup{way}Rule:SecurityGroup{way}Rule",
        lambda ground: {
            "securityGroupId": ground.group(),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "10.0.0.0/8",
            "description": "HTTPS",
            "tags": TAGS,
        },
        {"toPort": 444, "description": "more", "cidrIpv4": "10.1.0.0/16"},
    )


NETWORK = (
    Case(
        VPC,
        lambda _: {
            "cidrBlock": "10.1.0.0/16",
            "instanceTenancy": "default",
            "enableDnsSupport": True,
            "enableDnsHostnames": True,
            "tags": TAGS,
        },
        {"enableDnsHostnames": False, "enableDnsSupport": False},
    ),
    Case(
        "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
        lambda ground: {"vpcId": ground.vpc, "cidrBlock": "100.64.0.0/16"},
    ),
    Case(GATEWAY, lambda ground: {"vpcId": ground.vpc, "tags": TAGS}),
    Case(
        SUBNET,
        lambda ground: {
            "vpcId": ground.vpc,
            "cidrBlock": "10.0.128.0/20",
            "availabilityZone": f"{REGION}a",
            "mapPublicIpOnLaunch": True,
            "tags": TAGS,
        },
        {"mapPublicIpOnLaunch": False},
    ),
    Case(ADDRESS, lambda _: {"domain": "vpc", "tags": TAGS}),
    Case(
        NAT,
        lambda ground: {
            "allocationId": ground.address,
            "connectivityType": "public",
            "subnetId": ground.subnet(),
            "tags": TAGS,
        },
    ),
    Case(TABLE, lambda ground: {"vpcId": ground.vpc, "tags": TAGS}),
    Case(
        "aws:ec2/route:Route",
        lambda ground: {
            "routeTableId": ground.table(),
            "destinationCidrBlock": "0.0.0.0/0",
            "gatewayId": ground.gateway,
        },
    ),
    Case(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        lambda ground: {"routeTableId": ground.table(), "subnetId": ground.subnet()},
    ),
    Case(
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        lambda ground: {"vpcId": ground.vpc, "ingress": [], "egress": [], "tags": TAGS},
    ),
    Case(
        GROUP,
        lambda ground: {"name": "named", "description": "Who comes in", "vpcId": ground.vpc, "tags": TAGS},
    ),
    _rule("Ingress"),
    _rule("Egress"),
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        lambda ground: {
            "vpcId": ground.vpc,
            "serviceName": f"com.amazonaws.{REGION}.sts",
            "vpcEndpointType": "Interface",
            "privateDnsEnabled": True,
            "subnetIds": [ground.subnet(1), ground.subnet(0)],
            "securityGroupIds": [ground.group()],
            "tags": TAGS,
        },
        {},
    ),
    Case(
        "aws:ec2/flowLog:FlowLog",
        lambda ground: {
            "vpcId": ground.vpc,
            "trafficType": "ALL",
            "logDestinationType": "cloud-watch-logs",
            "logDestination": ground.logs,
            "iamRoleArn": ground.role.outputs["arn"],
            "maxAggregationInterval": 60,
            "tags": TAGS,
        },
    ),
)
"""The network."""
