"""Ray services as the CRDs write them."""

from ..placement import Pools
from ..service import RayServiceSpec
from .cluster import cluster_spec
from .fields import Manifest, fields, given
from .native import native_text

__all__ = ["service_spec"]

_OWN_NAME = (
    "serve_service",
    "upgrade_strategy",
    "ray_cluster_deletion_delay_seconds",
    "exclude_head_pod_from_serve_svc",
    "service_unhealthy_second_threshold",
    "deployment_unhealthy_second_threshold",
    "managed_by",
    "suspend",
)


def service_spec(service: RayServiceSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayService."""
    return {
        **fields(service, *_OWN_NAME),
        **given({"serveConfigV2": native_text(service.serve_config_v2)}),
        "rayClusterConfig": cluster_spec(service.ray_cluster_config, pools),
    }
