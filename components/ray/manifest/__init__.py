"""What is sent to Kubernetes: pure functions from specs to manifests."""

from .awaits import annotated, cluster_awaits, job_awaits, service_awaits
from .fields import Manifest
from .hatch import Contradiction, contradictions, speaks_kubernetes
from .kind import API_VERSION, ray_cluster, ray_cron_job, ray_job, ray_service
from .ownership import (
    cluster_fixed,
    cluster_others,
    cronjob_fixed,
    job_fixed,
    job_others,
    service_fixed,
    service_others,
)
from .service import UNHASHED

__all__ = [
    "API_VERSION",
    "UNHASHED",
    "Contradiction",
    "Manifest",
    "annotated",
    "cluster_awaits",
    "cluster_fixed",
    "cluster_others",
    "contradictions",
    "cronjob_fixed",
    "job_awaits",
    "job_fixed",
    "job_others",
    "ray_cluster",
    "ray_cron_job",
    "ray_job",
    "ray_service",
    "service_awaits",
    "service_fixed",
    "service_others",
    "speaks_kubernetes",
]
