"""What is sent to Kubernetes: pure functions from specs to manifests."""

from .fields import Manifest
from .kind import ACCEPTS, API_VERSION, ray_cluster, ray_job

__all__ = ["ACCEPTS", "API_VERSION", "Manifest", "ray_cluster", "ray_job"]
