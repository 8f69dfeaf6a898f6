"""Emptying a control plane, so that nothing of a deleted cluster is found in the next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lightkube.core.exceptions import ApiError
from lightkube.resources.admissionregistration_v1 import (
    MutatingWebhookConfiguration,
    ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding,
    ValidatingWebhookConfiguration,
)
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from lightkube.resources.apps_v1 import DaemonSet, Deployment, ReplicaSet, StatefulSet
from lightkube.resources.batch_v1 import CronJob, Job
from lightkube.resources.core_v1 import ConfigMap, Namespace, Node, PersistentVolume, Pod, Secret, Service
from lightkube.resources.core_v1 import PersistentVolumeClaim as Claim
from lightkube.resources.core_v1 import ServiceAccount as Account
from lightkube.resources.rbac_authorization_v1 import ClusterRole, ClusterRoleBinding, Role, RoleBinding
from lightkube.resources.scheduling_v1 import PriorityClass
from lightkube.resources.storage_v1 import StorageClass

from ..client import Kubernetes, plain

_OF_THE_CLUSTER: Final[tuple[type[Any], ...]] = (
    MutatingWebhookConfiguration,
    ValidatingWebhookConfiguration,
    ValidatingAdmissionPolicyBinding,
    ValidatingAdmissionPolicy,
    CustomResourceDefinition,
    Node,
    PersistentVolume,
    StorageClass,
    PriorityClass,
    ClusterRoleBinding,
    ClusterRole,
    Namespace,
)
_OF_NAMESPACES: Final[tuple[type[Any], ...]] = (
    CronJob,
    Job,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    Pod,
    Service,
    Claim,
    ConfigMap,
    Secret,
    RoleBinding,
    Role,
    Account,
)
_KEPT: Final = ("default", "kube-node-lease", "kube-public", "kube-system")
_OWN: Final = frozenset({"default", "kubernetes", "kube-root-ca.crt", "cluster-admin"})


_PLACES: Final[Sequence[tuple[type[Any], str | None]]] = [
    *[(kind, None) for kind in _OF_THE_CLUSTER],
    *[(kind, namespace) for kind in _OF_NAMESPACES for namespace in _KEPT],
]
"""Where to look, and for what: namespaces that are not kept go with all that is in them."""


def beyond(client: Kubernetes) -> Iterator[tuple[type[Any], str, str | None]]:
    """Everything that Kubernetes itself did not make: kind, name, and namespace where that outlives it."""
    for kind, namespace in _PLACES:
        for each in map(plain, client.list(kind, namespace=namespace)):
            if not _own(kind, each, namespace):
                yield kind, str(each["metadata"]["name"]), namespace


def empty(client: Kubernetes) -> None:
    """Remove everything that Kubernetes itself did not make."""
    for kind, name, namespace in beyond(client):
        try:
            client.delete(kind, name, namespace=namespace, grace_period=0 if kind is Pod else None)
        except ApiError as error:
            if error.status.reason != "NotFound":
                raise


def _own(kind: type[Any], each: Mapping[str, Any], namespace: str | None) -> bool:
    """Whether every control plane has it."""
    name, labels = str(each["metadata"]["name"]), each["metadata"].get("labels", {})
    if kind is Namespace:
        return name in _KEPT
    known = name in _OWN or name.startswith(("system", "kube-")) or "kubernetes.io/bootstrapping" in labels
    return known or (namespace == "kube-system" and (name.startswith("extension-") or _controllers(kind, each)))


def _controllers(kind: type[Any], each: Mapping[str, Any]) -> bool:
    """Whether it is one of the accounts that controllers have, of which nothing is said but the name."""
    return kind is Account and not each["metadata"].get("managedFields")
