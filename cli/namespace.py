"""The objects of a namespace that somebody made, as a live cluster has them."""

import time
from collections.abc import Iterator
from typing import Any

from rayform.spec.refusal import RayformError

__all__ = ["objects"]

_KINDS = {
    "ray.io/v1": ("RayCluster", "RayJob", "RayService", "RayCronJob"),
    "v1": ("Pod", "Service", "ServiceAccount", "ResourceQuota", "LimitRange"),
    "apps/v1": ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"),
    "batch/v1": ("Job", "CronJob"),
    "networking.k8s.io/v1": ("Ingress", "NetworkPolicy"),
    "policy/v1": ("PodDisruptionBudget",),
    "rbac.authorization.k8s.io/v1": ("Role", "RoleBinding"),
}
_GONE, _BUSY = 404, (429, 503)
_TRIES, _PAUSE_SECONDS = 15, 1.0


def objects(namespace: str) -> Iterator[dict[str, Any]]:
    """Every object of the namespace that no other object owns; kinds that the cluster does not have count as none.

    Raises:
        RayformError: the cluster does not answer, or refuses.
    """
    import httpx2  # noqa: PLC0415 - brings the Kubernetes client, which few commands need
    from lightkube import Client  # noqa: PLC0415 - likewise
    from lightkube.core.exceptions import ApiError, ConfigError  # noqa: PLC0415 - likewise

    try:
        with Client(namespace=namespace) as client:
            for api, kinds in _KINDS.items():
                for kind in kinds:
                    yield from _of_kind(client, namespace, api, kind)
    except (ApiError, ConfigError, httpx2.HTTPError) as error:
        raise RayformError(f"namespace {namespace}: {error}; check the kubeconfig and try again") from error


def _of_kind(client: Any, namespace: str, api: str, kind: str) -> Iterator[dict[str, Any]]:
    from lightkube import generic_resource as generic  # noqa: PLC0415 - as above
    from lightkube.codecs import resource_registry  # noqa: PLC0415 - as above

    group, _, version = api.rpartition("/")
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}es" if kind.endswith("s") else f"{kind}s"
    made: Any = generic
    # The client refuses a second class for a kind that it knows, whoever told it of the first.
    known: Any = resource_registry.get(api, kind)
    resource = known or made.create_namespaced_resource(group, version, kind, plural.lower())
    for each in _listed(client, resource, namespace):
        plain: dict[str, Any] = each.to_dict()
        if not plain["metadata"].get("ownerReferences"):
            yield {"apiVersion": api, "kind": kind, **plain}


def _listed(client: Any, resource: Any, namespace: str, tries: int = _TRIES) -> list[Any]:
    import httpx2  # noqa: PLC0415 - as above

    try:
        return list(client.list(resource, namespace=namespace))
    except httpx2.HTTPStatusError as error:  # in Kubernetes' own words only where the kind's group is there
        if error.response.status_code == _GONE:
            return []
        # The API server asks for patience while it gets to know a kind, or has too much to do.
        if error.response.status_code not in _BUSY or tries == 1:
            raise
    time.sleep(_PAUSE_SECONDS)
    return _listed(client, resource, namespace, tries - 1)
