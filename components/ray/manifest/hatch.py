"""Where the escape hatch ``pod`` contradicts the typed fields beside it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..cluster import RayClusterSpec
from ..job import RayJobSpec
from .group import HEAD, WORKER, Pools, asks_kubernetes
from .job import SUBMITTER
from .merge import differences
from .pod import typed_template

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


def contradictions(spec: RayClusterSpec | RayJobSpec, pools: Pools) -> Iterator[Contradiction]:
    """Every contradiction of a cluster or job."""
    if isinstance(spec, RayClusterSpec):
        yield from _of_cluster(spec, pools)
        return
    if spec.ray_cluster_spec is not None:
        for found in _of_cluster(spec.ray_cluster_spec, pools):
            yield found._replace(path=f"ray_cluster_spec.{found.path}")
    submitter = spec.submitter
    if submitter is not None and submitter.pod:
        typed = typed_template(submitter, SUBMITTER, None, pools.get(submitter.pool or ""))
        yield from (Contradiction("submitter", *each) for each in differences(typed, submitter.pod))


def _of_cluster(cluster: RayClusterSpec, pools: Pools) -> Iterator[Contradiction]:
    pods = [("head", HEAD, cluster.head), *((f"workers[{group.name}]", WORKER, group) for group in cluster.workers)]
    for path, role, pod in pods:
        if pod.pod:
            # An image that only a default gives may be replaced: nobody said it.
            pool, calls = pools.get(pod.pool or ""), asks_kubernetes(cluster, pod)
            typed = typed_template(pod, role, cluster.image, pool, calls_kubernetes=calls)
            yield from (Contradiction(path, *each) for each in differences(typed, pod.pod))
