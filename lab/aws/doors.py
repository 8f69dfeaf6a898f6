"""What in a control plane asks for a load balancer: Services of that type, and Ingresses of the class ``alb``.

As with AWS's own controllers, a finalizer holds each until its balancer has gone. Who ends the cluster first leaves the
balancer behind, with its interfaces and its security group.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lightkube.resources.core_v1 import Service, ServiceStatus
from lightkube.resources.networking_v1 import Ingress, IngressStatus

from ..client import Kubernetes, plain, resource
from .fleet import Door

__all__ = ["doors", "hold", "release"]

_FINALIZERS: Final = {
    "Service": "service.kubernetes.io/load-balancer-cleanup",
    "Ingress": "ingress.k8s.aws/resources",
}
_KINDS: Final[dict[str, tuple[type[Any], type[Any]]]] = {
    "Service": (Service, ServiceStatus),
    "Ingress": (Ingress, IngressStatus),
}
_CLASS: Final = "kubernetes.io/ingress.class"


def doors(client: Kubernetes) -> Iterator[Door]:
    """Everything that has a load balancer or wants one."""
    for kind, (whole, _) in _KINDS.items():
        for each in map(plain, client.list(whole, namespace="*")):
            metadata = each["metadata"]
            held = _FINALIZERS[kind] in metadata.get("finalizers", ())
            wanted = _wants(kind, each) and "deletionTimestamp" not in metadata
            if held or wanted:
                yield Door(kind, metadata["namespace"], metadata["name"], metadata["uid"], wanted=wanted, held=held)


def hold(client: Kubernetes, door: Door, hostname: str) -> None:
    """Let it stay until it is released, and say where it is reached."""
    _, part = _KINDS[door.kind]
    client.apply(_finalized(door, _FINALIZERS[door.kind]), force=True)
    status = {"metadata": _named(door), "status": {"loadBalancer": {"ingress": [{"hostname": hostname}]}}}
    client.apply(resource(part, status), door.name, namespace=door.namespace, force=True)


def release(client: Kubernetes, door: Door) -> None:
    """Let it go."""
    client.apply(_finalized(door), force=True)


def _finalized(door: Door, *finalizers: str) -> Any:
    whole, _ = _KINDS[door.kind]
    return resource(whole, {"metadata": {**_named(door), "finalizers": list(finalizers)}})


def _named(door: Door) -> dict[str, Any]:
    return {"name": door.name, "namespace": door.namespace, "uid": door.uid}


def _wants(kind: str, each: Mapping[str, Any]) -> bool:
    spec: Mapping[str, Any] = each.get("spec", {})
    if kind == "Service":
        return bool(spec.get("type") == "LoadBalancer")
    return "alb" in {spec.get("ingressClassName"), each["metadata"].get("annotations", {}).get(_CLASS)}
