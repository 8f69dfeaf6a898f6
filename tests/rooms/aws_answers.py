"""What AWS would answer programs that run under the recorder."""

from typing import Any


def cluster_answer(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "arn": f"arn:aws:eks:us-east-1:123456789012:cluster/{asked['name']}",
        "region": "us-east-1",
        "endpoint": "https://control.plane",
        "certificateAuthority": {"data": "Q0E="},
        "identities": [{"oidcs": [{"issuer": "https://oidc.issuer"}]}],
        "vpcConfig": {**asked["vpcConfig"], "clusterSecurityGroupId": "sg-cluster"},
    }


ANSWERS: dict[str, Any] = {
    "aws:ec2/vpc:Vpc": {"region": "us-east-1"},
    "aws:cloudwatch/logGroup:LogGroup": {"arn": "arn:aws:logs:us-east-1:123456789012:log-group:x"},
    "aws:ec2/eip:Eip": {"allocationId": "eipalloc-made"},
    "aws:iam/role:Role": {"arn": "arn:aws:iam::123456789012:role/made", "name": "made"},
    "aws:kms/key:Key": {"arn": "arn:aws:kms:us-east-1:123456789012:key/made"},
    "aws:eks/cluster:Cluster": cluster_answer,
    "aws:ec2/launchTemplate:LaunchTemplate": {"latestVersion": 3},
    "aws:eks/nodeGroup:NodeGroup": {"resources": [{"autoscalingGroups": [{"name": "asg"}]}]},
}
