"""What in a cluster is ClusterGuard's, as its component, the engine and the rules call it."""

from typing import Final

__all__ = ["GUARD", "GUARD_NAMES"]

GUARD: Final = "rayform:policy:ClusterGuard"
"""Its type, which stands in the URNs of all that belongs to it."""
GUARD_NAMES: Final = "rayform-policy"
"""The name of its ConfigMap, and what the names of the others begin with."""
