"""Whether what runs fits the pools, and how many nodes it takes: pure arithmetic, before anything is paid for."""

from .bound import fewest_nodes
from .demand import Demand
from .group import Group
from .packing import Packing, Pattern, TooLargeError, pack
from .pool_fit import PoolFit
from .report import Fit, fit
from .requests import EFA_RESOURCE, pod_requests

__all__ = [
    "EFA_RESOURCE",
    "Demand",
    "Fit",
    "Group",
    "Packing",
    "Pattern",
    "PoolFit",
    "TooLargeError",
    "fewest_nodes",
    "fit",
    "pack",
    "pod_requests",
]
