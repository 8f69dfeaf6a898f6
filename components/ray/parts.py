"""The pods that a cluster or a job is made of, each with the words for it."""

from collections.abc import Iterator
from typing import NamedTuple

from .cluster import RayClusterSpec
from .job import RayJobSpec
from .pod import Pod

__all__ = ["HEAD", "SUBMITTER", "WORKER", "Part", "parts"]

HEAD = "ray-head"
"""The name of the head's Ray container where it names none."""
WORKER = "ray-worker"
"""The name of a worker's Ray container where it names none."""
SUBMITTER = "ray-job-submitter"
"""The name of the submitter's container where it names none."""


class Part(NamedTuple):
    """One kind of pod."""

    path: str
    """The field that describes it: ``workers[gpu]``."""
    role: str
    """The name of its main container where it names none."""
    pod: Pod
    """What describes it."""
    cluster: RayClusterSpec | None
    """The cluster it belongs to; None is a pod beside a cluster."""


def parts(spec: RayClusterSpec | RayJobSpec) -> Iterator[Part]:
    """All kinds of pods of a cluster or job, the head first."""
    if isinstance(spec, RayClusterSpec):
        yield Part("head", HEAD, spec.head, spec)
        yield from (Part(f"workers[{group.name}]", WORKER, group, spec) for group in spec.workers)
        return
    if spec.ray_cluster_spec is not None:
        for part in parts(spec.ray_cluster_spec):
            yield part._replace(path=f"ray_cluster_spec.{part.path}")
    if spec.submitter is not None:
        yield Part("submitter", SUBMITTER, spec.submitter, None)
