"""What every object of the operator has: a name, a namespace, labels, annotations."""

from typing import Any

from ..ray.manifest.fields import Manifest, given
from .spec import KubeRayOperatorSpec

__all__ = ["CLUSTER_SCOPED", "VERSION_LABEL", "kubernetes_object", "object_labels", "selector"]

CLUSTER_SCOPED = frozenset({"Namespace", "ClusterRole", "ClusterRoleBinding"})
"""Kinds that have no namespace."""

VERSION_LABEL = "app.kubernetes.io/version"
"""The label that tells the version; only what changes with it has it."""

_COMPONENT = "kuberay-operator"


def selector(spec: KubeRayOperatorSpec) -> dict[str, str]:
    """What tells the operator's pods from all others, another operator's included; it never changes."""
    return {
        "app.kubernetes.io/name": _COMPONENT,
        "app.kubernetes.io/instance": spec.operator_name,
        "app.kubernetes.io/component": _COMPONENT,
    }


def object_labels(spec: KubeRayOperatorSpec) -> dict[str, str]:
    """The labels of every object: the author's, and those by which the operator is known."""
    return {**spec.common_labels, **selector(spec), "app.kubernetes.io/managed-by": "rayform"}


def kubernetes_object(operator: KubeRayOperatorSpec, kind: str, suffix: str = "", /, **body: Any) -> Manifest:
    """An object of that kind (``group/version/Kind``), named after the operator, in its namespace if it has one."""
    version, _, name = kind.rpartition("/")
    metadata = {
        "name": operator.operator_name + suffix,
        **({} if name in CLUSTER_SCOPED else {"namespace": operator.namespace}),
        "labels": object_labels(operator),
        **given({"annotations": dict(operator.common_annotations)}),
    }
    return {"apiVersion": version, "kind": name, "metadata": metadata, **body}
