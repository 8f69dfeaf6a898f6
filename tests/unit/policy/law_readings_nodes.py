"""Nodes, how many and how bought, read by themselves."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

from law_reading import Reading
from rayform.policy import Subject, of_manifest
from rayform.policy.examples.example import ABSENT, aws, kube
from rayform.policy.pods import UNBOUNDED

__all__ = ["NODES"]

_TYPE: Final = "node.kubernetes.io/instance-type"


def _nodes(subject: Subject, *names: str) -> Callable[[ModuleType], Any]:
    """What a subject's nodes have as these."""
    return lambda module: [[getattr(each, name) for name in names] for each in module.nodes_of(subject)]


def _cost(subject: Subject) -> Callable[[ModuleType], Any]:
    return lambda module: [round(each.cost(lambda price: price), 2) for each in module.nodes_of(subject)]


def _most(subject: Subject) -> Callable[[ModuleType], Any]:
    """How many nodes of their type there may be."""
    return lambda module: [each.most_of(kind) for each in module.nodes_of(subject) for kind in each.known]


_SPOT: Final = {"instanceMarketOptions": {"marketType": "spot"}}
_INSTANCE: Final = "aws:ec2/instance:Instance"
_SCHEDULE: Final = "aws:autoscaling/schedule:Schedule"
_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_ASG: Final = "aws:autoscaling/group:Group"
_SHARE: Final = "mixedInstancesPolicy instancesDistribution"
_NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
_BOUGHT: Final = ("types", "types_at", "least", "most", "size_at", "spot")
_AT: Final = ("instanceType",)
_OVERRIDES: Final = ("mixedInstancesPolicy", "launchTemplate", "overrides")


def _pool(limits: Mapping[str, Any] | None, kind: str = "g5.12xlarge", **spec: Any) -> Subject:
    named = [{"key": _TYPE, "operator": "In", "values": [kind]}]
    more = {} if limits is None else {"spec limits": limits}
    edits = {"spec template spec requirements": named, "spec limits": ABSENT, **more}
    return kube("NodePool", {**edits, **{f"spec {name}": value for name, value in spec.items()}})


def _claim(api: str = "karpenter.sh/v1", *requirements: Mapping[str, Any]) -> Subject:
    spec = {"requirements": list(requirements)}
    return of_manifest({"apiVersion": api, "kind": "NodeClaim", "metadata": {"name": "a"}, "spec": spec})


def _plain(kind: str) -> Subject:
    return of_manifest({"apiVersion": "karpenter.sh/v1", "kind": kind, "metadata": {"name": "a"}, "spec": {}})


_BY_SIZE: Final[tuple[tuple[Subject, list[int]], ...]] = (
    (_pool({"nodes": "3"}), [3]),
    (_pool({"nodes": "x"}), [UNBOUNDED]),
    (_pool({"cpu": "96"}), [2]),
    (_pool({"memory": "384Gi"}), [2]),
    (_pool({"nvidia.com/gpu": "9"}), [2]),
    (_pool({"aws.amazon.com/neuron": "9"}), [UNBOUNDED]),
    (_pool({"example.com/other": "9"}), [UNBOUNDED]),
    (_pool({"aws.amazon.com/neuroncore": "9"}), [UNBOUNDED]),
    (_pool({"aws.amazon.com/neuron": "32"}, "trn1.32xlarge"), [2]),
    (_pool({"aws.amazon.com/neuroncore": "32"}, "trn1.32xlarge"), [1]),
    (_pool({"nvidia.com/gpu": "9"}, "trn1.32xlarge"), [UNBOUNDED]),
    (_pool({"nvidia.com/gpu": "9"}, "m5.large"), [UNBOUNDED]),
    (_pool(None, replicas=5), [5]),
)


NODES: Final = (
    Reading("nodes", _nodes(aws(_INSTANCE), *_BOUGHT), [[["g5.xlarge"], _AT, 1, 1, _AT, True]]),
    Reading("nodes", _nodes(aws(_INSTANCE, {"instanceMarketOptions": ABSENT}), "spot", "any_type"), [[False, False]]),
    Reading(
        "nodes",
        _nodes(aws(_TEMPLATE, {"instanceType": "p5.48xlarge", **_SPOT}), *_BOUGHT),
        [[["p5.48xlarge"], _AT, 0, 0, _AT, True]],
    ),
    Reading("nodes", _nodes(aws(_TEMPLATE), "types", "spot", "any_type"), [[[], False, False]]),
    Reading("nodes", _nodes(aws(_ASG), *_BOUGHT), [[["g5.xlarge"], _OVERRIDES, 0, 4, ("maxSize",), True]]),
    Reading(
        "nodes",
        _nodes(aws(_ASG, {f"{_SHARE} onDemandPercentageAboveBaseCapacity": 1, "minSize": ABSENT}), "spot", "least"),
        [[False, 0]],
    ),
    Reading("nodes", _nodes(aws(_ASG, {f"{_SHARE}": {}, "minSize": 2}), "spot", "least"), [[False, 2]]),
    Reading("nodes", _nodes(aws(_NODE_GROUP, {"scalingConfig": {"maxSize": 1}}), "least", "most"), [[0, 1]]),
    Reading("nodes", _nodes(aws(_SCHEDULE), *_BOUGHT), [[[], ("maxSize",), 0, 0, ("maxSize",), False]]),
    Reading("nodes", _nodes(aws(_SCHEDULE, {"maxSize": 3, "desiredCapacity": 2}), "most"), [[3]]),
    *(Reading("nodes", _most(subject), found) for subject, found in _BY_SIZE),
    Reading("nodes", _nodes(_pool(None, replicas=5), "least", "most", "gpus"), [[5, 5, 20]]),
    Reading("nodes", _nodes(_pool({}), "least", "most", "has_gpus"), [[0, None, True]]),
    Reading("nodes", _nodes(_pool({}, "m5.large"), "has_gpus", "gpus"), [[False, 0]]),
    Reading("nodes", _nodes(_pool({"nvidia.com/gpu": 1}, "m5.large"), "has_gpus"), [[True]]),
    Reading(
        "nodes", _nodes(aws(_NODE_GROUP, {"instanceTypes": ["m5.large", "g5.xlarge"]}), "has_gpus", "gpus"), [[True, 4]]
    ),
    Reading("nodes", _cost(_pool({})), [0.0]),
    Reading("nodes", _cost(_pool({"nodes": 2}, "dl2q.24xlarge")), [0.0]),
    Reading("nodes", _cost(_pool({"nodes": 2})), [11.34]),
    Reading(
        "nodes",
        _nodes(_claim(), "types_at", "least", "most", "size_at", "any_type", "spot"),
        [[("spec", "requirements"), 1, 1, ("spec", "requirements"), True, False]],
    ),
    Reading("nodes", _nodes(_claim("other.io/v1")), []),
    Reading("nodes", _nodes(_plain("Other")), []),
)
"""Each of them."""
