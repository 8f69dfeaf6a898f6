"""How long an update waits for an object before it gives up."""

from .cluster import RayClusterSpec
from .job import RayJobSpec
from .service import RayServiceSpec

__all__ = ["cluster_seconds", "job_seconds", "service_seconds"]

_CLUSTER = 1200
"""A node with GPUs takes minutes to come, and an image of Ray minutes to be pulled."""
_JOB = 24 * 3600


def cluster_seconds(spec: RayClusterSpec) -> int:
    """How many seconds an update waits for a cluster: 20 minutes where the spec does not say."""
    return spec.timeout_seconds or _CLUSTER


def job_seconds(spec: RayJobSpec) -> int:
    """How many seconds an update waits for a job: 20 minutes until it runs, its deadline or a day until its end."""
    fitting = _CLUSTER if spec.wait == "running" else spec.active_deadline_seconds or _JOB
    return spec.timeout_seconds or fitting


def service_seconds(spec: RayServiceSpec) -> int:
    """How many seconds an update waits for a service: 20 minutes, and all steps of an upgrade step by step."""
    return spec.timeout_seconds or _CLUSTER + _stepping(spec)


def _stepping(spec: RayServiceSpec) -> int:
    options = spec.upgrade_strategy.cluster_upgrade_options if spec.upgrade_strategy else None
    if options is None:
        return 0
    return -(-100 // max(options.step_size_percent, 1)) * options.interval_seconds
