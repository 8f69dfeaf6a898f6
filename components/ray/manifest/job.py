"""Ray jobs as the CRDs write them."""

import json
from typing import Any

from ..crd import IRREGULAR, named
from ..job import RayJobSpec
from ..parts import SUBMITTER
from ..placement import Pools, placed
from .cluster import cluster_spec
from .fields import Manifest, fields, given
from .group import cluster_image
from .native import native_text
from .pod import pod_template

__all__ = ["JOB", "job_spec"]

JOB = named(
    "entrypoint",
    "cluster_selector",
    "submission_mode",
    "submitter_config",
    "ttl_seconds_after_finished",
    "deletion_strategy",
    "active_deadline_seconds",
    "pre_running_deadline_seconds",
    "backoff_limit",
    "job_id",
    "metadata",
    "entrypoint_num_cpus",
    "entrypoint_num_gpus",
    "managed_by",
    "suspend",
)
"""Fields of a job under their own name."""


def job_spec(job: RayJobSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayJob, or ``jobTemplate`` of another kind."""
    cluster = job.ray_cluster_spec
    return {
        **fields(job, JOB),
        **given({IRREGULAR["runtime_env"]: native_text(job.runtime_env)}),
        **given({"entrypointResources": _amounts(job.entrypoint_resources)}),
        **given({"shutdownAfterJobFinishes": _shutdown(job)}),
        **({} if cluster is None else {"rayClusterSpec": cluster_spec(cluster, pools)}),
        **_submitter(job, pools),
    }


def _shutdown(job: RayJobSpec) -> bool | None:
    # A cluster that outlives its only job costs money and does nothing.
    if job.shutdown_after_job_finishes is None and job.ray_cluster_spec is not None:
        return True if job.deletion_strategy is None else None
    return job.shutdown_after_job_finishes


def _submitter(job: RayJobSpec, pools: Pools) -> Manifest:
    # The operator's own submitter runs with all rights, so ours is written out wherever a pod submits.
    asked = job.submission_mode in (None, "K8sJobMode") or "submitter" in job.model_fields_set
    if job.submitter is None or not asked:
        return {}
    pool = placed(job.submitter, pools)
    image = cluster_image(job.ray_cluster_spec, pool) if job.ray_cluster_spec else None
    head = job.ray_cluster_spec.head.image if job.ray_cluster_spec else None
    return {IRREGULAR["submitter"]: pod_template(job.submitter, SUBMITTER, head if head is not None else image, pool)}


def _amounts(amounts: Any) -> Any:
    return json.dumps(amounts) if amounts and amounts.__class__ is dict else amounts
