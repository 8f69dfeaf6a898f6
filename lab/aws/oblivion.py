"""Emptying a control plane, so that nothing of a deleted cluster is found in the next."""

from collections.abc import Mapping
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


def empty(client: Kubernetes) -> None:
    """Remove everything that Kubernetes itself did not make."""
    for kind in _OF_THE_CLUSTER:
        for each in client.list(kind):
            _remove(client, kind, plain(each))
    for each in map(plain, client.list(Namespace)):
        if each["metadata"]["name"] not in _KEPT:
            client.delete(Namespace, each["metadata"]["name"])
    for kind in _OF_NAMESPACES:
        for namespace in _KEPT:
            for each in client.list(kind, namespace=namespace):
                _remove(client, kind, plain(each), namespace)


def _remove(client: Kubernetes, kind: type[Any], each: Mapping[str, Any], namespace: str | None = None) -> None:
    metadata = each["metadata"]
    name = str(metadata["name"])
    if name in _OWN or name.startswith(("system", "kube-")) or _controlled(name, namespace):
        return
    if "kubernetes.io/bootstrapping" in metadata.get("labels", {}):
        return
    try:
        client.delete(kind, name, namespace=namespace, grace_period=0 if kind is Pod else None)
    except ApiError as error:
        if error.status.reason != "NotFound":
            raise


def _controlled(name: str, namespace: str | None) -> bool:
    """Whether it is one of the accounts and settings that controllers keep in the system's namespaces."""
    return namespace == "kube-system" and (name.endswith("-controller") or name.startswith("extension-"))
