"""What each changed field of a Ray object does, kind by kind.

Sources: KubeRay's reconcilers at v1.6.2 and v1.7.0 (raycluster, rayjob, rayservice, raycronjob controllers), and the
upstream issues #1739 (removed groups), #2331 and #4568 (bounds of services), #2564 (head service).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .cluster import cluster_edit
from .difference import differences
from .effect import Change, Edit, Effect
from .job import cronjob_edit, job_edit
from .service import service_edit

__all__ = ["edits"]

_JUDGES: Mapping[str, Callable[[Change], Edit]] = {
    "RayCluster": cluster_edit,
    "RayCronJob": cronjob_edit,
    "RayJob": job_edit,
    "RayService": service_edit,
}

_SEVERITY = {effect: rank for rank, effect in enumerate(Effect)}


def edits(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Edit, ...]:
    """What changing ``old`` into ``new`` does, one :class:`Edit` per changed field, worst last.

    Both are manifests of one Ray kind; an object of another name, namespace or kind is another object, and refused.
    """
    return tuple(sorted(_edits(old, new), key=lambda edit: _SEVERITY[edit.effect]))


def _edits(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    judge = _JUDGES.get(str(new.get("kind")), _unknown)
    for path, before, after in differences(_without_status(old), _without_status(new)):
        change = Change(path, before, after, new.get("spec") or {})
        yield _identity(change) or judge(change)


def _without_status(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key != "status"}


def _identity(change: Change) -> Edit | None:
    if change.path in {("kind",), ("metadata", "name"), ("metadata", "namespace")}:
        return change.does(Effect.REFUSED, "that is another object; create the new one and delete the old one")
    if change.path[0] == "apiVersion":
        return change.does(Effect.LIVE, "the same object by another version of its API")
    if change.path[0] == "metadata":
        return change.does(Effect.LIVE, "labels and annotations of the object itself")
    if change.path[-1] == "managedBy":
        return change.does(Effect.REFUSED, "managedBy is immutable once set; delete the object and create it anew")
    return None


def _unknown(change: Change) -> Edit:
    return change.does(Effect.REFUSED, "that is no kind of ray.io/v1; give two Ray objects")
