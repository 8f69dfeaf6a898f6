"""What the operator may do: upstream's own rules by version, and every difference by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["LEADER_ELECTION", "NOT_IN_NAMESPACES", "USERS", "cluster_rules", "namespace_rules", "scheduler_rules"]

Rule = dict[str, Any]
"""A rule of a Role, as Kubernetes writes it."""

_READ = ("get", "list", "watch")
_ALL = ("create", "delete", "get", "list", "patch", "update", "watch")
_KINDS = ("rayclusters", "raycronjobs", "rayjobs", "rayservices")


def _rule(groups: str, resources: str, *verbs: str) -> Rule:
    return {"apiGroups": groups.split(" "), "resources": resources.split(" "), "verbs": list(verbs)}


def _of_kinds(subresource: str, *verbs: str) -> Rule:
    return _rule("ray.io", " ".join(f"{kind}{subresource}" for kind in _KINDS), *verbs)


_PODS = _rule("", "pods", "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")
_PODS_PROXY = _rule("", "pods/proxy services/status", "get", "patch", "update")
_PODS_RESIZE = _rule("", "pods/resize", "patch")
_SERVICE_ACCOUNTS = _rule("", "serviceaccounts", "create", "delete", *_READ)
_SERVICES_PROXY = _rule("", "services/proxy", "create", "get", "patch", "update")
_JOBS = _rule("batch", "jobs", *_ALL)
_LEASES = _rule("coordination.k8s.io", "leases", "create", "get", "list", "update")
_ENDPOINT_SLICES = _rule("discovery.k8s.io", "endpointslices", *_READ)
_INGRESSES = _rule("extensions networking.k8s.io", "ingresses", *_ALL)
_INGRESS_CLASSES = _rule("networking.k8s.io", "ingressclasses", *_READ)
_RAY = (
    _of_kinds("", *_ALL),
    _of_kinds("/finalizers", "update"),
    _of_kinds("/status", "get", "patch", "update"),
    _rule("rbac.authorization.k8s.io", "rolebindings", "create", "delete", *_READ),
    _rule("rbac.authorization.k8s.io", "roles", "create", "delete", "get", "list", "update", "watch"),
    _rule("route.openshift.io", "routes", *_ALL),
)

_RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "1.6": (
            _rule("", "events pods/status services", *_ALL),
            _PODS,
            _PODS_PROXY,
            _PODS_RESIZE,
            _rule("", "secrets", "create", *_READ),
            _SERVICE_ACCOUNTS,
            _SERVICES_PROXY,
            _JOBS,
            _LEASES,
            _ENDPOINT_SLICES,
            _INGRESSES,
            _rule("gateway.networking.k8s.io", "gateways httproutes", "create", "get", "list", "update", "watch"),
            _INGRESS_CLASSES,
            *_RAY,
        ),
        "1.7": (
            _rule("", "persistentvolumeclaims pods/status services", *_ALL),
            _PODS,
            _PODS_PROXY,
            _PODS_RESIZE,
            _rule("", "secrets", "create", "delete", "get", "list", "update", "watch"),
            _SERVICE_ACCOUNTS,
            _SERVICES_PROXY,
            _JOBS,
            _rule("cert-manager.io", "certificates", "create", "get", "list", "update", "watch"),
            _rule("cert-manager.io", "certificates/status", "get"),
            _rule("cert-manager.io", "issuers", "create", *_READ),
            _LEASES,
            _ENDPOINT_SLICES,
            _rule("events.k8s.io", "events", "create", "patch"),
            _INGRESSES,
            _rule(
                "gateway.networking.k8s.io", "gateways httproutes", "create", "delete", "get", "list", "update", "watch"
            ),
            _INGRESS_CLASSES,
            _rule("networking.k8s.io", "networkpolicies", "create", "delete", "get", "list", "update", "watch"),
            *_RAY,
        ),
    }
)

LEADER_ELECTION: tuple[Rule, ...] = (
    _rule("", "configmaps", "get", "list", "watch", "create", "update", "patch", "delete"),
    _rule("", "events", "create"),
    _rule("coordination.k8s.io", "leases", "create", "get", "list", "update"),
)
"""What the pods need in their own namespace to agree on a leader; upstream's ``leader_election_role.yaml``."""

USERS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "edit": (_of_kinds("", *_ALL), _of_kinds("/status", "get")),
        "view": (_of_kinds("", *_READ), _of_kinds("/status", "get")),
    }
)
"""What people may do to Ray objects, by Kubernetes' own role; upstream's editor and viewer roles of all kinds."""

NOT_IN_NAMESPACES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("coordination.k8s.io", "leases"): "the lease lies in the operator's namespace, where its own Role covers it",
        (
            "networking.k8s.io",
            "ingressclasses",
        ): "cluster-scoped, which a Role cannot grant; the operator never reads them",
    }
)
"""Rules of upstream's ClusterRole that the Roles of watched namespaces leave out, by group and resource: why."""

_SCHEDULERS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "volcano": (_rule("scheduling.volcano.sh", "podgroups", "create", "delete", "get", "list", "update", "watch"),),
        "scheduler-plugins": (_rule("scheduling.x-k8s.io", "podgroups", "create", *_READ),),
    }
)


def cluster_rules(series: str) -> list[Rule]:
    """The rules of upstream's ``role.yaml`` for a minor version of KubeRay, for all namespaces."""
    return [_copy(rule) for rule in _RULES[series]]


def namespace_rules(series: str) -> list[Rule]:
    """The same rules for one namespace, without those of ``NOT_IN_NAMESPACES``."""
    return [
        rule for rule in cluster_rules(series) if (rule["apiGroups"][0], rule["resources"][0]) not in NOT_IN_NAMESPACES
    ]


def user_rules(role: str) -> list[Rule]:
    """The rules that join Kubernetes' own role ``edit`` or ``view``."""
    return [_copy(rule) for rule in USERS[role]]


def scheduler_rules(batch_scheduler: str | None) -> list[Rule]:
    """What a batch scheduler's pod groups need besides; upstream leaves this to its Helm chart."""
    return [_copy(rule) for rule in _SCHEDULERS.get(batch_scheduler or "", ())]


def _copy(rule: Rule) -> Rule:
    return {key: list(items) for key, items in rule.items()}
