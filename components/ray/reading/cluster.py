"""Clusters read back."""

from typing import Any

from ...documents import is_mapping, is_sequence
from ..architecture import ray_image
from ..autoscaler import AutoscalerOptions
from ..cluster import RayClusterSpec
from ..container import Container
from ..crd import crd_name
from ..gcs import GcsFaultToleranceOptions
from ..group import Head, WorkerGroup
from ..history import CollectorOptions
from ..manifest.cluster import CLUSTER, GCS
from ..manifest.container import container_basics
from ..manifest.fields import Manifest
from ..manifest.group import HEAD_FIELDS, WORKER_FIELDS
from ..manifest.options import AUTOSCALER, COLLECTOR, typed_collector
from ..parts import HEAD, WORKER
from .container import amounts, basics
from .env import env, value
from .fields import Words, built, part, stated, told
from .pod import main_image, pod
from .rest import rest
from .start import ray_start_params

__all__ = ["cluster"]

_NOTHING_BY_ITSELF = AutoscalerOptions(version=None, security_context=None)


def cluster(given: Manifest) -> Words:
    """The fields of a cluster, alone or within another kind."""
    head, groups = part(given, "headGroupSpec"), _groups(given)
    version, image = given.get("rayVersion"), _common_image(given)
    default = _implied(version) if image is None else image
    history = given.get("historyServerOptions")
    return {
        **stated(RayClusterSpec, given, *CLUSTER),
        "ray_version": version,
        "image": image,
        "autoscaling": given.get("enableInTreeAutoscaling"),
        "autoscaler_options": _autoscaler(given),
        "gcs_fault_tolerance_options": _gcs(given.get("gcsFaultToleranceOptions")),
        "history_server_options": _history(history),
        "head": _head(head, groups, default),
        "workers": [_worker(group, default) for group in groups],
    }


def _groups(given: Manifest) -> list[Manifest]:
    listed = given.get("workerGroupSpecs")
    return [group for group in listed if is_mapping(group)] if is_sequence(listed) else []


def _common_image(given: Manifest) -> Any:
    """What all Ray pods run, where it is not what the version of Ray implies."""
    images = [main_image(group.get("template")) for group in (part(given, "headGroupSpec"), *_groups(given))]
    implied = _implied(given.get("rayVersion"))
    return images[0] if images[0] != implied and all(image == images[0] for image in images) else None


def _implied(version: Any) -> str | None:
    return ray_image(version, None) if isinstance(version, str) else None


def _head(given: Manifest, groups: list[Manifest], image: Any) -> Words:
    params: Any = given.get("rayStartParams")
    words: Words = {**stated(Head, given, *HEAD_FIELDS), "head_service": given.get("headService")}
    if groups and not given.get("resources"):
        # That the head keeps its CPUs free is said by keeping it reserved, and otherwise it must not be.
        words["reserved"] = is_mapping(params) and params.get("num-cpus") == "0"
        params = {flag: text for flag, text in params.items() if flag != "num-cpus"} if words["reserved"] else params
    return {**words, "ray_start_params": ray_start_params(params), **pod(given.get("template"), HEAD, image)}


def _worker(given: Manifest, image: Any) -> Words:
    words = {**stated(WorkerGroup, given, *WORKER_FIELDS), "name": given.get("groupName")}
    words["ray_start_params"] = ray_start_params(given.get("rayStartParams"))
    return {**words, **pod(given.get("template"), WORKER, image)}


def _autoscaler(given: Manifest) -> Any:
    options = given.get("autoscalerOptions")
    if options is None:
        # Left out, ours would be written beside every autoscaler.
        return _NOTHING_BY_ITSELF if given.get("enableInTreeAutoscaling") else None
    if not is_mapping(options):
        return options
    behavior = {name: value for name, value in options.items() if name in map(crd_name, AUTOSCALER)}
    said = built(Container, basics(Container, options))
    left = rest(options, {**behavior, **container_basics(said)}, "autoscalerOptions")
    return {**stated(AutoscalerOptions, options, *AUTOSCALER), **told(said), "other": left or None}


def _gcs(options: Any) -> Any:
    if not is_mapping(options):
        return options
    credentials = {"redis_username": options.get("redisUsername"), "redis_password": options.get("redisPassword")}
    said = {name: value(given) for name, given in credentials.items() if is_mapping(given)}
    return {**stated(GcsFaultToleranceOptions, options, *GCS), **said}


def _history(options: Any) -> Any:
    collector = options.get("collectorOptions") if is_mapping(options) else None
    if not is_mapping(collector):
        return options
    sized = {**amounts(collector), "env": env(collector.get("env", [])) or {}}
    said = built(CollectorOptions, {**stated(CollectorOptions, collector, *COLLECTOR), **sized})
    left = rest(collector, typed_collector(said), "collectorOptions")
    return {"collector_options": {**told(said), "other": left or None}}
