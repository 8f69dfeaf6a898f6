"""Schedules of Ray jobs as the CRDs write them."""

from ..crd import named
from ..cronjob import RayCronJobSpec
from ..placement import Pools
from .fields import Manifest, fields
from .job import job_spec

__all__ = ["CRON_JOB", "cronjob_spec"]

CRON_JOB = named("schedule", "time_zone", "suspend")
"""Fields of a schedule under their own name."""


def cronjob_spec(cronjob: RayCronJobSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayCronJob."""
    return {**fields(cronjob, CRON_JOB), "jobTemplate": job_spec(cronjob.job_template, pools)}
