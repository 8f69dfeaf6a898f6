"""Places in the valid objects, by their short names."""

from typing import Final

__all__ = ["CLUSTER_IN_JOB", "GROUP", "HEAD", "IN_DEPLOYMENT", "IN_GROUP", "IN_HEAD", "SUBMITTER", "WORKER"]

HEAD: Final = "spec headGroupSpec template spec"
"""The head's pod."""
IN_HEAD: Final = f"{HEAD} containers 0"
"""The head's container."""
GROUP: Final = "spec workerGroupSpecs 0"
"""The group of workers."""
WORKER: Final = f"{GROUP} template spec"
"""A worker's pod."""
IN_GROUP: Final = f"{WORKER} containers 0"
"""A worker's container."""
IN_DEPLOYMENT: Final = "spec template spec containers 0"
"""The container of a Deployment."""
SUBMITTER: Final = "spec submitterPodTemplate spec"
"""The submitter's pod."""
CLUSTER_IN_JOB: Final = "spec rayClusterSpec"
"""The cluster of a job."""
