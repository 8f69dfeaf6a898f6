"""Where an escape hatch contradicts the typed fields beside it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..cluster import RayClusterSpec
from ..env import ValueFrom
from ..group import Head
from ..parts import HEAD, Part, RaySpec, parts
from ..placement import Pools, placed
from ..pod import Pod
from ..service import RayServiceSpec
from ..volume import Fragment
from .container import refers
from .group import asks_kubernetes
from .merge import differences
from .options import said_twice
from .pod import typed_template

__all__ = ["Contradiction", "contradictions", "speaks_kubernetes"]


class Contradiction(NamedTuple):
    """One place that is said twice, and differently."""

    path: str
    """The escape hatch."""
    place: str
    """The place within what it joins."""
    typed: Any
    """What the typed fields say."""
    asked: Any
    """What the escape hatch says."""


def contradictions(spec: RaySpec, pools: Pools) -> Iterator[Contradiction]:
    """Every contradiction within an object."""
    for part in parts(spec):
        if part.pod.pod:
            yield from _of_pod(part, part.pod.pod, pools)
        # Each cluster has one head.
        if part.cluster is not None and part.role == HEAD:
            above = part.path.removesuffix("head")
            for path, typed, asked in said_twice(part.cluster):
                yield from (Contradiction(f"{above}{path}", *each) for each in differences(typed, asked))


def _of_pod(part: Part, fragment: Fragment, pools: Pools) -> Iterator[Contradiction]:
    path, role, pod, cluster, _ = part
    # Images that only a default gives may be replaced: nobody said them.
    calls = cluster is not None and asks_kubernetes(cluster, pod)
    typed = typed_template(pod, role, None, placed(pod, pools), calls_kubernetes=calls)
    return (Contradiction(f"{path}.pod", *each) for each in differences(typed, fragment))


def speaks_kubernetes(spec: RaySpec) -> bool:
    """Whether anything of an object is written in Kubernetes' own form, to which no type of a spec sees."""
    if isinstance(spec, RayServiceSpec) and spec.serve_service is not None:
        return True
    return any(map(_says, parts(spec)))


def _says(part: Part) -> bool:
    pod = part.pod
    if pod.pod is not None or pod.affinity is not None:
        return True
    for each in (pod, *pod.sidecars, *pod.init_containers):
        if each.lifecycle is not None or refers(each):
            return True
    for volume in pod.volumes:
        if volume.source is not None:
            return True
    return part.cluster is not None and part.role == HEAD and _says_of_all(part.cluster, pod)


def _says_of_all(cluster: RayClusterSpec, head: Pod) -> bool:
    """Whether anything but the pods of a cluster does."""
    policy = cluster.network_policy
    if isinstance(head, Head) and (head.head_service or (head.ingress_options and head.ingress_options.tls)):
        return True
    if policy is not None and any(
        rules.ingress_rules or rules.egress_rules
        for rules in (policy.head, policy.worker, *policy.worker_groups)
        if rules
    ):
        return True
    gcs, history = cluster.gcs_fault_tolerance_options, cluster.history_server_options
    if gcs is not None and any(isinstance(each, ValueFrom) for each in (gcs.redis_username, gcs.redis_password)):
        return True
    beside = (cluster.autoscaler_options, history.collector_options if history else None)
    return any(map(refers, filter(None, beside))) or any(said_twice(cluster))
