"""Rules of fields that came with a version of the operator."""

from collections.abc import Iterator, Mapping
from typing import Any

from .rule import Found, rule
from .view import ClusterView, Path, items, mapping

_SINCE_1_7 = (
    ("networkPolicy",),
    ("tlsOptions",),
    ("historyServerOptions",),
    ("headGroupSpec", "ingressOptions"),
    ("autoscalerOptions", "command"),
    ("autoscalerOptions", "args"),
    ("gcsFaultToleranceOptions", "backend"),
    ("gcsFaultToleranceOptions", "storage"),
)
_GROUP_SINCE_1_7 = ("priority",)


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
    fields = (path for path in _SINCE_1_7 if _has(cluster.spec, path))
    return [
        Found(cluster.at(*path), f"asked of KubeRay {cluster.operator.version}")
        for path in (*fields, *_of_groups(cluster))
    ]


def _of_groups(cluster: ClusterView) -> Iterator[Path]:
    for index, group in enumerate(items(cluster.spec.get("workerGroupSpecs"))):
        yield from (("workerGroupSpecs", index, name) for name in _GROUP_SINCE_1_7 if group.get(name) is not None)


def _has(part: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    for name in path[:-1]:
        part = mapping(part.get(name))
    return part.get(path[-1]) is not None
