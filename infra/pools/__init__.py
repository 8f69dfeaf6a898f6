"""Pools of nodes, described: what each can be, and what it offers to pods. Nothing here knows Pulumi."""

from .ami import AmiFamily, ami_type
from .node import Node, node
from .placement import Placement, placement
from .refusals import refusals
from .spec import AutoModePoolSpec, Capacity, GpuNodePoolSpec, NodePoolSpec, PoolSpec
from .taint import GPU_TAINT, Effect, Taint

__all__ = [
    "GPU_TAINT",
    "AmiFamily",
    "AutoModePoolSpec",
    "Capacity",
    "Effect",
    "GpuNodePoolSpec",
    "Node",
    "NodePoolSpec",
    "Placement",
    "PoolSpec",
    "Taint",
    "ami_type",
    "node",
    "placement",
    "refusals",
]
