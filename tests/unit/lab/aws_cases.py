"""One resource of every type, with every input that the provider takes, and edits of each that can be edited."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_provider_room import REGION, Engine, Thing

TAGS = {"team": "ml"}
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
OTHER_TRUST = TRUST.replace("eks.", "ec2.")
POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}]}'
ATTACHED = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"

VPC, SUBNET, GATEWAY = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway"
TABLE, GROUP, LOGS = (
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:cloudwatch/logGroup:LogGroup",
)
ROLE, ADDRESS, NAT = "aws:iam/role:Role", "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"


@dataclass(frozen=True)
class Case:
    """A resource, and what can be edited of it.

    Attributes:
        type: its type.
        inputs: all of its inputs, on the ground that is given.
        edits: inputs that change in place, each with another value.
    """

    type: str
    inputs: Callable[["Ground"], Mapping[str, Any]]
    edits: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Ground:
    """What the resources of cases stand on; made when it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._made: dict[str, Thing] = {}

    def made(self, type_: str, title: str = "ground", /, **inputs: Any) -> Thing:
        key = f"{type_} {title}"
        if key not in self._made:
            self._made[key] = self.engine.create(type_, title, **inputs)
        return self._made[key]

    @property
    def vpc(self) -> str:
        return self.made(VPC, cidrBlock="10.0.0.0/16").id

    def subnet(self, number: int = 0) -> str:
        zone = f"{REGION}{'abc'[number]}"
        return self.made(
            SUBNET, f"s{number}", vpcId=self.vpc, cidrBlock=f"10.0.{number}.0/24", availabilityZone=zone
        ).id

    @property
    def gateway(self) -> str:
        return self.made(GATEWAY, vpcId=self.vpc).id

    def table(self, name: str = "ground") -> str:
        return self.made(TABLE, name, vpcId=self.vpc).id

    def group(self, name: str = "ground") -> str:
        return self.made(GROUP, name, vpcId=self.vpc).id

    @property
    def address(self) -> str:
        return self.engine.create(ADDRESS).id

    @property
    def role(self) -> Thing:
        return self.made(ROLE, assumeRolePolicy=TRUST)

    @property
    def logs(self) -> str:
        return str(self.made(LOGS).outputs["arn"])


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

REST = (
    Case(
        ROLE,
        lambda _: {
            "name": "named",
            "assumeRolePolicy": TRUST,
            "description": "Who it is",
            "maxSessionDuration": 7200,
            "path": "/team/",
            "tags": TAGS,
        },
        {"assumeRolePolicy": OTHER_TRUST, "description": "Who it was", "maxSessionDuration": 3600},
    ),
    Case(
        "aws:iam/rolePolicy:RolePolicy",
        lambda ground: {"name": "named", "role": ground.role.id, "policy": POLICY},
        {"policy": POLICY.replace("Encrypt", "Decrypt")},
    ),
    Case(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        lambda ground: {"role": ground.role.id, "policyArn": ATTACHED},
    ),
    Case(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        lambda _: {
            "url": "https://oidc.example.com/id/1",
            "clientIdLists": ["sts.amazonaws.com"],
            "tags": TAGS,
        },
    ),
    Case(
        "aws:kms/key:Key",
        lambda _: {"description": "Secrets", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS},
        {"description": "Others", "enableKeyRotation": False},
    ),
    Case(
        LOGS,
        lambda _: {"name": "/aws/eks/named/cluster", "retentionInDays": 30, "tags": TAGS},
        {"retentionInDays": 0},
    ),
    Case(
        "aws:ec2/launchTemplate:LaunchTemplate",
        lambda ground: {
            "name": "named",
            "description": "Nodes",
            "updateDefaultVersion": True,
            "imageId": "ami-12c6146b",
            "instanceType": "g5.xlarge",
            "userData": "aGVsbG8=",
            "blockDeviceMappings": [
                {"deviceName": "/dev/xvda", "ebs": {"volumeSize": 100, "encrypted": "true", "iops": 3000}}
            ],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
            "placement": {"groupName": "together"},
            "capacityReservationSpecification": {
                "capacityReservationTarget": {"capacityReservationId": "cr-0123456789"}
            },
            "instanceMarketOptions": {"marketType": "capacity-block"},
            "networkInterfaces": [
                {"deviceIndex": 0, "networkCardIndex": 1, "interfaceType": "efa", "securityGroups": [ground.group()]}
            ],
            "vpcSecurityGroupIds": [ground.group("other")],
            "tagSpecifications": [{"resourceType": "instance", "tags": {"a": "b"}}],
            "tags": TAGS,
        },
        {
            "userData": "d29ybGQ=",
            "placement": None,
            "tagSpecifications": [{"resourceType": "volume", "tags": {"c": "d"}}],
        },
    ),
)
"""Identities, keys, logs, templates."""
