"""Pools of nodes, described: what each can be, and what it offers to pods. Nothing here knows Pulumi."""

from .ami import AmiFamily, ami_type
from .checks import refusals
from .nodes import Node, node
from .placements import placement
from .spec import AutoModePoolSpec, Capacity, GpuNodePoolSpec, NodePoolSpec, PoolSpec, Reservation
from .taint import GPU_TAINT

__all__ = [
    "GPU_TAINT",
    "AmiFamily",
    "AutoModePoolSpec",
    "Capacity",
    "GpuNodePoolSpec",
    "Node",
    "NodePoolSpec",
    "PoolSpec",
    "Reservation",
    "ami_type",
    "node",
    "placement",
    "refusals",
]
