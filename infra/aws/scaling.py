"""The size that an autoscaler gave a pool, which a change of its bounds must not undo.

EKS is told bounds and size together, and the engine knows the size as of the last refresh: nodes that came since would
be ended with what runs on them, those that went would come back. Before an update that changes bounds, and only then,
AWS is asked how many there are; a preview asks nothing, and tells of bounds that leave out the size it knows.
"""

from collections.abc import Mapping
from typing import Any, Final

import pulumi
import pulumi_aws as aws
from pulumi.runtime.proto.resource_pb2 import RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS
from pulumi.runtime.settings import monitor_supports_feature
from rayform.spec.refusal import Refusal

__all__ = ["keeps_size"]

_BOUNDS: Final = {"min_nodes": "minSize", "max_nodes": "maxSize"}


def keeps_size(pool: pulumi.Resource, name: str) -> pulumi.ResourceHookBinding | None:
    """What stops an update of the node group of ``pool`` that would undo its size.

    An engine from before July 2025 has no hooks: there nothing stops it.
    """
    if not monitor_supports_feature(RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS):
        return None

    async def kept(args: pulumi.ResourceHookArgs) -> None:
        before, after = _scaling(args.old_outputs), _scaling(args.new_inputs)
        changed = [path for path, key in _BOUNDS.items() if before.get(key) != after.get(key)]
        if not changed:
            return
        group, remembered = args.old_outputs or {}, int(before["desiredSize"])
        refused = _left_out(after, remembered, group)
        if refused is None and not pulumi.runtime.is_dry_run():
            refused = _undone(changed, await _there(pool, group), remembered)
        if refused:
            raise pulumi.RunError(f"pool {name}: {refused}")

    options = pulumi.ResourceHookOptions(on_dry_run=True)
    return pulumi.ResourceHookBinding(before_update=[pulumi.ResourceHook(f"rayform:pool-size:{name}", kept, options)])


def _scaling(properties: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (properties or {}).get("scalingConfig") or {}
    return found


async def _there(pool: pulumi.Resource, group: Mapping[str, Any]) -> int:
    """How many nodes EKS wants to be there by now."""
    names = {"cluster_name": group["clusterName"], "node_group_name": group["nodeGroupName"]}
    found: Any = await aws.eks.get_node_group_output(**names, opts=pulumi.InvokeOutputOptions(parent=pool)).future()
    return int(found.scaling_configs[0].desired_size)


def _left_out(bounds: Mapping[str, Any], remembered: int, group: Mapping[str, Any]) -> Refusal | None:
    """Why EKS would refuse the bounds: it takes them with the size, which they hold and which is not ours to set."""
    fewest, most = int(bounds["minSize"]), int(bounds["maxSize"])
    size = min(max(remembered, fewest), most)
    if size == remembered:
        return None
    names = f"--cluster-name {group['clusterName']} --nodegroup-name {group['nodeGroupName']}"
    sizes = f"--scaling-config minSize={fewest},maxSize={most},desiredSize={size}"
    return Refusal(
        "min_nodes" if remembered < fewest else "max_nodes",
        f"{size} asked",
        f"{remembered} nodes are there, and EKS takes only bounds that hold their number",
        f"run 'aws eks update-nodegroup-config {names} {sizes}', then 'pulumi up --refresh'",
    )


def _undone(changed: list[str], there: int, remembered: int) -> Refusal | None:
    """Why bounds are not changed while the stack does not know the size."""
    if there == remembered:
        return None
    possible = f"the stack remembers {remembered} and EKS would go back to that"
    return Refusal(", ".join(changed), f"{there} nodes are there", possible, "run 'pulumi up --refresh'")
