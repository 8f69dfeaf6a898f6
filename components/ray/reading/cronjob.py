"""Schedules read back."""

from ...documents import is_mapping
from ..cronjob import RayCronJobSpec
from ..manifest.cronjob import CRON_JOB
from ..manifest.fields import Manifest
from .fields import Words, stated
from .job import job

__all__ = ["cronjob"]


def cronjob(given: Manifest) -> Words:
    """The fields of a schedule."""
    nested = given.get("jobTemplate")
    own = stated(RayCronJobSpec, given, *CRON_JOB)
    return {**own, "job_template": job(nested) if is_mapping(nested) else nested}
