"""Every type, by its token."""

from collections.abc import Mapping
from typing import Final

from ..kind import Kind
from . import (
    eks_access,
    eks_cluster,
    eks_nodes,
    endpoints,
    iam,
    instances,
    keys_and_logs,
    network,
    routes,
    security_groups,
)

KINDS: Final[Mapping[str, Kind]] = {
    kind.type: kind
    for module in (
        network,
        routes,
        security_groups,
        endpoints,
        iam,
        keys_and_logs,
        instances,
        eks_cluster,
        eks_nodes,
        eks_access,
    )
    for kind in vars(module).values()
    if isinstance(kind, Kind)
}
"""Every type that the lab's provider has."""
