"""Pools of nodes: of which types, how many, and how they are bought."""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import mapping

from ..nodes import Nodes
from ..parameters import Most, Names, most, names
from ..pods import UNBOUNDED
from ..requirements import GPU_TYPE
from ..rule import Level, Nothing, rule

_POOLS: Final = frozenset({"NodeClaim", "NodePool"})
"""What Karpenter makes nodes by: it knows types that the catalogue does not have."""


@rule(
    "instance-types",
    Nodes,
    names("*"),
    why="other types are not bought in this environment",
    remedy="choose one of these",
)
def instance_types(nodes: Nodes, allowed: Names) -> Iterator[Found]:
    """Nodes are of the types that are allowed."""
    if nodes.any_type and not allowed.has("any"):
        yield Found(nodes.types_at, "any type asked", f"types are {', '.join(allowed.names)}")
    for index, name in enumerate(nodes.types):
        if not allowed.has(name):
            place = (*nodes.types_at, index) if nodes.types_at[-1] == "instanceTypes" else nodes.types_at
            yield Found(place, f"{name} asked", f"types are {', '.join(allowed.names)}")


@rule(
    "gpu-models",
    Nodes,
    names("*"),
    why="other models are not bought in this environment",
    remedy="choose a type with one of these",
)
def gpu_models(nodes: Nodes, allowed: Names) -> Iterator[Found]:
    """Nodes have GPUs of the models that are allowed."""
    for kind in nodes.known:
        if kind.gpu and not allowed.has(kind.gpu.model):
            asked = f"{kind.name} with {kind.gpu.model} asked"
            yield Found(nodes.types_at, asked, f"models are {', '.join(allowed.names)}")


@rule(
    "pool-size",
    Nodes,
    most(50),
    why="a mistake in a number must not buy a hall of machines",
    remedy="lower the most nodes, or split the pool",
)
def pool_size(nodes: Nodes, allowed: Most) -> Iterator[Found]:
    """A pool of nodes has an end, within the bound."""
    if nodes.most is None and not nodes.limits:
        yield Found(nodes.size_at, "nodes without an end asked", f"at most {allowed.most} nodes")
    elif nodes.most is not None and nodes.most > allowed.most:
        yield Found(nodes.size_at, f"{nodes.most} nodes asked", f"at most {allowed.most}")


@rule(
    "pool-gpus",
    Nodes,
    most(256),
    why="one pool must not buy them all",
    remedy="lower the most nodes, or choose a smaller type",
)
def pool_gpus(nodes: Nodes, allowed: Most) -> Iterator[Found]:
    """A pool of nodes at its largest has no more GPUs than a pool may have."""
    if nodes.gpus > allowed.most:
        asked = "accelerators without an end" if nodes.gpus >= UNBOUNDED else f"{nodes.gpus} accelerators"
        yield Found(nodes.size_at, f"{asked} asked", f"at most {allowed.most} in a pool")


@rule(
    "pool-types-known",
    Nodes,
    why="what stands in a launch template alone is not counted here",
    remedy="write the types on the group, and none in its launch template",
    kinds=frozenset({"aws:eks/nodeGroup:NodeGroup", "aws:autoscaling/group:Group", "aws:ec2/instance:Instance"})
    | _POOLS,
)
def pool_types_known(nodes: Nodes, asked: Nothing) -> Iterator[Found]:
    """A group of nodes names its instance types, each of them in the catalogue; a pool those with accelerators."""
    del asked
    pool = nodes.subject.kind in _POOLS
    if not nodes.types and not pool:
        yield Found(nodes.types_at, "no types asked")
    priced = {kind.name for kind in nodes.known}
    for name in nodes.types:
        if name not in priced and (not pool or GPU_TYPE.fullmatch(name)):
            why = "the catalogue does not have it, so neither its price nor its accelerators are counted"
            yield Found(nodes.types_at, f"{name} asked", why, "choose a type that it has")


@rule(
    "gpu-pool-floor",
    Nodes,
    why="idle GPU nodes cost what busy ones do",
    remedy="set the fewest nodes to 0",
    level=Level.ADVISORY,
)
def gpu_pool_floor(nodes: Nodes, asked: Nothing) -> Iterator[Found]:
    """A pool of GPU nodes may shrink to nothing."""
    del asked
    if nodes.least and nodes.has_gpus and nodes.size_at != nodes.types_at:
        yield Found(nodes.size_at, f"at least {nodes.least} GPU nodes asked")
    disruption = mapping(nodes.subject.spec.get("disruption"))
    if nodes.has_gpus and disruption.get("consolidateAfter") == "Never":
        yield Found(
            ("spec", "disruption", "consolidateAfter"), "GPU nodes that stay asked", remedy="let idle ones go: 5m"
        )


@rule(
    "spot-required",
    Nodes,
    why="interruptible work is done at the lower price here",
    remedy="ask for spot capacity",
    level=Level.DISABLED,
)
def spot_required(nodes: Nodes, asked: Nothing) -> Iterator[Found]:
    """GPU nodes are spot capacity."""
    del asked
    if nodes.has_gpus and not nodes.spot and nodes.most != 0:
        yield Found(nodes.types_at, "GPU nodes on demand asked")
