"""The Pulumi component of a Ray job that starts again and again."""

from collections.abc import Iterable

import pulumi
from rayform.fit.placement import Pool

from ..order import after
from .check import checked_cronjob
from .cronjob import RayCronJobSpec
from .manifest import cronjob_fixed
from .preview import foretold
from .remembered import fixed
from .resource import RayResource, judged_when_known, warned
from .rules import InstalledOperator, Operator

__all__ = ["RayCronJob"]


class RayCronJob(pulumi.ComponentResource):
    """A schedule on Kubernetes that starts a Ray job each time it comes round; an update waits for none of them.

    A change of the job is for those that start later. When the schedule is deleted, the jobs it started go with it.
    ``operator`` and ``pools`` as for a RayCluster; the operator's gate RayCronJob must be on.

    Raises:
        RefusedError: with every reason why the spec cannot work, before anything is declared.
    """

    last_schedule_time: pulumi.Output[str]
    """When a job was last started, as of the last update; empty before the first."""
    jobs_label: pulumi.Output[str]
    """The label of the RayJobs it started, as ``kubectl get rayjobs -l`` takes it."""

    def __init__(
        self,
        name: str,
        spec: RayCronJobSpec,
        *,
        operator: InstalledOperator | None = None,
        pools: Iterable[Pool] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        pools, met = tuple(pools), Operator.met(operator)
        subject = f"RayCronJob {name}"
        checked = checked_cronjob(name, spec, met, pools)
        remembered = fixed(checked.manifest, cronjob_fixed(checked.manifest))
        super().__init__("rayform:components:RayCronJob", name, remembered, foretold(opts, met))
        warned(subject, checked.warnings, self)
        manifest = judged_when_known(subject, checked.manifest, met)
        own = pulumi.ResourceOptions(
            parent=self,
            depends_on=after((operator, *pools), opts),
            delete_before_replace=True,
            replace_on_changes=cronjob_fixed(checked.manifest),
            # Its jobs, and their clusters, go first.
            custom_timeouts=pulumi.CustomTimeouts(delete="1200s"),
        )
        schedule = RayResource(f"{name}-schedule", manifest, met, own)
        self.last_schedule_time = schedule.status.apply(lambda status: (status or {}).get("lastScheduleTime") or "")
        self.jobs_label = schedule.metadata.apply(lambda metadata: f"ray.io/cronjob-name={metadata['name']}")
        self.register_outputs({"lastScheduleTime": self.last_schedule_time, "jobsLabel": self.jobs_label})
