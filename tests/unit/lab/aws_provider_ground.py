"""What cases of the AWS provider stand on, and what a case is."""

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
POD_TRUST = TRUST.replace("eks.", "pods.eks.").replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]')
POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}]}'
ATTACHED = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"

VPC, SUBNET, GATEWAY = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway"
TABLE, GROUP, LOGS = (
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:cloudwatch/logGroup:LogGroup",
)
ROLE, ADDRESS, NAT = "aws:iam/role:Role", "aws:ec2/eip:Eip", "aws:ec2/natGateway:NatGateway"

CLUSTER, NODES = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"


@dataclass(frozen=True)
class Case:
    """A resource, and what can be edited of it.

    Attributes:
        type: its type.
        inputs: all of its inputs, on the ground that is given.
        edits: inputs that change in place, each with another value.
        retagged: whether simulated AWS can change the tags of one.
    """

    type: str
    inputs: Callable[["Ground"], Mapping[str, Any]]
    edits: Mapping[str, Any] = field(default_factory=dict[str, Any])
    retagged: bool = True


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
    def cluster(self) -> str:
        config = {"subnetIds": [self.subnet(0), self.subnet(1)]}
        access = {"authenticationMode": "API"}
        role = self.role.outputs["arn"]
        return self.made(CLUSTER, roleArn=role, vpcConfig=config, version="1.33", accessConfig=access).id

    def node_role(self) -> str:
        return str(self.made(ROLE, "nodes", assumeRolePolicy=OTHER_TRUST).outputs["arn"])

    def pod_role(self, title: str = "pods") -> str:
        return str(self.made(ROLE, title, assumeRolePolicy=POD_TRUST).outputs["arn"])

    def template(self) -> Thing:
        return self.made("aws:ec2/launchTemplate:LaunchTemplate", userData="aGVsbG8=")

    @property
    def node_group(self) -> Thing:
        return self.made(
            NODES,
            clusterName=self.cluster,
            nodeRoleArn=self.node_role(),
            subnetIds=[self.subnet(0)],
            scalingConfig={"minSize": 0, "maxSize": 1, "desiredSize": 0},
        )

    @property
    def key(self) -> str:
        return str(self.made("aws:kms/key:Key").outputs["arn"])

    def entered(self) -> str:
        whom = "arn:aws:iam::123456789012:role/entered"
        self.made("aws:eks/accessEntry:AccessEntry", clusterName=self.cluster, principalArn=whom)
        return whom

    @property
    def logs(self) -> str:
        return str(self.made(LOGS).outputs["arn"])
