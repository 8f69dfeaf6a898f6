"""A pool of EKS Auto Mode as the objects of Kubernetes that it is: a NodePool, and the NodeClass of its nodes.

Forms after the EKS User Guide, "Create a node class" and "Create a node pool". A NodePool is Karpenter's own kind: on a
cluster with Karpenter it names another node class, and everything else of it stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .pools import AutoModePoolSpec, node, placement
from .pools.placements import capacity_label

__all__ = ["AUTO", "AUTO_CLASS_VERSION", "NODE_POOL_VERSION", "NodeClassKind", "node_class", "node_pool"]

NODE_POOL_VERSION: Final = "karpenter.sh/v1"
"""The version of NodePools."""

AUTO_CLASS_VERSION: Final = "eks.amazonaws.com/v1"
"""The version of the node classes of EKS Auto Mode."""


@dataclass(frozen=True, slots=True)
class NodeClassKind:
    """What describes the machines behind a NodePool, and so who launches them."""

    group: str
    """The API group."""
    kind: str
    """The kind."""
    zone_label: str = "topology.kubernetes.io/zone"
    """The label of the zone."""


AUTO: Final = NodeClassKind("eks.amazonaws.com", "NodeClass")
"""EKS Auto Mode launches them."""


def node_class(
    name: str,
    spec: AutoModePoolSpec,
    *,
    role: Any,
    subnet_ids: Sequence[Any],
    security_group_id: Any,
    tags: Mapping[str, str],
) -> dict[str, Any]:
    """The metadata and spec of the NodeClass: role, places, disk, tags, and the reservation it draws on."""
    described: dict[str, Any] = {
        "role": role,
        "subnetSelectorTerms": [{"id": subnet} for subnet in subnet_ids],
        "securityGroupSelectorTerms": [{"id": security_group_id}],
        "ephemeralStorage": {"size": f"{spec.ephemeral_gib}Gi"},
        "tags": {**tags, **spec.tags, "rayform:pool": name},
    }
    if spec.reservation_id is not None:
        described["capacityReservationSelectorTerms"] = [{"id": spec.reservation_id}]
    return {"metadata": {"name": name}, "spec": described}


def node_pool(name: str, spec: AutoModePoolSpec, kind: NodeClassKind = AUTO) -> dict[str, Any]:
    """The metadata and spec of the NodePool: what its nodes are, when they go, and how many there are at most."""
    met = placement(name, spec)
    policy = "WhenEmptyOrUnderutilized" if spec.consolidate_busy else "WhenEmpty"
    template = {
        "metadata": {"labels": {**spec.labels, **met.labels}},
        "spec": {
            "nodeClassRef": {"group": kind.group, "kind": kind.kind, "name": name},
            "requirements": _requirements(spec, kind),
            "taints": [taint.model_dump(exclude_none=True) for taint in met.taints],
            "expireAfter": f"{spec.expire_after_hours}h",
        },
    }
    disruption = {"consolidationPolicy": policy, "consolidateAfter": f"{spec.consolidate_after_seconds}s"}
    return {
        "metadata": {"name": name},
        "spec": {"template": template, "disruption": disruption, "limits": _limits(spec)},
    }


def _requirements(spec: AutoModePoolSpec, kind: NodeClassKind) -> list[dict[str, Any]]:
    capacity, bought = capacity_label(spec)
    wanted = {
        "node.kubernetes.io/instance-type": list(spec.instance_types),
        capacity: [bought],
        kind.zone_label: list(spec.zones),
    }
    return [{"key": key, "operator": "In", "values": values} for key, values in wanted.items() if values]


def _limits(spec: AutoModePoolSpec) -> dict[str, str]:
    """What the most nodes have together: a NodePool counts resources, and stops before it has more."""
    one = node(spec)
    most = {"cpu": max(kind.vcpus for kind in one.types) * spec.max_nodes}
    if one.gpu:
        most["nvidia.com/gpu"] = one.gpu.count * spec.max_nodes
    return {resource: str(amount) for resource, amount in most.items()}
