"""Keeping what happened after the cluster is gone; since KubeRay 1.7."""

from rayform.spec.model import Spec

from .container import Process
from .volume import Fragment

__all__ = ["CollectorOptions", "HistoryServerOptions"]


class CollectorOptions(Process):
    """The collector beside each Ray container; ``image`` and the variable STORAGE_BACKEND must be given."""

    other: Fragment | None = None
    """Anything else of these options in Kubernetes' own form, merged like ``pod``; it may not contradict."""


class HistoryServerOptions(Spec):
    """Collects logs and events for a history server."""

    collector_options: CollectorOptions
    """The collector."""
