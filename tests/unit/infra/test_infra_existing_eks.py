"""Clusters of EKS that somebody else made, those of ``pulumi_eks`` among them, where ours would do."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from aws_answers import ANSWERS
from pool_specs import gpu_pool
from rayform.components import KubeRayOperator, KubeRayOperatorSpec
from rayform.infra import (
    EksCluster,
    EksHost,
    ExistingNetwork,
    GpuNodePool,
    GpuSupport,
    WorkloadIdentity,
    WorkloadIdentitySpec,
)
from rayform.lab.testing import Recorded, run

NETWORK = ExistingNetwork(
    vpc_id="vpc-1",
    zone_names=["us-east-1a", "us-east-1b"],
    private_subnet_ids=["subnet-1", "subnet-2"],
    node_subnet_ids=["subnet-3", "subnet-4"],
)
ROLE = "arn:aws:iam::123456789012:role/nodes"
CONFIG = {
    "current-context": "aws",
    "clusters": [{"name": "theirs", "cluster": {"server": "https://eks"}}],
    "users": [{"name": "aws", "user": {"exec": {"command": "aws"}}}],
    "contexts": [{"name": "aws", "context": {"cluster": "theirs", "user": "aws"}}],
}
GET = "aws:eks/getCluster:getCluster"
FOUND = {
    "id": "theirs",
    "name": "theirs",
    "region": "us-east-1",
    "endpoint": "https://eks",
    "certificateAuthorities": [{"data": "Q0E="}],
}


class PulumiEks(pulumi.ComponentResource):
    """What ``pulumi_eks.Cluster`` (4.x) is to a program: a component with these outputs."""

    def __init__(self) -> None:
        super().__init__("eks:index:Cluster", "theirs", {})
        plane = aws.eks.Cluster("theirs", role_arn=ROLE, vpc_config={"subnet_ids": ["subnet-1", "subnet-2"]})
        self.eks_cluster = pulumi.Output.from_input(plane)
        self.kubeconfig = plane.endpoint.apply(lambda _: CONFIG)
        self.kubeconfig_json = self.kubeconfig.apply(json.dumps)
        self.node_security_group_id = plane.id.apply(lambda _: "sg-nodes")
        self.core: pulumi.Output[Any] = plane.id.apply(lambda _: {"vpcId": "vpc-1"})
        self.register_outputs({})


def used(cluster_name: Any, security_group_id: Any, **reached: Any) -> None:
    """Everything of ours on a cluster of theirs."""
    known = {"cluster_name": cluster_name, "security_group_id": security_group_id}
    host = EksHost(network=NETWORK, node_role_arn=ROLE, version="1.34", tags={}, **known)
    cluster = EksCluster.existing("theirs", host=host, **reached)
    pool = GpuNodePool("a10g", gpu_pool(), cluster=cluster)
    GpuSupport("gpus", cluster=cluster, pools=[pool])
    WorkloadIdentity("work", WorkloadIdentitySpec(namespace="ray", service_account="ray"), cluster=cluster)
    KubeRayOperator("kuberay", KubeRayOperatorSpec(install_crds=False), cluster=cluster)


def of_pulumi_eks(kubeconfig: str) -> None:
    theirs = PulumiEks()
    used(theirs.eks_cluster.name, theirs.node_security_group_id, kubeconfig=getattr(theirs, kubeconfig))


def joined(done: Recorded) -> tuple[object, object]:
    template = done.one("aws:ec2/launchTemplate:LaunchTemplate").inputs
    return done.one("aws:eks/nodeGroup:NodeGroup").inputs["clusterName"], template["vpcSecurityGroupIds"]


@pytest.mark.parametrize("kubeconfig", ["kubeconfig", "kubeconfig_json"])
def test_one_of_pulumi_eks_is_used_and_nobody_is_asked(kubeconfig: str) -> None:
    answers = {**ANSWERS, "aws:eks/cluster:Cluster": {"name": "theirs", "endpoint": "https://eks"}}
    done = run(lambda: of_pulumi_eks(kubeconfig), outputs=answers)

    assert done.lookups == ()
    assert json.loads(done.one("pulumi:providers:kubernetes").inputs["kubeconfig"].value) == CONFIG
    assert joined(done) == ("theirs", ["sg-nodes"])


@pytest.fixture(scope="module")
def asked() -> Recorded:
    """A program that does not say where the cluster is."""
    return run(lambda: used("theirs", "sg-theirs"), outputs=ANSWERS, lookups={GET: FOUND})


def test_where_it_is_is_asked_of_aws_where_nobody_says(asked: Recorded) -> None:
    (user,) = json.loads(asked.one("pulumi:providers:kubernetes").inputs["kubeconfig"].value)["users"]
    assert user["user"]["exec"]["args"][:6] == ["--region", "us-east-1", "eks", "get-token", "--cluster-name", "theirs"]
    assert joined(asked) == ("theirs", ["sg-theirs"])


def test_workloads_run_through_its_provider(asked: Recorded) -> None:
    ours = [one for one in asked.resources if one.type.startswith("kubernetes:")]
    assert {one.options.provider for one in ours} == {asked.one("pulumi:providers:kubernetes").urn}
