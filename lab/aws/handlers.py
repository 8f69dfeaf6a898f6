"""Which operations the lab answers itself; all others are moto's."""

from . import images, quotas
from .answering import HANDLERS
from .ec2 import guards, placement, reservations
from .eks import access, addons, cluster_updates, clusters, group_updates, groups, pod_identity, tags, updates, versions

PARTS = (
    access,
    addons,
    cluster_updates,
    clusters,
    group_updates,
    groups,
    guards,
    images,
    placement,
    pod_identity,
    quotas,
    reservations,
    tags,
    updates,
    versions,
)
"""The modules that declare, as they are imported, what they answer."""

OWNED = frozenset({"eks", "service-quotas"})
"""Services of which moto answers nothing."""

__all__ = ["HANDLERS", "OWNED", "PARTS"]
