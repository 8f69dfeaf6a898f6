"""What is sent to Kubernetes: pure functions from specs to manifests."""

from .awaits import annotated, cluster_awaits, cluster_timeout, job_awaits, job_timeout
from .fields import Manifest
from .hatch import Contradiction, contradictions
from .kind import API_VERSION, ray_cluster, ray_job
from .ownership import cluster_fixed, cluster_others, job_fixed, job_others

__all__ = [
    "API_VERSION",
    "Contradiction",
    "Manifest",
    "annotated",
    "cluster_awaits",
    "cluster_fixed",
    "cluster_others",
    "cluster_timeout",
    "contradictions",
    "job_awaits",
    "job_fixed",
    "job_others",
    "job_timeout",
    "ray_cluster",
    "ray_job",
]
