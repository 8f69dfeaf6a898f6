"""What each changed field of a Ray object does, kind by kind.

Sources: KubeRay's reconcilers at v1.6.2 and v1.7.0 (raycluster, rayjob, rayservice, raycronjob controllers), and the
upstream issues #1739 (removed groups), #2331 and #4568 (bounds of services), #2564 (head service).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...versions import KUBERAY_DEFAULT
from ..rules.path import spelled
from ..rules.view import mapping, text
from .cluster import Clusters, cluster_edit, unreported
from .difference import ABSENT, Difference, Steps, differences
from .effect import Edit, Effect, does
from .job import cronjob_edit, job_edit
from .service import Services, service_edit

__all__ = ["edits", "silent"]

_Judge = Callable[[Difference, Steps], Edit]
_SEVERITY = {effect: rank for rank, effect in enumerate(Effect)}


def edits(old: Mapping[str, Any], new: Mapping[str, Any], *, kuberay: str = KUBERAY_DEFAULT) -> tuple[Edit, ...]:
    """What changing ``old`` into ``new`` does on an operator of that version, one :class:`Edit` per field, worst last.

    Both are manifests of one Ray kind; an object of another name, namespace or kind is another object, and refused.
    """
    found = [change for change in differences(_asked(old), _asked(new)) if not _told_to_pulumi(change)]
    judge = _judge(old, new, [change.path[1:] for change in found if change.path[:1] == ("spec",)], kuberay)
    every = (
        replace(
            _identity(change) or judge(change, change.path[1:]),
            field=spelled(change.place, old if change.after is ABSENT else new),
        )
        for change in found
    )
    return tuple(sorted(every, key=lambda edit: _SEVERITY[edit.effect]))


def silent(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether nothing in the status of a RayCluster follows an edit, ``observedGeneration`` included.

    KubeRay (1.6.2, ``InconsistentRayClusterStatus``) writes that number only beside something else that changed.
    """
    before, after = mapping(old.get("spec")), mapping(new.get("spec"))
    edited = text(new.get("kind")) == "RayCluster" and any(differences(before, after))
    return edited and unreported(before, after)


def _asked(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key != "status"}


def _told_to_pulumi(change: Difference) -> bool:
    """Annotations that only the engine's provider reads."""
    return change.path[:2] == ("metadata", "annotations") and change.path[-1].startswith("pulumi.com/")


def _judge(old: Mapping[str, Any], new: Mapping[str, Any], paths: Sequence[Steps], kuberay: str) -> _Judge:
    before, after = mapping(old.get("spec")), mapping(new.get("spec"))
    kind = text(new.get("kind"))
    if kind == "RayCluster":
        clusters = Clusters(before, after, paths, kuberay)
        return lambda change, path: cluster_edit(change, path, clusters)
    if kind == "RayService":
        services = Services.of(before, after, paths, kuberay)
        return lambda change, path: service_edit(change, path, services)
    return {"RayJob": job_edit, "RayCronJob": cronjob_edit}.get(kind, _unknown)


def _identity(change: Difference) -> Edit | None:
    if change.path in {("kind",), ("metadata", "name"), ("metadata", "namespace")}:
        return does(change, Effect.REFUSED, "that is another object; create the new one and delete the old one")
    if change.path[0] == "apiVersion":
        return does(change, Effect.LIVE, "the same object by another version of its API")
    if change.path[0] == "metadata":
        return does(change, Effect.LIVE, "labels and annotations of the object itself")
    if change.path[:2] == ("spec", "managedBy") and change.path[2:] == ():
        return does(change, Effect.REFUSED, "managed_by is immutable once set; delete the object and create it anew")
    return None


def _unknown(change: Difference, path: Steps) -> Edit:
    del path
    return does(change, Effect.REFUSED, "that is no kind of ray.io/v1; give two Ray objects")
