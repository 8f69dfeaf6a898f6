"""Containers that the operator makes itself, as far as a cluster may say what they are: autoscaler and collector."""

from collections.abc import Iterator
from typing import Any

from ..autoscaler import AutoscalerOptions
from ..cluster import RayClusterSpec
from ..crd import named
from ..history import CollectorOptions, HistoryServerOptions
from .container import container_basics, resources
from .env import env
from .fields import Manifest, fields, given
from .merge import merged

__all__ = [
    "AUTOSCALER",
    "COLLECTOR",
    "autoscaler_options",
    "history_server_options",
    "said_twice",
    "typed_collector",
]

AUTOSCALER = named("version", "idle_timeout_seconds", "upscaling_mode")
"""Fields of the autoscaler's options that no other container has."""
COLLECTOR = named("image", "image_pull_policy")
"""Fields of the collector's options under their own name."""


def autoscaler_options(options: AutoscalerOptions) -> Manifest:
    """How the autoscaler behaves, and its container."""
    typed = _autoscaler(options)
    return merged(typed, options.other) if options.other else typed


def history_server_options(options: HistoryServerOptions) -> Manifest:
    """What keeps a cluster's history."""
    collector = options.collector_options
    return {"collectorOptions": merged(typed_collector(collector), collector.other or {})}


def said_twice(cluster: RayClusterSpec) -> Iterator[tuple[str, Manifest, Any]]:
    """The options that have an escape hatch: its path, what the typed fields say, what it says."""
    if cluster.autoscaler_options and cluster.autoscaler_options.other:
        yield "autoscaler_options.other", _autoscaler(cluster.autoscaler_options), cluster.autoscaler_options.other
    collector = cluster.history_server_options and cluster.history_server_options.collector_options
    if collector and collector.other:
        yield "history_server_options.collector_options.other", typed_collector(collector), collector.other


def _autoscaler(options: AutoscalerOptions) -> Manifest:
    return {**fields(options, AUTOSCALER), **container_basics(options)}


def typed_collector(options: CollectorOptions) -> Manifest:
    """What the typed fields of the collector say, without its escape hatch."""
    return {**fields(options, COLLECTOR), **given({"env": env(options.env), "resources": resources(options)})}
