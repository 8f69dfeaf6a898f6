"""Why a pool's labels and taints cannot be set."""

from collections.abc import Iterator, Sequence
from typing import Final

from rayform.spec.names import is_label_key, is_label_value
from rayform.spec.refusal import Refusal

from ..instances import InstanceType
from .placements import LABEL_DOMAIN
from .spec import PoolSpec
from .taint import GPU_TAINT

__all__ = ["labelled", "tainted"]

TAKEN: Final = ("kubernetes.io", "k8s.io", "eks.amazonaws.com", "karpenter.sh", LABEL_DOMAIN)
"""Domains of labels that others write: Kubernetes, EKS (which refuses them from users) and the pool itself."""

NODE_DOMAIN: Final = "node.kubernetes.io/"
"""What begins the keys of taints by which Kubernetes says how a node is."""

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


def tainted(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Taints that are there twice, the one of GPUs among them, or that Kubernetes takes off by itself."""
    gpus = any(kind.gpu for kind in types)
    seen: set[tuple[str, str]] = {(GPU_TAINT.key, GPU_TAINT.effect)} if gpus else set()
    for index, taint in enumerate(spec.taints):
        path, asked = f"taints[{index}]", f"{taint.key} asked"
        if taint.key.startswith(NODE_DOMAIN):
            possible = f"taints of {NODE_DOMAIN} come and go with a node's own state"
            yield Refusal(path, asked, possible, "choose a domain of your own")
        if (taint.key, taint.effect) in seen and not (gpus and taint == GPU_TAINT):
            asked, possible = f"{asked} twice for {taint.effect}", "a node has one taint of a key and effect"
            if gpus and taint.key == GPU_TAINT.key:
                asked = f"{taint.key}={taint.value or ''} asked"
                possible = f"nodes with GPUs have {GPU_TAINT.key}={GPU_TAINT.value} of that effect"
            yield Refusal(path, asked, possible, "remove one" if "twice" in asked else "take it out")
        seen.add((taint.key, taint.effect))
