"""Rules of fields that came with a version of the operator."""

from collections.abc import Iterator, Mapping
from typing import Any

from .rule import Found, rule
from .view import ClusterView, Path, items, mapping

NEW_IN_1_7: tuple[tuple[str, ...], ...] = (
    ("networkPolicy",),
    ("tlsOptions",),
    ("historyServerOptions",),
    ("headGroupSpec", "ingressOptions"),
    ("autoscalerOptions", "command"),
    ("autoscalerOptions", "args"),
    ("gcsFaultToleranceOptions", "backend"),
    ("gcsFaultToleranceOptions", "storage"),
    ("workerGroupSpecs[]", "priority"),
    ("headGroupSpec", "template", "spec", "schedulingGroup"),
    ("workerGroupSpecs[]", "template", "spec", "schedulingGroup"),
)
"""Paths of the RayCluster CRD that came with 1.7, without what lies below them."""


@rule(
    "field-unknown",
    ClusterView,
    "crd 1.7",
    until="1.7",
    possible="the field came with KubeRay 1.7, and an older one drops it in silence",
    remedy="upgrade the operator to 1.7.0 or newer, or leave the field out",
)
def field_unknown(cluster: ClusterView) -> list[Found]:
    """Fields are known to the operator's version."""
    return [
        Found(cluster.at(*place), f"asked of KubeRay {cluster.operator.version}")
        for path in NEW_IN_1_7
        for place in _places(cluster.spec, path)
    ]


def _places(part: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Path]:
    first, *rest = path
    if first.endswith("[]"):
        name = first.removesuffix("[]")
        for index, item in enumerate(items(part.get(name))):
            yield from ((name, index, *below) for below in _places(item, tuple(rest)))
    elif not rest:
        yield from ((first,) for _ in range(part.get(first) is not None))
    else:
        yield from ((first, *below) for below in _places(mapping(part.get(first)), tuple(rest)))
