"""A pool as pods see it: what a group of pods needs to know to meet it."""

from typing import Final

from rayform.fit.placement import Placement
from rayform.fit.taint import Taint

from .nodes import Node, node
from .spec import AutoModePoolSpec, NodePoolSpec, PoolSpec
from .taint import GPU_TAINT

__all__ = ["LABEL_DOMAIN", "labels", "placement", "taints"]

LABEL_DOMAIN: Final = "rayform"
"""The domain of the labels that a pool gives to its nodes."""


def placement(name: str, spec: PoolSpec) -> Placement:
    """The placement of a pool that nothing refuses."""
    one = node(spec)
    return Placement(
        name=name,
        node_type=one.type_name,
        allocatable=one.allocatable,
        architecture=one.architecture,
        labels=labels(name, one),
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
    if isinstance(spec, AutoModePoolSpec) and spec.consolidate_busy:
        return f"EKS Auto Mode empties nodes of pool {name} when their pods fit elsewhere"
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


def taints(spec: PoolSpec, one: Node) -> tuple[Taint, ...]:
    """The pool's own taints, after the one of GPUs where it has any."""
    own = tuple(taint for taint in spec.taints if taint != GPU_TAINT)
    return (GPU_TAINT, *own) if one.gpu else own
