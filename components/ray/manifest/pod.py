"""Pod templates as Kubernetes writes them."""

from collections.abc import Sequence
from typing import Any

from rayform.fit.placement import Placement

from ..container import Sidecar
from ..crd import named
from ..pod import NEEDED, Pod, Toleration, TopologySpread
from .container import NVIDIA, container
from .fields import Manifest, fields, given, written
from .merge import merged
from .met import met_volumes, node_labels
from .rights import pod_rights
from .volume import volume

__all__ = ["PLAIN", "pod_template", "typed_template"]

PLAIN = named(
    "service_account_name",
    "affinity",
    "topology_spread_constraints",
    "priority_class_name",
    "runtime_class_name",
    "scheduler_name",
    "restart_policy",
    "termination_grace_period_seconds",
)
"""Fields of a pod under their own name."""
_METADATA = {"pod_labels": "labels", "pod_annotations": "annotations"}
_SIDECAR = named("restart_policy")
_SPREAD = named("topology_key", "max_skew", "when_unsatisfiable")


def pod_template(
    pod: Pod, role: str, image: Any, pool: Placement | None, *, calls_kubernetes: bool = False
) -> Manifest:
    """The template of a pod: what its fields say, joined by its escape hatch."""
    typed = typed_template(pod, role, image, pool, calls_kubernetes=calls_kubernetes)
    return merged(typed, pod.pod) if pod.pod else typed


def typed_template(
    pod: Pod, role: str, image: Any, pool: Placement | None, *, calls_kubernetes: bool = False
) -> Manifest:
    """The template of a pod without its escape hatch.

    ``role`` names the main container, ``image`` is what it runs where the pod names none.
    """
    gpu_resource = pool.gpu_resource if pool else NVIDIA
    main = container(pod, pod.container_name or role, image, gpu_resource)
    volumes = [volume(each) for each in pod.volumes]
    for added, mount in met_volumes(pod, pool):
        volumes.append(added)
        main["volumeMounts"] = [*main.get("volumeMounts", ()), mount]
    spec = {"containers": [main, *_beside(pod.sidecars, gpu_resource)], **fields(pod, PLAIN)}
    if pod.init_containers:
        spec["initContainers"] = _beside(pod.init_containers, gpu_resource)
    if volumes:
        spec["volumes"] = volumes
    if pool or pod.tolerations or pod.node_selector:
        spec |= given(_chosen(pod, pool))
    mounted = pod.automount_service_account_token
    if mounted is not None:
        spec["automountServiceAccountToken"] = calls_kubernetes if mounted == NEEDED else mounted
    if pod.image_pull_secrets:
        spec["imagePullSecrets"] = [{"name": name} for name in pod.image_pull_secrets]
    if pod.pod_security_context is not None:
        spec["securityContext"] = pod_rights(pod.pod_security_context)
    metadata = fields(pod, _METADATA)
    return {"metadata": metadata, "spec": spec} if metadata else {"spec": spec}


def _beside(sidecars: Sequence[Sidecar], gpu_resource: str) -> list[Manifest]:
    return [{**container(each, each.name, None, gpu_resource), **fields(each, _SIDECAR)} for each in sidecars]


def _chosen(pod: Pod, pool: Placement | None) -> Manifest:
    """The nodes that the pods may run on: those that the pod chooses, of the pool's."""
    selector, tolerated = dict(pod.node_selector), pod.tolerations
    if pool:
        selector = {**node_labels(pool), **selector}
        taints = (Toleration(key=taint.key, effect=taint.effect, **_match(taint.value)) for taint in pool.taints)
        tolerated = (*taints, *tolerated)
    return {"tolerations": [fields(each) for each in tolerated], "nodeSelector": selector}


def _match(value: str | None) -> dict[str, Any]:
    return {"operator": "Equal", "value": value} if value else {"operator": "Exists"}


@written.register
def _spread(spread: TopologySpread) -> Manifest:
    selector = {"labelSelector": {"matchLabels": dict(spread.match_labels)}} if spread.match_labels else {}
    return {**fields(spread, _SPREAD), **selector}
