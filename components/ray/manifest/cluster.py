"""Ray clusters as the CRDs write them."""

from functools import cache
from typing import Any

from ..autoscaler import AutoscalerOptions
from ..cluster import RayClusterSpec
from ..env import ConfigMapKey, SecretKey
from ..gcs import GcsFaultToleranceOptions
from ..history import HistoryServerOptions
from ..placement import Pools
from .container import container_basics, resources
from .env import env, value_from
from .fields import Manifest, fields, given
from .group import head_group, worker_group

__all__ = ["cluster_spec"]

_OWN_NAME = (
    "ray_version",
    "head_service_annotations",
    "auth_options",
    "managed_by",
    "network_policy",
    "suspend",
    "tls_options",
    "upgrade_strategy",
)


def cluster_spec(cluster: RayClusterSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayCluster, or ``rayClusterSpec`` of another kind."""
    autoscaling = {} if cluster.autoscaling is None else {"enableInTreeAutoscaling": cluster.autoscaling}
    return {
        **fields(cluster, *_OWN_NAME),
        **autoscaling,
        **_part("autoscalerOptions", _autoscaler(cluster)),
        **_part("gcsFaultToleranceOptions", _gcs(cluster.gcs_fault_tolerance_options)),
        **_part("historyServerOptions", _history(cluster.history_server_options)),
        "headGroupSpec": head_group(cluster, pools),
        **given({"workerGroupSpecs": [worker_group(cluster, group, pools) for group in cluster.workers]}),
    }


def _part(name: str, part: Manifest | None) -> Manifest:
    return {} if part is None else {name: part}


def _autoscaler(cluster: RayClusterSpec) -> Manifest | None:
    # The operator puts the autoscaler beside the head without any rights taken away, so its options are always written.
    options = cluster.autoscaler_options or (_usual_autoscaler() if cluster.autoscaling else None)
    if options is None:
        return None
    return {
        **fields(options, "version", "idle_timeout_seconds", "upscaling_mode"),
        **container_basics(options),
    }


@cache
def _usual_autoscaler() -> AutoscalerOptions:
    return AutoscalerOptions()


def _gcs(options: GcsFaultToleranceOptions | None) -> Manifest | None:
    if options is None:
        return None
    return {
        **fields(options, "backend", "redis_address", "external_storage_namespace", "storage"),
        **_part("redisUsername", _credential(options.redis_username)),
        **_part("redisPassword", _credential(options.redis_password)),
    }


def _credential(credential: Any) -> Manifest | None:
    if isinstance(credential, SecretKey | ConfigMapKey):
        return {"valueFrom": value_from(credential)}
    return None if credential is None else {"value": credential}


def _history(options: HistoryServerOptions | None) -> Manifest | None:
    if options is None:
        return None
    collector = options.collector_options
    plain = fields(collector, "image", "image_pull_policy")
    return {"collectorOptions": {**plain, **given({"env": env(collector.env), "resources": resources(collector)})}}
