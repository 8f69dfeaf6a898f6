"""Rules of fields that came with a version of the operator."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
)
"""Ray's own paths of the RayCluster CRD that came with 1.7, without what lies below them."""

Tree = dict[str, "Tree | None"]


def _tree(paths: Iterable[Sequence[str]]) -> Tree:
    """The paths as a tree; None is where one ends."""
    known = list(paths)
    firsts = dict.fromkeys(first for first, *_ in known)
    return {name: _tree(rest for first, *rest in known if rest and first == name) or None for name in firsts}


_NEW = _tree(NEW_IN_1_7)


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
        for place in _places(cluster.spec, _NEW)
    ]


def _places(part: Mapping[str, Any], tree: Tree) -> Iterator[Path]:
    for name, below in tree.items():
        key = name.removesuffix("[]")
        value = part.get(key)
        if value is None:
            continue
        if below is None:
            yield (key,)
        elif key == name:
            yield from ((key, *place) for place in _places(mapping(value), below))
        else:
            listed = enumerate(items(value))
            yield from ((key, index, *place) for index, item in listed for place in _places(item, below))
