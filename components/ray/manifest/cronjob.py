"""Schedules of Ray jobs as the CRDs write them."""

from ..cronjob import RayCronJobSpec
from ..placement import Pools
from .fields import Manifest, fields
from .job import job_spec

__all__ = ["cronjob_spec"]


def cronjob_spec(cronjob: RayCronJobSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayCronJob."""
    own = fields(cronjob, "schedule", "time_zone", "suspend")
    return {**own, "jobTemplate": job_spec(cronjob.job_template, pools)}
