"""Pod templates as Kubernetes writes them."""

from collections.abc import Mapping
from typing import Any

from ..placement import Pool
from ..pod import NEEDED, Pod, Toleration, TopologySpread
from .container import NVIDIA, container, pod_security
from .fields import Manifest, fields, given
from .merge import merged
from .volume import shared_memory, volume

__all__ = ["hatch", "pod_template", "typed_template"]


def pod_template(pod: Pod, role: str, image: Any, pool: Pool | None, *, calls_kubernetes: bool = False) -> Manifest:
    """The template of a pod: what its fields say, joined by its escape hatch."""
    typed = typed_template(pod, role, image, pool, calls_kubernetes=calls_kubernetes)
    fragment = hatch(pod)
    return merged(typed, fragment) if fragment else typed


def hatch(pod: Pod) -> Mapping[str, Any]:
    """What the escape hatch of a pod says; empty where it is not used."""
    return pod.pod or {}


def typed_template(pod: Pod, role: str, image: Any, pool: Pool | None, *, calls_kubernetes: bool = False) -> Manifest:
    """The template of a pod without its escape hatch.

    ``role`` names the main container, ``image`` is what it runs where the pod names none.
    """
    gpu_resource = pool.gpu_resource if pool else NVIDIA
    main = container(pod, pod.container_name or role, image, gpu_resource)
    volumes = [volume(spec) for spec in pod.volumes]
    if pod.shared_memory is not None:
        memory, mount = shared_memory(str(pod.shared_memory))
        volumes.append(memory)
        main["volumeMounts"] = [*main.get("volumeMounts", ()), mount]
    metadata = given({"labels": dict(pod.pod_labels), "annotations": dict(pod.pod_annotations)})
    beside = [container(sidecar, sidecar.name, None, gpu_resource) for sidecar in pod.sidecars]
    before = [_init(pod, index, gpu_resource) for index in range(len(pod.init_containers))]
    spec = {
        "containers": [main, *beside],
        **given({"initContainers": before, "volumes": volumes, "tolerations": _tolerations(pod, pool)}),
        **_identity(pod, calls_kubernetes=calls_kubernetes),
        **_scheduling(pod, pool),
    }
    return {**given({"metadata": metadata}), "spec": spec}


def _init(pod: Pod, index: int, gpu_resource: str) -> Manifest:
    sidecar = pod.init_containers[index]
    restart = given({"restartPolicy": sidecar.restart_policy})
    return {**container(sidecar, sidecar.name, None, gpu_resource), **restart}


def _identity(pod: Pod, *, calls_kubernetes: bool) -> Manifest:
    mounted = pod.automount_service_account_token
    security = pod.pod_security_context
    return {
        **({"serviceAccountName": pod.service_account_name} if pod.service_account_name is not None else {}),
        **(
            {}
            if mounted is None
            else {"automountServiceAccountToken": calls_kubernetes if mounted == NEEDED else mounted}
        ),
        **({} if security is None else {"securityContext": pod_security(security)}),
        **given({"imagePullSecrets": [{"name": name} for name in pod.image_pull_secrets]}),
    }


def _scheduling(pod: Pod, pool: Pool | None) -> Manifest:
    return given(
        {
            "nodeSelector": {**(pool.labels if pool else {}), **pod.node_selector},
            "affinity": pod.affinity,
            "topologySpreadConstraints": [_spread(spread) for spread in pod.topology_spread_constraints],
            "priorityClassName": pod.priority_class_name,
            "runtimeClassName": pod.runtime_class_name,
            "schedulerName": pod.scheduler_name,
            "restartPolicy": pod.restart_policy,
            "terminationGracePeriodSeconds": pod.termination_grace_period_seconds,
        }
    )


def _tolerations(pod: Pod, pool: Pool | None) -> list[Manifest]:
    taints = pool.taints if pool else ()
    tolerated = [Toleration(key=taint.key, effect=taint.effect, **_match(taint.value)) for taint in taints]
    return [fields(toleration) for toleration in (*tolerated, *pod.tolerations)]


def _match(value: str | None) -> dict[str, Any]:
    return {"operator": "Equal", "value": value} if value else {"operator": "Exists"}


def _spread(spread: TopologySpread) -> Manifest:
    selector = {"labelSelector": {"matchLabels": dict(spread.match_labels)}} if spread.match_labels else {}
    return {**fields(spread, "topology_key", "max_skew", "when_unsatisfiable"), **selector}
