"""Whole objects of the Ray kinds read back, or the places that no spec can say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple
from typing import Any, NamedTuple

from pydantic import ValidationError
from rayform.spec.refusal import Refusal, RefusedError
from rayform.spec.shape import Problem, problems

from ...documents import is_mapping
from ..cluster import RayClusterSpec
from ..cronjob import RayCronJobSpec
from ..identity import ACCEPTS, Identity
from ..job import RayJobSpec
from ..manifest import API_VERSION, ray_cluster, ray_cron_job, ray_job, ray_service
from ..manifest.fields import Manifest
from ..service import RayServiceSpec
from .cluster import cluster
from .cronjob import cronjob
from .fields import Words, part
from .job import job
from .owned import authored, owned
from .place import place_of
from .same import Place, bare, differences
from .service import service

__all__ = ["KINDS", "Kind", "Reading", "Unsaid", "reading", "whole"]

_OLDER = "ray.io/v1alpha1"


class Kind(NamedTuple):
    """How objects of a kind are read and written."""

    spec: type[Identity]
    """What describes them."""
    read: Callable[[Manifest], Words]
    """From the ``spec`` of one to the fields of its description."""
    write: Callable[[str, Any], Manifest]
    """From its name and description to an object."""


KINDS: Mapping[str, Kind] = {
    "RayCluster": Kind(RayClusterSpec, cluster, ray_cluster),
    "RayJob": Kind(RayJobSpec, job, ray_job),
    "RayService": Kind(RayServiceSpec, service, ray_service),
    "RayCronJob": Kind(RayCronJobSpec, cronjob, ray_cron_job),
}
"""The kinds by name."""


class Unsaid(NamedTuple):
    """A place of an object that no description can say."""

    place: Place
    """Where."""
    refusal: Refusal
    """Why, and what to do."""


class Reading(NamedTuple):
    """An object, read."""

    spec: Identity | None
    """Its description; None where it has none."""
    left_out: tuple[Place, ...]
    """What the cluster wrote into it, and a description does not repeat; its version, where it is an older one."""
    unsaid: tuple[Unsaid, ...]
    """Why there is no description."""


def reading(manifest: Mapping[str, Any]) -> Reading:
    """An object of a Ray kind as its description, which is written as the same object again."""
    older = (("apiVersion",),) if manifest.get("apiVersion") == _OLDER else ()
    left_out = (*older, *owned(manifest))
    strange = list(_strange(manifest))
    if strange:
        return Reading(None, left_out, tuple(strange))
    kind, given = KINDS[manifest["kind"]], authored(manifest)
    metadata, plain = bare(given.get("metadata") or {}, "metadata"), bare(given.get("spec") or {}, "spec")
    words = _identity(metadata)
    try:
        words |= kind.read(plain)
        spec = kind.spec.read(words)
    except ValidationError as error:
        return Reading(None, left_out, tuple(_invalid(each, given) for each in problems(error, kind.spec, words)))
    written = kind.write(str(metadata.get("name", "")), spec)
    wanted = {**given, "apiVersion": API_VERSION, "metadata": {"name": "", **metadata}}
    lost = tuple(_lost(place, there=there) for place, there in differences(wanted, written))
    return Reading(None if lost else spec, left_out, lost)


def whole(kind: str, manifest: Mapping[str, Any]) -> Identity:
    """The description of an object of this kind.

    Raises:
        RefusedError: with every place that it cannot say.
    """
    asked = manifest.get("kind")
    if asked != kind:
        refusal = Refusal("kind", f"{asked!r} asked", f"a {kind} is read here", "read it as what it is")
        raise RefusedError(kind, [refusal])
    spec, _, unsaid = reading(manifest)
    if spec is None:
        raise RefusedError(
            f"{kind} {part(manifest, 'metadata').get('name', '')}".rstrip(), [each.refusal for each in unsaid]
        )
    return spec


def _strange(manifest: Mapping[str, Any]) -> Iterator[Unsaid]:
    if str(manifest.get("kind")) not in KINDS:
        yield _unsaid(("kind",), f"{manifest.get('kind')!r} asked", f"{', '.join(KINDS)} are known", "write it by hand")
    if manifest.get("apiVersion") not in (API_VERSION, _OLDER):
        version = f"{manifest.get('apiVersion')!r} asked"
        yield _unsaid(("apiVersion",), version, f"{API_VERSION} is known", "convert it first")
    for name in ("metadata", "spec"):
        if not is_mapping(manifest.get(name) or {}):
            yield _unsaid((name,), "something else than fields asked", "it has fields", "write them")


def _identity(metadata: Manifest) -> Words:
    annotations = metadata.get("annotations")
    told: Manifest = dict(annotations) if is_mapping(annotations) else {}
    accepts = told.pop(ACCEPTS, "")
    return {
        "name": metadata.get("name"),
        "namespace": metadata.get("namespace"),
        "object_labels": metadata.get("labels", {}),
        "object_annotations": told,
        "accepts": [rule for rule in str(accepts).split(",") if rule],
    }


def _invalid(problem: Problem, manifest: Manifest) -> Unsaid:
    _, asked, possible, remedy = astuple(problem.refusal)
    return _unsaid(place_of(problem.place, manifest), asked, possible, remedy)


def _lost(place: Place, *, there: bool) -> Unsaid:
    if there:
        return _unsaid(place, "asked", "no field of a description says it", "remove it, or keep this object as it is")
    return _unsaid(place, "nothing asked", "a description always says it", "say it in the object first")


def _unsaid(place: Place, asked: str, possible: str, remedy: str) -> Unsaid:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return Unsaid(place, Refusal("".join(steps).removeprefix("."), asked, possible, remedy))
