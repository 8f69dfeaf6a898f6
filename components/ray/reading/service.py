"""Services read back."""

from ...documents import is_mapping
from ..manifest.fields import Manifest
from ..manifest.service import SERVICE
from ..service import RayServiceSpec
from .cluster import cluster
from .fields import Words, stated

__all__ = ["service"]


def service(given: Manifest) -> Words:
    """The fields of a service."""
    nested = given.get("rayClusterConfig")
    return {
        **stated(RayServiceSpec, given, *SERVICE, "serve_config_v2"),
        "ray_cluster_config": cluster(nested) if is_mapping(nested) else nested,
    }
