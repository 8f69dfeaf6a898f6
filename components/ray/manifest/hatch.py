"""Where an escape hatch contradicts the typed fields beside it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..group import Head
from ..parts import HEAD, Part, RaySpec, parts
from ..placement import Pools, placed
from ..service import RayServiceSpec
from ..volume import Fragment
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
    return any(_says(part) for part in parts(spec))


def _says(part: Part) -> bool:
    pod = part.pod
    if pod.pod is not None or pod.affinity is not None or pod.lifecycle is not None:
        return True
    if part.cluster is not None and part.role == HEAD:
        service = pod.head_service if isinstance(pod, Head) else None
        if service is not None or any(said_twice(part.cluster)):
            return True
    for container in (*pod.sidecars, *pod.init_containers):
        if container.lifecycle is not None:
            return True
    return any(volume.source for volume in pod.volumes)
