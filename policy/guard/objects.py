"""The objects of the guard, as Kubernetes has them: pure functions of the policy's configuration."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules.view import mapping

from ..config import Config
from ..rule import Level, Rule
from .every import EXPRESSED
from .expressions import EXPRESSIONS
from .variables import VARIABLES

__all__ = ["LABEL", "NAMES", "binding", "limit_range", "parameters", "policy", "quota"]

_API: Final = "admissionregistration.k8s.io/v1"
_KINDS: Final = ("rayclusters", "rayjobs", "rayservices", "raycronjobs")
NAMES: Final = "rayform-policy"
"""The name of the ConfigMap, and what the names of the others begin with."""
LABEL: Final = "rayform/guarded"
"""The label of namespaces that are guarded; its value is ``true``."""


def policy(rule: Rule) -> dict[str, Any]:
    """The ValidatingAdmissionPolicy of a rule."""
    expression = EXPRESSIONS[rule.id]
    spec: dict[str, Any] = {
        "failurePolicy": "Fail",
        "matchConstraints": {
            "resourceRules": [
                {
                    "apiGroups": ["ray.io"],
                    "apiVersions": ["*"],
                    "operations": ["CREATE", "UPDATE"],
                    "resources": list(_KINDS),
                }
            ]
        },
        "variables": [{"name": name, "expression": text} for name, text in _used(expression).items()],
        "validations": [{"expression": expression, "message": f"{rule.condition} {_why(rule)}", "reason": "Forbidden"}],
        # Whoever is being deleted needs no permission to be as it is.
        "matchConditions": [{"name": "alive", "expression": "!has(object.metadata.deletionTimestamp)"}],
    }
    if "params." in expression:
        spec["paramKind"] = {"apiVersion": "v1", "kind": "ConfigMap"}
    return {
        "apiVersion": _API,
        "kind": "ValidatingAdmissionPolicy",
        "metadata": {"name": f"{NAMES}-{rule.id}"},
        "spec": spec,
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
    spec: dict[str, Any] = {
        "policyName": f"{NAMES}-{rule.id}",
        "validationActions": ["Warn", "Audit"] if level is Level.ADVISORY else ["Deny"],
        "matchResources": {"namespaceSelector": {"matchLabels": {LABEL: "true"}}},
    }
    if "params." in EXPRESSIONS[rule.id]:
        spec["paramRef"] = {"name": NAMES, "namespace": namespace, "parameterNotFoundAction": "Deny"}
    return {
        "apiVersion": _API,
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": f"{NAMES}-{rule.id}"},
        "spec": spec,
    }


def parameters(config: Config, namespace: str) -> dict[str, Any]:
    """The ConfigMap of all parameters."""
    metadata = {"name": NAMES, "namespace": namespace}
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
    metadata = {"name": NAMES, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": {"hard": dict(mapping(hard))}}


def limit_range(namespace: str) -> dict[str, Any]:
    """The LimitRange of a namespace: defaults for what says nothing, none that would refuse the operator's helpers."""
    defaults = {"cpu": "1", "memory": "1Gi"}
    container = {"type": "Container", "default": defaults, "defaultRequest": {"cpu": "200m", "memory": "256Mi"}}
    metadata = {"name": NAMES, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "LimitRange", "metadata": metadata, "spec": {"limits": [container]}}
