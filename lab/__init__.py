"""The proving ground: everything real but the cloud and the GPUs, on one machine. It knows no other room."""

from .engine import engine_environment
from .errors import LabError, ProcessError, StorageError, ToolError
from .kind import Nodes, default_nodes
from .lab import Lab
from .nodes import NodeShape, Offer, Taint
from .paths import cache_home, state_home
from .progress import Console, Progress, Silent
from .status import ComponentStatus, LabStatus
from .toolchain import resolve

__all__ = [
    "ComponentStatus",
    "Console",
    "Lab",
    "LabError",
    "LabStatus",
    "NodeShape",
    "Nodes",
    "Offer",
    "ProcessError",
    "Progress",
    "Silent",
    "StorageError",
    "Taint",
    "ToolError",
    "cache_home",
    "default_nodes",
    "engine_environment",
    "resolve",
    "state_home",
]
