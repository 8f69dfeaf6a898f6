"""Bounds of a pool against the size that an autoscaler gave it, as the engine asks before it updates the node group."""

from typing import Any

import pulumi
import pytest
from rayform.infra.aws.scaling import keeps_size
from rayform.lab.testing import run

GROUP = {"clusterName": "prod", "nodeGroupName": "a10g-1"}
THERE = {"aws:eks/getNodeGroup:getNodeGroup": {"id": "g", "scalingConfigs": [{"desiredSize": 2}]}}


def refused(*, preview: bool, **bounds: int) -> str:
    """What is said against new bounds of a pool of 0 to 4 nodes, of which the stack remembers 2."""
    before = {**GROUP, "scalingConfig": {"minSize": 0, "maxSize": 4, "desiredSize": 2}}
    after = {"scalingConfig": {**before["scalingConfig"], **bounds}}

    async def program() -> None:
        pool = pulumi.ComponentResource("rayform:infra:GpuNodePool", "a10g")
        binding: Any = keeps_size(pool, "a10g")
        (hook,) = binding.before_update
        kind = "aws:eks/nodeGroup:NodeGroup"
        await hook.callback(pulumi.ResourceHookArgs("urn", "id", "a10g-nodes", kind, after, {}, None, before))

    try:
        run(program, preview=preview, lookups={} if preview else THERE)
    except pulumi.RunError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("preview", [True, False])
def test_bounds_that_hold_the_size_are_taken(*, preview: bool) -> None:
    assert refused(preview=preview, minSize=2, maxSize=8) == ""


@pytest.mark.parametrize(
    ("bounds", "asked", "sizes"),
    [
        ({"minSize": 3}, "min_nodes: 3 asked", "minSize=3,maxSize=4,desiredSize=3"),
        ({"maxSize": 1}, "max_nodes: 1 asked", "minSize=0,maxSize=1,desiredSize=1"),
    ],
)
@pytest.mark.parametrize("preview", [True, False])
def test_bounds_that_leave_out_the_size_are_refused_at_preview_too(
    *, preview: bool, bounds: dict[str, int], asked: str, sizes: str
) -> None:
    assert refused(preview=preview, **bounds) == (
        f"pool a10g: {asked}, 2 nodes are there, and EKS takes only bounds that hold their number; run 'aws eks "
        f"update-nodegroup-config --cluster-name prod --nodegroup-name a10g-1 --scaling-config {sizes}', "
        "then 'pulumi up --refresh'"
    )
