"""The proving ground: everything real but the cloud and the GPUs, on one machine. It knows no other room."""

from .errors import LabError, ProcessError, StorageError, ToolError
from .paths import cache_home, state_home
from .progress import Console, Progress, Silent

__all__ = [
    "Console",
    "LabError",
    "ProcessError",
    "Progress",
    "Silent",
    "StorageError",
    "ToolError",
    "cache_home",
    "state_home",
]
