"""What rules look at: each view of a subject by the name that rules have for it, and which kinds have it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from .nodes import BRINGING, nodes_of
from .subject import Subject
from .views import RAY, WITH_PODS, pods_of, ray_of

__all__ = ["HAVING", "VIEWS"]


def _ray(subject: Subject) -> Iterable[Any]:
    ray = ray_of(subject)
    return () if ray is None else (ray,)


def _containers(subject: Subject) -> Iterable[Any]:
    return (container for pod in pods_of(subject) for container in pod.containers)


VIEWS: Final[Mapping[str, Callable[[Subject], Iterable[Any]]]] = {
    "subject": lambda subject: (subject,),
    "ray": _ray,
    "nodes": nodes_of,
    "pod": pods_of,
    "container": _containers,
}
"""By name: opens a view, which is empty where a subject has none such."""
HAVING: Final[Mapping[str, Collection[str]]] = {
    "ray": RAY,
    "nodes": BRINGING,
    "pod": WITH_PODS,
    "container": WITH_PODS,
}
"""By name: the kinds that may have it, where not every kind has. Of others its rules are not even asked."""
