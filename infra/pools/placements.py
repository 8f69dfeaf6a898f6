"""A pool as pods see it: what a group of pods needs to know to meet it."""

from collections.abc import Collection
from typing import Final

from rayform.fit.placement import Placement
from rayform.fit.taint import Taint

from .nodes import Node, node
from .spec import AutoModePoolSpec, NodePoolSpec, PoolSpec
from .taint import GPU_TAINT

__all__ = ["LABEL_DOMAIN", "capacity_label", "labels", "placement", "taints"]

LABEL_DOMAIN: Final = "rayform"
"""The domain of the labels that a pool gives to its nodes."""


_AUTO_CAPACITY: Final = {"spot": "spot", "reserved": "reserved"}
_BY_AUTO: Final = ("karpenter.sh/capacity-type", "karpenter.sh/nodepool")
_BY_GROUPS: Final = ("eks.amazonaws.com/capacityType", "eks.amazonaws.com/nodegroup")
"""Labels that nodes of Auto Mode have and those of node groups do not, and the other way round."""
_GROUP_CAPACITY: Final = {"spot": "SPOT", "capacity_block": "CAPACITY_BLOCK"}


def placement(name: str, spec: PoolSpec, zones: Collection[str] | None = None) -> Placement:
    """The placement of a pool that nothing refuses, in a network of these zones, where they are known."""
    one = node(spec)
    return Placement(
        name=name,
        node_type=one.type_name,
        allocatable=one.allocatable,
        architecture=one.architecture,
        labels=labels(name, one),
        more_labels=_more_labels(spec, spec.zones or zones or ()),
        more_resources={},
        taints=taints(spec, one),
        gpu_model=one.gpu.model if one.gpu else None,
        shared_in_turns=one.shared_in_turns,
        nvme=one.nvme,
        fleeting=_fleeting(name, spec),
        min_nodes=spec.min_nodes if isinstance(spec, NodePoolSpec) else 0,
        max_nodes=spec.max_nodes,
        price_per_hour=one.types[0].price_per_hour,
    )


def _fleeting(name: str, spec: PoolSpec) -> str | None:
    """Why nodes of the pool may go while pods run on them."""
    if spec.capacity == "spot":
        return f"AWS takes spot nodes of pool {name} away with two minutes' notice"
    if spec.capacity == "capacity_block":
        return f"AWS ends nodes of pool {name} half an hour before their capacity block does"
    if isinstance(spec, AutoModePoolSpec):
        if spec.consolidate_busy:
            return f"EKS Auto Mode empties nodes of pool {name} when their pods fit elsewhere"
        return f"EKS Auto Mode replaces nodes of pool {name} after {spec.expire_after_hours} hours"
    return None


def labels(name: str, one: Node) -> dict[str, str]:
    """The labels that say which pool a node is of, and what GPUs it has."""
    own = {f"{LABEL_DOMAIN}/pool": name}
    if one.gpu is None:
        return own
    return own | {
        f"{LABEL_DOMAIN}/gpu-model": one.gpu.model.lower().replace(" ", "-"),
        f"{LABEL_DOMAIN}/gpu-count": str(one.gpu.count),
        f"{LABEL_DOMAIN}/gpu-memory-mib": str(one.gpu.memory_mib),
    }


def _more_labels(spec: PoolSpec, zones: Collection[str]) -> dict[str, Collection[str]]:
    """What further labels of the pool's nodes may say: its own, the cloud's as far as the pool decides them."""
    key, bought = capacity_label(spec)
    places: dict[str, Collection[str]] = {"topology.kubernetes.io/zone": zones} if zones else {}
    return {
        **{key: (value,) for key, value in spec.labels.items()},
        **places,
        "kubernetes.io/os": ("linux",),
        "node.kubernetes.io/instance-type": spec.instance_types,
        **dict.fromkeys(_BY_GROUPS if isinstance(spec, AutoModePoolSpec) else _BY_AUTO, ()),
        key: (bought,),
    }


def capacity_label(spec: PoolSpec) -> tuple[str, str]:
    """The label that says how a node was bought, and its value: as node groups name it, or as NodePools do."""
    if isinstance(spec, AutoModePoolSpec):
        return "karpenter.sh/capacity-type", _AUTO_CAPACITY.get(spec.capacity, "on-demand")
    return "eks.amazonaws.com/capacityType", _GROUP_CAPACITY.get(spec.capacity, "ON_DEMAND")


def taints(spec: PoolSpec, one: Node) -> tuple[Taint, ...]:
    """The pool's own taints, after the one of GPUs where it has any."""
    own = tuple(taint for taint in spec.taints if taint != GPU_TAINT)
    return (GPU_TAINT, *own) if one.gpu else own
