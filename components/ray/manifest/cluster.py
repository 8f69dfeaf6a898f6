"""Ray clusters as the CRDs write them."""

from functools import cache
from typing import Any

from ..autoscaler import AutoscalerOptions
from ..cluster import RayClusterSpec
from ..crd import IRREGULAR, named
from ..gcs import GcsFaultToleranceOptions
from ..placement import Pools
from .env import value
from .fields import Manifest, fields, given
from .group import head_group, worker_group
from .options import autoscaler_options, history_server_options

__all__ = ["CLUSTER", "GCS", "cluster_spec"]

CLUSTER = named(
    "ray_version",
    "head_service_annotations",
    "auth_options",
    "managed_by",
    "network_policy",
    "suspend",
    "tls_options",
    "upgrade_strategy",
)
"""Fields of a cluster under their own name."""
GCS = named("backend", "redis_address", "external_storage_namespace", "storage")
"""Fields of its fault tolerance under their own name."""


def cluster_spec(cluster: RayClusterSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayCluster, or ``rayClusterSpec`` of another kind."""
    history = cluster.history_server_options
    autoscaling = {} if cluster.autoscaling is None else {IRREGULAR["autoscaling"]: cluster.autoscaling}
    return {
        **fields(cluster, CLUSTER),
        **autoscaling,
        **_part("autoscalerOptions", _autoscaler(cluster)),
        **_part("gcsFaultToleranceOptions", _gcs(cluster.gcs_fault_tolerance_options)),
        **_part("historyServerOptions", None if history is None else history_server_options(history)),
        IRREGULAR["head"]: head_group(cluster, pools),
        **given({IRREGULAR["workers"]: [worker_group(cluster, group, pools) for group in cluster.workers]}),
    }


def _part(name: str, part: Manifest | None) -> Manifest:
    return {} if part is None else {name: part}


def _autoscaler(cluster: RayClusterSpec) -> Manifest | None:
    # The operator puts the autoscaler beside the head without any rights taken away, so its options are always written.
    options = cluster.autoscaler_options or (_usual_autoscaler() if cluster.autoscaling else None)
    return None if options is None else autoscaler_options(options)


@cache
def _usual_autoscaler() -> AutoscalerOptions:
    # Nothing is given, so there is nothing to read.
    return AutoscalerOptions.model_construct()


def _gcs(options: GcsFaultToleranceOptions | None) -> Manifest | None:
    if options is None:
        return None
    return {
        **fields(options, GCS),
        **_part("redisUsername", _credential(options.redis_username)),
        **_part("redisPassword", _credential(options.redis_password)),
    }


def _credential(credential: Any) -> Manifest | None:
    return None if credential is None else value(credential)
