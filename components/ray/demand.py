"""What the pods of a cluster or job ask of the pools they name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from rayform.fit.group import Group
from rayform.fit.placement import Placement
from rayform.fit.requests import container_requests, other_requests, pod_requests

from .group import Head, WorkerGroup
from .injected import Beside, beside, submitting
from .manifest.pod import pod_template
from .overlap import overlap
from .parts import Part, RaySpec, parts
from .placement import Pools, placed

__all__ = ["demands"]


_NODE: Final = "ray.io/is-ray-node"
_TYPE: Final = "ray.io/node-type"
_GROUP: Final = "ray.io/group"


def demands(spec: RaySpec, pools: Pools) -> Iterator[Group]:
    """The pods that name one of the pools, each with everything that will run in it."""
    several = overlap(spec)
    for part in parts(spec):
        pool = placed(part.pod, pools)
        if pool is not None and _is_run(part):
            yield replace(_group(part, pool, _injected(part)), overlap=several)


def _is_run(part: Part) -> bool:
    """Whether there is such a pod: a submitter only where a pod submits."""
    return part.cluster is not None or part.job is None or part.job.submission_mode in (None, "K8sJobMode")


def _injected(part: Part) -> Beside:
    found = beside(part.pod, part.cluster)
    submitter = submitting(part.job) if part.job and isinstance(part.pod, Head) else None
    return {**found, "containers": [*found.get("containers", ()), submitter]} if submitter else found


def _group(part: Part, pool: Placement, injected: Beside) -> Group:
    template = pod_template(part.pod, part.role, None, pool)
    pod: Mapping[str, Any] = template["spec"]
    lists = {name: [*pod.get(name, ()), *injected.get(name, ())] for name in ("containers", "initContainers")}
    whole = {**pod, **lists}
    asked = pod_requests(whole, pool.gpu_resource)
    own = container_requests(pod["containers"][0], pool.gpu_resource)
    precious = isinstance(part.pod, Head)
    # What asks for more before the main container starts is beside it as well.
    group = Group(
        path=part.path,
        pool=pool.name,
        pod=asked,
        spec=whole,
        labels=_labels(part, template),
        more=other_requests(whole, pool.gpu_resource),
        beside=asked - own,
        fewest=1,
        most=1,
        precious=precious,
    )
    if isinstance(part.pod, WorkerGroup):
        return _numbered(group, part.pod, autoscaling=bool(part.cluster and part.cluster.autoscaling))
    return group


def _labels(part: Part, template: Mapping[str, Any]) -> dict[str, Any]:
    """The labels of a pod: its own, and those of the operator that do not depend on the object's name."""
    own: Mapping[str, Any] = template.get("metadata", {}).get("labels", {})
    match part.pod:
        case WorkerGroup(name=name, labels=labels):
            return {**labels, **own, _NODE: "yes", _TYPE: "worker", _GROUP: name}
        case Head(labels=labels):
            return {**labels, **own, _NODE: "yes", _TYPE: "head", _GROUP: "headgroup"}
        case _:
            return dict(own)


def _numbered(group: Group, workers: WorkerGroup, *, autoscaling: bool) -> Group:
    hosts, replicas = workers.num_of_hosts or 1, max(workers.min_replicas, workers.replicas or 0)
    most = workers.max_replicas if autoscaling else replicas
    return replace(
        group,
        fewest=replicas * hosts,
        most=None if most is None else max(most, replicas) * hosts,
        per_replica=hosts,
        fewest_field="min_replicas" if workers.min_replicas >= (workers.replicas or 0) else "replicas",
    )
