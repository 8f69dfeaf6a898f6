"""A lab with simulated AWS: its clusters are the lab's control plane, its node groups are nodes there."""

import os
import signal
import subprocess
from collections.abc import Generator, Mapping
from typing import Any, cast

import boto3
import pytest
from lightkube.resources.core_v1 import Node
from patience import until
from rayform.lab import Lab, Nodes, Silent, processes
from rayform.lab.aws import AWS, aws_environment, aws_programs

pytestmark = pytest.mark.engine

ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
ROLE = "arn:aws:iam::123456789012:role/all"


class Cloud:
    """Simulated AWS of one lab, with a cluster on the least that it needs."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.environment: Mapping[str, str] = aws_environment(lab.state)
        self.eks, ec2 = self.client("eks"), self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        zones = {"us-east-1a": "10.0.0.0/24", "us-east-1b": "10.0.1.0/24"}
        made = [ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone) for zone, cidr in zones.items()]
        self.subnets = [each["Subnet"]["SubnetId"] for each in made]
        self.client("iam").create_role(RoleName="all", AssumeRolePolicyDocument="{}")
        access = {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}
        network = {"subnetIds": self.subnets}
        self.eks.create_cluster(name="c", roleArn=ROLE, resourcesVpcConfig=network, accessConfig=access)
        until(lambda: self.cluster()["status"] == "ACTIVE", "the cluster is active")

    def client(self, service: str) -> Any:
        keys = {"aws_access_key_id": "any", "aws_secret_access_key": "none"}
        endpoint = self.environment["AWS_ENDPOINT_URL"]
        return cast("Any", boto3).client(service, region_name="us-east-1", endpoint_url=endpoint, **keys)

    def cluster(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.eks.describe_cluster(name="c")["cluster"]
        return found

    def token(self) -> "subprocess.CompletedProcess[str]":
        program = str(aws_programs(self.lab.state) / "aws")
        command = [program, "--region", "us-east-1", "eks", "get-token", "--cluster-name", "c"]
        return subprocess.run(
            command, env={**os.environ, **self.environment}, capture_output=True, text=True, check=False
        )

    def nodes(self) -> list[Node]:
        with self.lab.client() as client:
            return list(client.list(Node))


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cloud]:
    lab = Lab("aws", Nodes.SIMULATED, tmp_path_factory.mktemp("aws"), aws=True)
    try:
        lab.up(Silent())
        yield Cloud(lab)
    finally:
        lab.down(Silent())


def test_a_cluster_is_the_control_plane_to_whom_it_lets_in(cloud: Cloud) -> None:
    with cloud.lab.client() as client:
        server = str(client.config.cluster.server)
    closed = cloud.token()
    cloud.eks.create_access_entry(clusterName="c", principalArn=ROLE)
    scope = {"type": "cluster"}
    cloud.eks.associate_access_policy(clusterName="c", principalArn=ROLE, policyArn=ADMIN, accessScope=scope)

    assert cloud.cluster()["endpoint"] == server
    assert (closed.returncode, "no access entry lets anybody do everything" in closed.stderr) == (1, True)
    assert '"ExecCredential"' in cloud.token().stdout


def test_a_group_is_nodes_that_come_change_and_go(cloud: Cloud) -> None:
    assert cloud.nodes() == []
    which = {"clusterName": "c", "nodegroupName": "g"}
    gpu = {"instanceTypes": ["g5.12xlarge"], "amiType": "AL2023_x86_64_NVIDIA", "labels": {"pool": "a10g"}}
    sizes = {"minSize": 0, "desiredSize": 3, "maxSize": 4}
    cloud.eks.create_nodegroup(**which, **gpu, nodeRole=ROLE, subnets=cloud.subnets, scalingConfig=sizes)
    until(lambda: cloud.eks.describe_nodegroup(**which)["nodegroup"]["status"] == "ACTIVE", "the group is active")
    nodes = cloud.nodes()
    cloud.eks.update_nodegroup_config(**which, scalingConfig={"desiredSize": 1})
    until(lambda: len(cloud.nodes()) == 1, "one node is left")
    cloud.eks.delete_nodegroup(**which)

    assert [(node.status.capacity or {})["nvidia.com/gpu"] for node in nodes if node.status] == ["4"] * 3
    assert {(node.metadata.labels or {})["pool"] for node in nodes if node.metadata} == {"a10g"}
    assert until(lambda: cloud.nodes() == [], "the nodes go with the group")


def test_one_that_was_killed_is_noticed_and_comes_back_empty(cloud: Cloud) -> None:
    os.kill(processes.pid(cloud.lab.state, AWS) or 0, signal.SIGKILL)
    until(lambda: not processes.alive(cloud.lab.state, AWS), "it has ended")
    problems = cloud.lab.status().problems
    cloud.lab.up(Silent())

    assert [problem.partition(";")[0] for problem in problems] == ["aws: has ended with signal 9"]
    assert cloud.lab.status().problems == ()
    assert cloud.eks.list_clusters()["clusters"] == []
