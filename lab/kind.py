"""What stands for machines in a lab."""

import os
import sys
from enum import StrEnum


class Nodes(StrEnum):
    """What stands for machines in a lab."""

    REAL = "real"
    """One node that runs containers; needs root on Linux."""
    SIMULATED = "simulated"
    """Any number of nodes that run nothing; anywhere."""


def default_nodes() -> Nodes:
    """Real nodes for root on Linux, simulated ones for everybody else."""
    return Nodes.REAL if sys.platform == "linux" and os.geteuid() == 0 else Nodes.SIMULATED
