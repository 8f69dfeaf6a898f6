"""Keeping what happened after the cluster is gone; since KubeRay 1.7."""

from rayform.spec.model import Spec

from .container import Process

__all__ = ["CollectorOptions", "HistoryServerOptions"]


class CollectorOptions(Process):
    """The collector beside each Ray container; ``image`` and the variable STORAGE_BACKEND must be given."""


class HistoryServerOptions(Spec):
    """Collects logs and events for a history server."""

    collector_options: CollectorOptions
    """The collector."""
