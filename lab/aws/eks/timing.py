"""How long EKS takes, in seconds on AWS's clock: rough figures of daily use, of which only the order matters."""

from typing import Final

CLUSTER_CREATED: Final = 540.0
CLUSTER_DELETED: Final = 180.0
CLUSTER_CONFIGURED: Final = 240.0
CLUSTER_UPGRADED: Final = 600.0

NODES_LAUNCHED: Final = 60.0
NODES_REPLACED: Final = 240.0
GROUP_DELETED: Final = 120.0
GROUP_CONFIGURED: Final = 20.0
NODES_GIVEN_UP: Final = 1500.0
"""How long EKS waits for nodes to join before it calls a group failed."""
NODES_AWAITED: Final = 120.0
"""How long it waits at least, on the wall's clock: AWS's may be past all patience while the machine is only slow."""

BALANCER_DELETED: Final = 60.0
DOORS_SEEN: Final = 150.0
"""How long until it is seen that something wants a load balancer, or wants it no more."""

ADDON_DONE: Final = 30.0
ADDON_DELETED: Final = 15.0
ADDON_GIVEN_UP: Final = 1200.0
"""How long an add-on waits for its pods before it is called degraded."""

AGAIN: Final = 5.0
"""How long until EKS looks again at what is not ready."""
