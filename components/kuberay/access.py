"""Who the operator is and what it may do, as objects."""

from collections.abc import Iterator
from typing import Any

from ..ray.manifest.fields import Manifest
from ..versions import kuberay
from .metadata import kubernetes_object
from .pod import service_account_name
from .rbac import LEADER_ELECTION, cluster_rules, namespace_rules, scheduler_rules, user_rules
from .spec import KubeRayOperatorSpec

__all__ = ["account", "rights"]

_GROUP = "rbac.authorization.k8s.io"
_LEADER = "-leader-election"


def account(spec: KubeRayOperatorSpec) -> Manifest | None:
    """The operator's ServiceAccount; None where it exists."""
    if not spec.create_service_account:
        return None
    body = kubernetes_object(spec, "v1/ServiceAccount", automountServiceAccountToken=False)
    body["metadata"]["name"] = service_account_name(spec)
    if annotations := {**spec.common_annotations, **spec.service_account_annotations}:
        body["metadata"]["annotations"] = annotations
    return body


def rights(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    """Roles and bindings by role in the program: for the whole cluster, or one pair for each watched namespace."""
    if not spec.create_rbac:
        return
    series = kuberay(spec.version).series
    extra = scheduler_rules(spec.batch_scheduler)
    if not spec.watch_namespaces:
        yield "cluster-role", kubernetes_object(spec, f"{_GROUP}/v1/ClusterRole", rules=cluster_rules(series) + extra)
        yield "cluster-role-binding", _binding(spec, "ClusterRole")
    for namespace in spec.watch_namespaces:
        role = kubernetes_object(spec, f"{_GROUP}/v1/Role", rules=namespace_rules(series) + extra)
        yield f"watched-{namespace}-role", _within(namespace, role)
        yield f"watched-{namespace}-role-binding", _within(namespace, _binding(spec, "Role"))
    if spec.aggregate_user_rights:
        yield from _user_roles(spec)
    if spec.leader_election:
        rules = [dict(rule) for rule in LEADER_ELECTION]
        yield "leader-election-role", kubernetes_object(spec, f"{_GROUP}/v1/Role", _LEADER, rules=rules)
        yield "leader-election-role-binding", _binding(spec, "Role", _LEADER)


def _user_roles(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    for role, joins in (("edit", ("admin", "edit")), ("view", ("view",))):
        body = kubernetes_object(spec, f"{_GROUP}/v1/ClusterRole", f"-{role}", rules=user_rules(role))
        body["metadata"]["labels"] |= {f"{_GROUP}/aggregate-to-{name}": "true" for name in joins}
        yield f"user-role-{role}", body


def _binding(spec: KubeRayOperatorSpec, kind: str, suffix: str = "") -> Manifest:
    subject = {"kind": "ServiceAccount", "name": service_account_name(spec), "namespace": spec.namespace}
    role = {"apiGroup": _GROUP, "kind": kind, "name": spec.operator_name + suffix}
    return kubernetes_object(spec, f"{_GROUP}/v1/{kind}Binding", suffix, roleRef=role, subjects=[subject])


def _within(namespace: str, body: dict[str, Any]) -> Manifest:
    body["metadata"]["namespace"] = namespace
    return body
