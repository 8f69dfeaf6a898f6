"""The objects of the guard, as Kubernetes has them: pure functions of the policy's configuration."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.components.ray.rules.view import mapping

from ..config import Config
from ..guarded import GUARD_NAMES
from ..rule import Level, Rule
from .every import EXPRESSED
from .expressions import ELSEWHERE, EXPRESSIONS, OF_PODS
from .variables import VARIABLES

__all__ = [
    "LABEL",
    "binding",
    "elsewhere",
    "elsewhere_binding",
    "labelled",
    "labelled_binding",
    "limit_range",
    "parameters",
    "policy",
    "quota",
]

_API: Final = "admissionregistration.k8s.io/v1"
_KINDS: Final = ("rayclusters", "rayjobs", "rayservices", "raycronjobs")
_MATCHED_RAY: Final = {
    "apiGroups": ["ray.io"],
    "apiVersions": ["*"],
    "operations": ["CREATE", "UPDATE"],
    "resources": list(_KINDS),
}
_MATCHED_PODS: Final = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}
_MATCHED_DEBUGGED: Final = {**_MATCHED_PODS, "operations": ["UPDATE"], "resources": ["pods/ephemeralcontainers"]}
"""Pods that get a container more while they run."""
_MATCHED_NAMESPACES: Final = {
    "apiGroups": [""],
    "apiVersions": ["v1"],
    "operations": ["CREATE", "UPDATE"],
    "resources": ["namespaces"],
}
_LABELLED: Final = "labelled"
_ELSEWHERE: Final = "elsewhere"
LABEL: Final = "rayform/guarded"
"""The label of namespaces that are guarded; its value is ``true``."""


def policy(rule: Rule) -> dict[str, Any]:
    """The ValidatingAdmissionPolicy of a rule."""
    matches = [_MATCHED_RAY, *((_MATCHED_PODS, _MATCHED_DEBUGGED) if rule.id in OF_PODS else ())]
    return _policy(rule.id, matches, EXPRESSIONS[rule.id], f"{rule.condition} {_why(rule)}")


def elsewhere() -> dict[str, Any]:
    """The ValidatingAdmissionPolicy that keeps accelerators within guarded namespaces."""
    ray = {**_MATCHED_RAY, "operations": ["CREATE"]}
    message = (
        "Accelerators are for guarded namespaces alone. Nothing here holds them to the law; "
        f'use a guarded namespace, or label this one {LABEL}: "true" and give it a quota; what drives devices is in a '
        f"namespace that gpu-not-counted names [{_ELSEWHERE}]"
    )
    return _policy(_ELSEWHERE, [ray, _MATCHED_PODS, _MATCHED_DEBUGGED], ELSEWHERE, message)


def elsewhere_binding(namespace: str, *, refuses: bool) -> dict[str, Any]:
    """The binding of that policy to every namespace that is not guarded; one that does not refuse warns."""
    other = {"key": LABEL, "operator": "NotIn", "values": ["true"]}
    return _with_parameters(_binding(_ELSEWHERE, {"matchExpressions": [other]}, refuses=refuses), ELSEWHERE, namespace)


def _with_parameters(bound: dict[str, Any], expression: str, namespace: str) -> dict[str, Any]:
    """A binding with what its expression reads; without its parameters a policy lets nothing pass."""
    if "params." in expression:
        bound["spec"]["paramRef"] = {"name": GUARD_NAMES, "namespace": namespace, "parameterNotFoundAction": "Deny"}
    return bound


def labelled(namespaces: Iterable[str]) -> dict[str, Any]:
    """The ValidatingAdmissionPolicy by which no other namespace than these becomes a guarded one."""
    is_guarded = f".metadata.?labels[?'{LABEL}'].orValue('') == 'true'"
    was_before = f"request.operation == 'UPDATE' && oldObject{is_guarded}"
    expression = f"!(object{is_guarded}) || object.metadata.name in {sorted(namespaces)} || ({was_before})"
    message = (
        "A guarded namespace has a quota. Without one, what all its clusters have together has no end; "
        f"add it to the quotas of ClusterGuard [{_LABELLED}]"
    )
    return _policy(_LABELLED, [_MATCHED_NAMESPACES], expression, message)


def labelled_binding(*, refuses: bool) -> dict[str, Any]:
    """The binding of that policy to every namespace; one that does not refuse warns."""
    return _binding(_LABELLED, {}, refuses=refuses)


def _policy(name: str, matches: Sequence[Mapping[str, Any]], expression: str, message: str) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "failurePolicy": "Fail",
        "matchConstraints": {"resourceRules": [dict(each) for each in matches]},
        "variables": [{"name": each, "expression": text} for each, text in _used(expression).items()],
        "validations": [{"expression": expression, "message": message, "reason": "Forbidden"}],
        # Whoever is being deleted needs no permission to be as it is.
        "matchConditions": [{"name": "alive", "expression": "!has(object.metadata.deletionTimestamp)"}],
    }
    if "params." in expression:
        spec["paramKind"] = {"apiVersion": "v1", "kind": "ConfigMap"}
    metadata = {"name": f"{GUARD_NAMES}-{name}"}
    return {"apiVersion": _API, "kind": "ValidatingAdmissionPolicy", "metadata": metadata, "spec": spec}


def _binding(name: str, namespaces: Mapping[str, Any], *, refuses: bool) -> dict[str, Any]:
    return {
        "apiVersion": _API,
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": f"{GUARD_NAMES}-{name}"},
        "spec": {
            "policyName": f"{GUARD_NAMES}-{name}",
            "validationActions": ["Deny"] if refuses else ["Warn", "Audit"],
            "matchResources": {"namespaceSelector": dict(namespaces)},
        },
    }


def _why(rule: Rule) -> str:
    return f"{rule.why[:1].upper()}{rule.why[1:]}; {rule.remedy} [{rule.id}]"


def _used(expression: str) -> Mapping[str, str]:
    """The variables that an expression needs, and those that these need."""
    needed: set[str] = set()
    open_ends = [expression]
    while open_ends:
        text = open_ends.pop()
        new = {name for name in VARIABLES if f"variables.{name}" in text} - needed
        needed |= new
        open_ends += [VARIABLES[name] for name in new]
    return {name: text for name, text in VARIABLES.items() if name in needed}


def binding(rule: Rule, config: Config, namespace: str) -> dict[str, Any] | None:
    """The binding of a rule's policy to guarded namespaces, by the rule's level; None where it is disabled."""
    level = config.levels[rule.id]
    if level is Level.DISABLED:
        return None
    bound = _binding(rule.id, {"matchLabels": {LABEL: "true"}}, refuses=level is not Level.ADVISORY)
    return _with_parameters(bound, EXPRESSIONS[rule.id], namespace)


def parameters(config: Config, namespace: str) -> dict[str, Any]:
    """The ConfigMap of all parameters."""
    metadata = {"name": GUARD_NAMES, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": dict(_data(config))}


def _data(config: Config) -> Iterator[tuple[str, str]]:
    for rule in EXPRESSED:
        for name, value in config.parameters[rule.id].model_dump().items():
            yield f"{rule.id}.{name}", _text(value)


def _text(value: Any) -> str:
    """A parameter as a ConfigMap holds it: a number, ``true`` or ``false``, or names with commas between."""
    return str(value).lower() if isinstance(value, int | float) else ",".join(value)


def quota(namespace: str, hard: Mapping[str, Any]) -> dict[str, Any]:
    """The ResourceQuota of a namespace."""
    metadata = {"name": GUARD_NAMES, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": {"hard": dict(mapping(hard))}}


def limit_range(namespace: str) -> dict[str, Any]:
    """The LimitRange of a namespace: defaults for what says nothing, none that would refuse the operator's helpers."""
    defaults = {"cpu": "1", "memory": "1Gi"}
    container = {"type": "Container", "default": defaults, "defaultRequest": {"cpu": "200m", "memory": "256Mi"}}
    metadata = {"name": GUARD_NAMES, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "LimitRange", "metadata": metadata, "spec": {"limits": [container]}}
