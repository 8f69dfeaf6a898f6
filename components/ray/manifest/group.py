"""Groups of Ray pods as the CRDs write them."""

from collections.abc import Mapping
from typing import Any

from ..cluster import RayClusterSpec
from ..group import RayPod, WorkerGroup
from ..parts import HEAD, WORKER
from ..placement import Pool, placed
from ..pod import Pod
from .fields import Manifest, fields, given
from .pod import pod_template
from .start import ray_start_params

__all__ = ["Pools", "asks_kubernetes", "head_group", "worker_group"]

Pools = Mapping[str, Pool]
"""Pools by name."""

_HEAD = ("service_type", "enable_ingress", "ingress_options")
_WORKER = (
    "replicas",
    "min_replicas",
    "max_replicas",
    "num_of_hosts",
    "idle_timeout_seconds",
    "priority",
    "suspend",
    "scale_strategy",
)


def head_group(cluster: RayClusterSpec, image: Any, pools: Pools) -> Manifest:
    """The head of a cluster; ``image`` is what it runs where it names none."""
    head = cluster.head
    return {
        **fields(head, *_HEAD),
        **given({"headService": head.head_service, **_logical(head, _head_params(cluster))}),
        "template": pod_template(
            head, HEAD, image, placed(head, pools), calls_kubernetes=asks_kubernetes(cluster, head)
        ),
    }


def worker_group(cluster: RayClusterSpec, group: WorkerGroup, image: Any, pools: Pools) -> Manifest:
    """A group of workers; ``image`` is what they run where the group names none."""
    return {
        "groupName": group.name,
        **fields(group, *_WORKER),
        **given(_logical(group, ray_start_params(group.ray_start_params))),
        "template": pod_template(
            group, WORKER, image, placed(group, pools), calls_kubernetes=asks_kubernetes(cluster, group)
        ),
    }


def asks_kubernetes(cluster: RayClusterSpec, pod: Pod) -> bool:
    """Whether these pods call the Kubernetes API: for the autoscaler beside the head, or to judge tokens."""
    auth = cluster.auth_options
    return bool((cluster.autoscaling and pod is cluster.head) or (auth and auth.enable_k8s_token_auth))


def _logical(pod: RayPod, params: Manifest) -> Manifest:
    return {"rayStartParams": params, "resources": dict(pod.resources), "labels": dict(pod.labels)}


def _head_params(cluster: RayClusterSpec) -> Manifest:
    head, params = cluster.head, ray_start_params(cluster.head.ray_start_params)
    reserved = head.reserved and cluster.workers and not head.resources
    return {"num-cpus": "0", **params} if reserved else params
