"""Where the escape hatch ``pod`` contradicts the typed fields beside it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..parts import RaySpec, parts
from ..placement import Pools, placed
from .group import asks_kubernetes
from .merge import differences
from .pod import hatch, typed_template

__all__ = ["Contradiction", "contradictions"]


class Contradiction(NamedTuple):
    """One place that is said twice, and differently."""

    path: str
    """The pod."""
    place: str
    """The place within its template."""
    typed: Any
    """What the typed fields say."""
    asked: Any
    """What the escape hatch says."""


def contradictions(spec: RaySpec, pools: Pools) -> Iterator[Contradiction]:
    """Every contradiction within an object."""
    for path, role, pod, cluster in parts(spec):
        fragment = hatch(pod)
        if fragment:
            # Images that only a default gives may be replaced: nobody said them.
            calls = cluster is not None and asks_kubernetes(cluster, pod)
            typed = typed_template(pod, role, None, placed(pod, pools), calls_kubernetes=calls)
            yield from (Contradiction(path, *each) for each in differences(typed, fragment))
