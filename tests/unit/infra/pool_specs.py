"""Pools that are valid by default."""

from typing import Any

from rayform.infra.pools import AutoModePoolSpec, GpuNodePoolSpec, NodePoolSpec, PoolSpec, refusals


def gpu_pool(types: str = "g5.12xlarge", **changed: Any) -> GpuNodePoolSpec:
    return GpuNodePoolSpec(**{"instance_types": types.split(), "max_nodes": 8, **changed})


def pool(types: str = "m6i.large", **changed: Any) -> NodePoolSpec:
    return NodePoolSpec(**{"instance_types": types.split(), "max_nodes": 8, **changed})


def auto_pool(types: str = "g5.12xlarge", **changed: Any) -> AutoModePoolSpec:
    return AutoModePoolSpec(**{"instance_types": types.split(), "max_nodes": 8, **changed})


def said(spec: PoolSpec, name: str = "a10g") -> list[str]:
    return [str(refusal) for refusal in refusals(name, spec)]
