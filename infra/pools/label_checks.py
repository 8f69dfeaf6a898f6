"""Why a pool's labels and taints cannot be set."""

from collections.abc import Iterator
from typing import Final

from rayform.spec.names import is_label_key, is_label_value
from rayform.spec.refusal import Refusal

from .placements import LABEL_DOMAIN
from .spec import PoolSpec

__all__ = ["labelled", "tainted"]

TAKEN: Final = ("kubernetes.io", "k8s.io", "eks.amazonaws.com", "karpenter.sh", LABEL_DOMAIN)
"""Domains of labels that others write: Kubernetes, EKS (which refuses them from users) and the pool itself."""

SYNTAX: Final = "use at most 63 letters, digits, dashes, dots and underscores"
"""Remedy for a key or value that Kubernetes does not take."""

LIMIT: Final = 50
"""Labels, and taints, that the EKS API takes for a node group."""


def labelled(spec: PoolSpec) -> Iterator[Refusal]:
    """Labels that Kubernetes or EKS refuse, or that the pool sets itself."""
    for key, value in spec.labels.items():
        path = f"labels[{key}]"
        if not is_label_key(key):
            yield Refusal(path, "asked", "it is no label key", f"{SYNTAX} after an optional domain/")
        if not is_label_value(value):
            yield Refusal(path, f"{value!r} asked", "it is no label value", SYNTAX)
        domain = key.rpartition("/")[0]
        if any(domain == taken or domain.endswith(f".{taken}") for taken in TAKEN):
            yield Refusal(path, "asked", f"labels of {domain} are written by others", "choose a domain of your own")
    if len(spec.labels) > LIMIT - 4:
        possible = f"EKS takes {LIMIT}, and the pool sets up to 4"
        yield Refusal("labels", f"{len(spec.labels)} asked", possible, "remove some")


def tainted(spec: PoolSpec) -> Iterator[Refusal]:
    """Taints that are there twice."""
    seen: set[tuple[str, str]] = set()
    for index, taint in enumerate(spec.taints):
        if (taint.key, taint.effect) in seen:
            asked = f"{taint.key} asked twice for {taint.effect}"
            yield Refusal(f"taints[{index}]", asked, "a node has one taint of a key and effect", "remove one")
        seen.add((taint.key, taint.effect))
