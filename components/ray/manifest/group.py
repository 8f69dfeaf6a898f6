"""Groups of Ray pods as the CRDs write them."""

from typing import Any

from rayform.fit.placement import Placement

from ..architecture import ray_image
from ..cluster import RayClusterSpec
from ..crd import named
from ..group import WorkerGroup
from ..parts import HEAD, WORKER
from ..placement import Pools, placed
from ..pod import Pod
from .fields import Manifest, fields, given
from .met import met_params
from .pod import pod_template
from .start import ray_start_params

__all__ = ["HEAD_FIELDS", "WORKER_FIELDS", "asks_kubernetes", "cluster_image", "head_group", "worker_group"]

HEAD_FIELDS = named("service_type", "enable_ingress", "ingress_options", "resources", "labels")
"""Fields of the head under their own name."""
WORKER_FIELDS = named(
    "replicas",
    "min_replicas",
    "max_replicas",
    "num_of_hosts",
    "idle_timeout_seconds",
    "priority",
    "suspend",
    "scale_strategy",
    "resources",
    "labels",
)
"""Fields of a group under their own name."""


def head_group(cluster: RayClusterSpec, pools: Pools) -> Manifest:
    """The head of a cluster."""
    head, pool = cluster.head, placed(cluster.head, pools)
    return {
        **fields(head, HEAD_FIELDS),
        **given({"headService": head.head_service, "rayStartParams": _head_params(cluster)}),
        "template": pod_template(
            head, HEAD, cluster_image(cluster, pool), pool, calls_kubernetes=asks_kubernetes(cluster, head)
        ),
    }


def worker_group(cluster: RayClusterSpec, group: WorkerGroup, pools: Pools) -> Manifest:
    """A group of workers."""
    pool = placed(group, pools)
    return {
        "groupName": group.name,
        **fields(group, WORKER_FIELDS),
        **given({"rayStartParams": met_params(group, pool, ray_start_params(group.ray_start_params))}),
        "template": pod_template(
            group, WORKER, cluster_image(cluster, pool), pool, calls_kubernetes=asks_kubernetes(cluster, group)
        ),
    }


def cluster_image(cluster: RayClusterSpec, pool: Placement | None) -> Any:
    """What a group runs that names no image, on nodes of that pool; None where nothing says."""
    if cluster.image is not None or cluster.ray_version is None:
        return cluster.image
    return ray_image(cluster.ray_version, pool)


def asks_kubernetes(cluster: RayClusterSpec, pod: Pod) -> bool:
    """Whether these pods call the Kubernetes API: for the autoscaler beside the head, or to judge tokens."""
    auth = cluster.auth_options
    return bool((cluster.autoscaling and pod is cluster.head) or (auth and auth.enable_k8s_token_auth))


def _head_params(cluster: RayClusterSpec) -> Manifest:
    head, params = cluster.head, ray_start_params(cluster.head.ray_start_params)
    reserved = head.reserved and cluster.workers and not head.resources
    return {"num-cpus": "0", **params} if reserved else params
