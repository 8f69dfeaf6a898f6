"""All examples by rule."""

from collections.abc import Mapping

from . import of_clusters, of_jobs, of_native, of_parts, of_pods, of_queues, of_services
from .example import Example

__all__ = ["EXAMPLES"]

EXAMPLES: Mapping[str, Example] = {
    **of_clusters.EXAMPLES,
    **of_pods.EXAMPLES,
    **of_parts.EXAMPLES,
    **of_native.EXAMPLES,
    **of_jobs.EXAMPLES,
    **of_services.EXAMPLES,
    **of_queues.EXAMPLES,
}
"""Examples by rule."""
