"""A Ray job that starts again and again, described."""

from typing import Self

from pydantic import model_validator
from rayform.spec.model import Flag
from rayform.spec.refusal import UnfitError

from .identity import Identity, no_object
from .job import RayJobSpec

__all__ = ["RayCronJobSpec"]


class RayCronJobSpec(Identity):
    """A schedule, and the job it starts; since KubeRay 1.6, with the gate RayCronJob.

    A job starts although the one before still runs, and no job is deleted unless its ``deletion_strategy`` says so.
    """

    schedule: str
    """When a job starts: minute, hour, day of the month, month and day of the week, or a word such as ``@daily``."""
    job_template: RayJobSpec
    """The job; a change of it is for jobs that start later."""
    time_zone: str | None = None
    """The IANA time zone of the schedule, such as ``Europe/Berlin``; None is the operator's own. Since
    KubeRay 1.7."""
    suspend: Flag | None = None
    """Whether no more jobs start for now; None means no."""

    @model_validator(mode="after")
    def _job_is_no_object(self) -> Self:
        no_object("job_template", self.job_template, "the job of a schedule", "the schedule")
        if "wait" in self.job_template.model_fields_set:
            raise UnfitError(
                "asked", "an update cannot wait for what starts later", "leave it out", "job_template.wait"
            )
        return self
