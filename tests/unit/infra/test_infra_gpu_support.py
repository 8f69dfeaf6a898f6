"""GPU support and identities as Kubernetes and AWS get them."""

import json
from typing import Any

import pytest
from ground import Ground, made
from pool_specs import gpu_pool
from rayform.infra import (
    GpuNodePool,
    GpuSupport,
    PullRepository,
    ReadBucket,
    ReadSecret,
    RefusedError,
    WorkloadIdentity,
    WorkloadIdentitySpec,
    WriteBucket,
)
from rayform.lab.testing import Recorded


def every_pool() -> None:
    """GPU support for one pool of each kind."""
    ground = Ground()
    pools = [
        GpuNodePool("plain", gpu_pool(), cluster=ground),
        GpuNodePool("shared", gpu_pool(time_slices=4), cluster=ground),
        GpuNodePool("bottle", gpu_pool(ami="bottlerocket"), cluster=ground),
        GpuNodePool("efa", gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"]), cluster=ground),
    ]
    GpuSupport("gpu", cluster=ground, pools=pools)


@pytest.fixture(scope="module")
def done() -> Recorded:
    return made(every_pool)


def pools_of(daemons: dict[str, Any]) -> list[str]:
    """The pools that a DaemonSet's pods are kept to."""
    affinity = daemons["spec"]["template"]["spec"]["affinity"]["nodeAffinity"]
    (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    return list(term["matchExpressions"][0]["values"])


def test_what_asks_for_nothing_says_nothing_of_it(done: Recorded) -> None:
    daemons = done.all("kubernetes:apps/v1:DaemonSet")
    asked = {
        each.inputs["metadata"]["name"]: each.inputs["spec"]["template"]["spec"]["containers"][0].get("resources")
        for each in daemons
    }

    assert asked["nvidia-device-plugin"] is None
    assert asked["dcgm-exporter"] == {"requests": {"cpu": "100m", "memory": "256Mi"}}


def test_device_plugins_run_where_the_image_brings_none(done: Recorded) -> None:
    daemons = [each.inputs for each in done.all("kubernetes:apps/v1:DaemonSet")]

    assert {each["metadata"]["name"]: pools_of(each) for each in daemons} == {
        "nvidia-device-plugin": ["efa", "plain"],
        "nvidia-device-plugin-4": ["shared"],
        "dcgm-exporter": ["bottle", "efa", "plain", "shared"],
        "aws-efa-k8s-device-plugin": ["efa"],
    }


def test_shared_gpus_are_announced_as_many(done: Recorded) -> None:
    config = json.loads(done.one("kubernetes:core/v1:ConfigMap").inputs["data"]["config.yaml"])

    assert config["sharing"]["timeSlicing"]["resources"] == [{"name": "nvidia.com/gpu", "replicas": 4}]


GRANTS = [
    ReadBucket(bucket="models", prefix="llama/"),
    WriteBucket(bucket="results"),
    PullRepository(repository_arn="arn:aws:ecr:us-east-1:1:repository/ray"),
    PullRepository(repository_arn="arn:aws:ecr:us-east-1:1:repository/vllm"),
    ReadSecret(secret_arn="arn:aws:secretsmanager:us-east-1:1:secret:hf"),
]


def test_a_workload_may_do_what_is_granted_and_nothing_else() -> None:
    spec = WorkloadIdentitySpec(namespace="ray", service_account="train", grants=GRANTS)
    done = made(lambda: WorkloadIdentity("train", spec, cluster=Ground()))

    allowed = json.loads(done.one(name="train-grants").inputs["policy"])["Statement"]
    assert [(one["Action"][0], one["Resource"]) for one in allowed] == [
        ("s3:ListBucket", ["arn:aws:s3:::models"]),
        ("s3:GetObject", ["arn:aws:s3:::models/llama/*"]),
        ("s3:ListBucket", ["arn:aws:s3:::results"]),
        ("s3:GetObject", ["arn:aws:s3:::results/*"]),
        ("ecr:GetAuthorizationToken", ["*"]),
        ("ecr:BatchGetImage", ["arn:aws:ecr:us-east-1:1:repository/ray"]),
        ("ecr:BatchGetImage", ["arn:aws:ecr:us-east-1:1:repository/vllm"]),
        ("secretsmanager:GetSecretValue", ["arn:aws:secretsmanager:us-east-1:1:secret:hf"]),
    ]
    assert allowed[0]["Condition"] == {"StringLike": {"s3:prefix": ["llama/*"]}}
    assert allowed[1]["Action"] == ["s3:GetObject"]
    assert "s3:DeleteObject" in allowed[3]["Action"]


def test_only_pods_of_the_service_account_take_the_role() -> None:
    spec = WorkloadIdentitySpec(namespace="ray", service_account="train")
    done = made(lambda: WorkloadIdentity("train", spec, cluster=Ground()))

    (trust,) = json.loads(done.one("aws:iam/role:Role", "train-workload").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert trust["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    met = done.one("aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs
    assert (met["namespace"], met["serviceAccount"], met["clusterName"]) == ("ray", "train", "prod")


VAGUE = [
    ReadBucket(bucket="s3://models", prefix="/a*"),
    PullRepository(repository_arn="arn:aws:ecr:us-east-1:1:repository/*"),
    ReadSecret(secret_arn="hf"),
]
WHY_NOT = """\
namespace: 'Ray' asked, it is no name of a namespace; use at most 63 lower case letters, digits and dashes
service_account: '' asked, it is no name of one; use lower case letters, digits, dashes and dots
grants[0].bucket: 's3://models' asked, it is no name of a bucket; write the bucket's name alone, without s3:// or a path
grants[0].prefix: '/a*' asked, it is no beginning of a key; write what keys begin with, such as models/
grants[1].repository_arn: 'arn:aws:ecr:us-east-1:1:repository/*' asked, it is no ARN of one thing of ecr; \
write one, arn:aws:ecr:<region>:<account>:…
grants[2].secret_arn: 'hf' asked, it is no ARN of one thing of secretsmanager; \
write one, arn:aws:secretsmanager:<region>:<account>:…
"""


def test_grants_of_nothing_in_particular_are_refused() -> None:
    spec = WorkloadIdentitySpec(namespace="Ray", service_account="", grants=VAGUE)

    with pytest.raises(RefusedError) as error:
        WorkloadIdentity("train", spec, cluster=Ground.__new__(Ground))

    assert [str(refusal) for refusal in error.value.refusals] == WHY_NOT.splitlines()
