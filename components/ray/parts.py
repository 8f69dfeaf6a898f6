"""The pods that an object of a Ray kind is made of, each with the words for it."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from .cluster import RayClusterSpec
from .cronjob import RayCronJobSpec
from .job import RayJobSpec
from .pod import Pod
from .service import RayServiceSpec

__all__ = ["HEAD", "SUBMITTER", "WORKER", "Part", "RaySpec", "parts"]

HEAD = "ray-head"
"""The name of the head's Ray container where it names none."""
WORKER = "ray-worker"
"""The name of a worker's Ray container where it names none."""
SUBMITTER = "ray-job-submitter"
"""The name of the submitter's container where it names none."""


RaySpec: TypeAlias = RayClusterSpec | RayJobSpec | RayServiceSpec | RayCronJobSpec
"""What describes an object of a Ray kind."""


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
    job: RayJobSpec | None = None
    """The job it is made for; None is made for none."""


def parts(spec: RaySpec) -> Iterator[Part]:
    """All kinds of pods of an object, the head first."""
    match spec:
        case RayClusterSpec():
            yield Part("head", HEAD, spec.head, spec)
            yield from (Part(f"workers[{group.name}]", WORKER, group, spec) for group in spec.workers)
        case RayJobSpec():
            if spec.ray_cluster_spec is not None:
                yield from (part._replace(job=spec) for part in _within("ray_cluster_spec", spec.ray_cluster_spec))
            if spec.submitter is not None:
                yield Part("submitter", SUBMITTER, spec.submitter, None, spec)
        case RayServiceSpec():
            yield from _within("ray_cluster_config", spec.ray_cluster_config)
        case RayCronJobSpec():
            yield from _within("job_template", spec.job_template)


def _within(field: str, nested: RaySpec) -> Iterator[Part]:
    return (part._replace(path=f"{field}.{part.path}") for part in parts(nested))
