"""How many like pods one node takes beside each other: required anti-affinity keeps a pod off nodes where its like is.

After the Kubernetes documentation, "Inter-pod affinity and anti-affinity". Terms that look into named namespaces, or at
labels that are known only later, are left out: they can only keep more pods apart.
"""

from collections.abc import Mapping
from typing import Any, Final

from .manifest import items, mapping, texts
from .selection import REQUIRED

__all__ = ["per_node"]

_NODE: Final = "kubernetes.io/hostname"
_LATER: Final = ("namespaces", "namespaceSelector", "matchLabelKeys", "mismatchLabelKeys")


def per_node(pod: Mapping[str, Any], labels: Mapping[str, Any]) -> int | None:
    """The most pods with such labels that a node takes; None is as many as there is room for."""
    terms = items(mapping(pod, "affinity", "podAntiAffinity"), REQUIRED)
    return 1 if any(_keeps_off(term, labels) for term in terms) else None


def _keeps_off(term: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Whether a term keeps pods with these labels off each other's nodes."""
    selector = term.get("labelSelector")
    if term.get("topologyKey") != _NODE or not isinstance(selector, Mapping) or any(term.get(key) for key in _LATER):
        return False
    selected = mapping(term, "labelSelector")
    wanted = mapping(selected, "matchLabels")
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        _matches(one, labels) for one in items(selected, "matchExpressions")
    )


def _matches(one: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Whether labels surely meet a requirement of a label selector."""
    key, operator = str(one.get("key")), one.get("operator")
    if operator in ("In", "Exists"):
        return key in labels and (operator == "Exists" or labels[key] in texts(one, "values"))
    # Labels that come from elsewhere are not known: what must not be there may be.
    return operator == "NotIn" and key in labels and labels[key] not in texts(one, "values")
