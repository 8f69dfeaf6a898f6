"""Examples of what may be spent."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from .example import ABSENT, Example, aws, job, kube, ray
from .places import GROUP, HEAD, WORKER

__all__ = ["SPEND"]

_NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
_INSTANCE: Final = "aws:ec2/instance:Instance"
_GROUP: Final = "aws:autoscaling/group:Group"
_TYPE: Final = "node.kubernetes.io/instance-type"
_IN_POOL: Final = "spec template spec requirements"
_REQUIRED: Final = {"key": "karpenter.k8s.aws/instance-category", "operator": "In", "values": ["c", "m", "r"]}
_TODAY: Final = dt.datetime.now(tz=dt.UTC).date()


def _pool(**edits: Any) -> Any:
    named = {"types": "instanceTypes", "most": "scalingConfig maxSize", "least": "scalingConfig minSize"}
    return aws(_NODE_GROUP, {named[name]: value for name, value in edits.items()})


def _on(kind: str) -> dict[str, Any]:
    return {f"{WORKER} nodeSelector": {_TYPE: kind}}


def _deployed(kind: str) -> Any:
    return kube("Deployment", {"spec template spec nodeSelector": {_TYPE: kind}})


# A day away from each bound, so that an example means the same when midnight passes while it is judged.
def _day(days: int) -> dict[str, Any]:
    return {"metadata labels expires": (_TODAY + dt.timedelta(days=days)).isoformat()}


SPEND: Final[Mapping[str, Example]] = {
    "cluster-hourly-cost": Example(
        breaks=(
            ray({**_on("p4d.24xlarge"), f"{GROUP} maxReplicas": 32}),
            ray({f"{GROUP} maxReplicas": 100}),
            ray({f"{GROUP} maxReplicas": ABSENT}),
        ),
        keeps=(ray(), ray(_on("g5.12xlarge"))),
        parameters={"most": 50},
    ),
    "namespace-hourly-cost": Example(
        breaks=(
            tuple(ray(_on("g5.12xlarge"), name) for name in ("a", "b", "c", "d")),
            (ray(_on("g5.12xlarge")), kube("Deployment", {"spec replicas": 4000})),
        ),
        keeps=((ray(_on("g5.12xlarge"), "a"), ray(_on("g5.12xlarge"), "b")), (ray(), job())),
        parameters={"most": 40},
    ),
    "stack-hourly-cost": Example(
        breaks=(
            (_pool(types=["p4d.24xlarge"], most=10),),
            (_pool(), aws(_NODE_GROUP, {"scalingConfig maxSize": 32}, "b")),
            (kube("NodePool", {f"{_IN_POOL} 0 values": ["p5.48xlarge"], "spec limits nvidia.com/gpu": 64}),),
        ),
        keeps=((_pool(),), (_pool(types=["m5.large"], most=50), aws(_NODE_GROUP, {"scalingConfig maxSize": 1}, "b"))),
        parameters={"most": 200},
    ),
    "instance-types": Example(
        breaks=(
            _pool(types=["g5.xlarge", "p5.48xlarge"]),
            aws(_INSTANCE, {"instanceType": "p4d.24xlarge"}),
            kube("NodePool", {_IN_POOL: []}),
        ),
        keeps=(_pool(types=["g5.xlarge", "m5.large"]), aws(_INSTANCE, {"instanceType": "g5.48xlarge"})),
        parameters={"names": ["g5.*", "m5.large"]},
    ),
    "pod-instance-types": Example(
        breaks=(
            ray(_on("p5.48xlarge")),
            _deployed("p3.2xlarge"),
        ),
        keeps=(ray(_on("g5.12xlarge")), ray()),
        parameters={"names": ["g5.*"]},
    ),
    "gpu-models": Example(
        breaks=(
            _pool(types=["p4d.24xlarge"]),
            kube("NodePool", {f"{_IN_POOL} 0 values": ["g5.xlarge", "g6.xlarge"]}),
            kube("NodePool", {f"{_IN_POOL} 0": {"key": "eks.amazonaws.com/instance-gpu-count", "operator": "Exists"}}),
        ),
        keeps=(_pool(types=["g5.xlarge"]), _pool(types=["m5.large"])),
        parameters={"names": ["A10G"]},
    ),
    "pod-gpu-models": Example(
        breaks=(
            ray({f"{WORKER} nodeSelector": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}}),
            ray({f"{WORKER} nodeSelector": {"karpenter.k8s.aws/instance-gpu-name": "h100"}}),
        ),
        keeps=(ray({f"{WORKER} nodeSelector": {"nvidia.com/gpu.product": "NVIDIA-A10G"}}), ray()),
        parameters={"names": ["NVIDIA-A10G", "a10g"]},
    ),
    "pool-size": Example(
        breaks=(_pool(most=51), kube("NodePool", {"spec limits": ABSENT}), aws(_GROUP, {"maxSize": 1000})),
        keeps=(_pool(most=50), kube("NodePool")),
    ),
    "pool-gpus": Example(
        breaks=(
            _pool(types=["g5.xlarge", "g5.48xlarge"], most=33),
            kube("NodePool", {"spec limits nvidia.com/gpu": 257}),
            kube("NodePool", {"spec limits": {"memory": "64Ti"}}),
            kube("NodePool", {"spec limits": {"example.com/fpga": 4}}),
            kube("NodePool", {_IN_POOL: [], "spec limits": {"cpu": "4000"}}),
            _pool(types=["trn1.32xlarge"], most=17),
        ),
        keeps=(
            _pool(types=["g5.48xlarge"], most=32),
            _pool(types=["m5.large"], most=50),
            kube("NodePool", {"spec limits": {"cpu": "1024"}}),
            kube("NodePool", {f"{_IN_POOL} 0": _REQUIRED, "spec limits": {"cpu": "4000"}}),
        ),
    ),
    "pool-types-known": Example(
        breaks=(
            aws(_NODE_GROUP, {"instanceTypes": ABSENT, "launchTemplate": {"id": "lt-1"}}),
            _pool(types=["g99.huge"]),
            aws(_GROUP, {"mixedInstancesPolicy": ABSENT, "launchTemplate": {"id": "lt-1"}}),
        ),
        keeps=(_pool(), aws(_NODE_GROUP, {"instanceTypes": ABSENT, "launchTemplate": ABSENT})),
    ),
    "gpu-pool-floor": Example(
        breaks=(_pool(least=1), aws(_GROUP, {"minSize": 2})),
        keeps=(_pool(least=0), _pool(types=["m5.large"], least=2)),
    ),
    "spot-required": Example(
        breaks=(
            aws(_NODE_GROUP, {"capacityType": "ON_DEMAND"}),
            kube("NodePool", {f"{_IN_POOL} 1 values": ["spot", "on-demand"]}),
        ),
        keeps=(
            aws(_NODE_GROUP),
            kube("NodePool"),
            aws(_NODE_GROUP, {"capacityType": ABSENT, "instanceTypes": ["m5.large"]}),
        ),
    ),
    "head-on-demand": Example(
        breaks=(
            ray({f"{HEAD} nodeSelector": {"karpenter.sh/capacity-type": "spot"}}),
            ray({f"{HEAD} nodeSelector": {"eks.amazonaws.com/capacityType": "SPOT"}}),
        ),
        keeps=(
            ray({f"{HEAD} nodeSelector": {"karpenter.sh/capacity-type": "on-demand"}}),
            ray({f"{WORKER} nodeSelector": {"karpenter.sh/capacity-type": "spot"}}),
        ),
    ),
    "labels-required": Example(
        breaks=(ray({"metadata labels owner": ABSENT}), aws(_NODE_GROUP, {"tags": {"owner": "ml"}})),
        keeps=(ray(), aws(_NODE_GROUP, {"tags": ABSENT, "tagsAll": {"owner": "ml", "cost-centre": "42"}})),
    ),
    "expiry": Example(
        breaks=(ray(), ray(_day(-1)), ray(_day(32)), ray({"metadata labels expires": "soon"})),
        keeps=(ray(_day(1)), job(_day(30))),
    ),
}
"""By rule."""
