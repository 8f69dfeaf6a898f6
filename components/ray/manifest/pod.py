"""Pod templates as Kubernetes writes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from rayform.fit.placement import Placement

from ..container import Sidecar
from ..pod import NEEDED, Pod, Toleration, TopologySpread
from .container import NVIDIA, container
from .fields import Manifest, fields, given, written
from .merge import merged
from .met import met_volumes, node_labels
from .rights import pod_rights
from .volume import volume

__all__ = ["PLAIN", "hatch", "pod_template", "typed_template"]

PLAIN = (
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


def pod_template(
    pod: Pod, role: str, image: Any, pool: Placement | None, *, calls_kubernetes: bool = False
) -> Manifest:
    """The template of a pod: what its fields say, joined by its escape hatch."""
    typed = typed_template(pod, role, image, pool, calls_kubernetes=calls_kubernetes)
    fragment = hatch(pod)
    return merged(typed, fragment) if fragment else typed


def hatch(pod: Pod) -> Mapping[str, Any]:
    """What the escape hatch of a pod says; empty where it is not used."""
    return pod.pod or {}


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
    spec = {"containers": [main, *_beside(pod.sidecars, gpu_resource)], **fields(pod, *PLAIN)}
    lists = {"initContainers": _beside(pod.init_containers, gpu_resource), "volumes": volumes}
    spec |= given({**lists, "tolerations": _tolerations(pod, pool), "nodeSelector": _selector(pod, pool)})
    mounted = pod.automount_service_account_token
    if mounted is not None:
        spec["automountServiceAccountToken"] = calls_kubernetes if mounted == NEEDED else mounted
    if pod.image_pull_secrets:
        spec["imagePullSecrets"] = [{"name": name} for name in pod.image_pull_secrets]
    if pod.pod_security_context is not None:
        spec["securityContext"] = pod_rights(pod.pod_security_context)
    metadata = given({"labels": dict(pod.pod_labels), "annotations": dict(pod.pod_annotations)})
    return {"metadata": metadata, "spec": spec} if metadata else {"spec": spec}


def _beside(sidecars: Sequence[Sidecar], gpu_resource: str) -> list[Manifest]:
    return [{**container(each, each.name, None, gpu_resource), **fields(each, "restart_policy")} for each in sidecars]


def _selector(pod: Pod, pool: Placement | None) -> Manifest:
    return {**(node_labels(pool) if pool else {}), **pod.node_selector}


def _tolerations(pod: Pod, pool: Placement | None) -> list[Manifest]:
    taints = pool.taints if pool else ()
    tolerated = [Toleration(key=taint.key, effect=taint.effect, **_match(taint.value)) for taint in taints]
    return [fields(toleration) for toleration in (*tolerated, *pod.tolerations)]


def _match(value: str | None) -> dict[str, Any]:
    return {"operator": "Equal", "value": value} if value else {"operator": "Exists"}


@written.register
def _spread(spread: TopologySpread) -> Manifest:
    selector = {"labelSelector": {"matchLabels": dict(spread.match_labels)}} if spread.match_labels else {}
    return {**fields(spread, "topology_key", "max_skew", "when_unsatisfiable"), **selector}
