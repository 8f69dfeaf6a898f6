"""What is sent to Kubernetes: pure functions from specs to manifests."""

from .fields import Manifest
from .hatch import Contradiction, contradictions
from .kind import API_VERSION, ray_cluster, ray_job

__all__ = ["API_VERSION", "Contradiction", "Manifest", "contradictions", "ray_cluster", "ray_job"]
