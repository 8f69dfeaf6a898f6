"""The Pulumi component of a Ray job."""

from collections.abc import Iterable
from typing import Any

import pulumi
from rayform.fit.placement import Pool

from ..order import Others, after
from .check import checked_job
from .job import RayJobSpec
from .manifest import Manifest, annotated, job_awaits, job_fixed, job_others
from .outcome import failure
from .preview import foretold
from .remembered import fixed
from .resource import RayResource, failed_if, judged_when_known, warned
from .rules import InstalledOperator, Operator
from .timeout import job_seconds

__all__ = ["RayJob"]


class RayJob(pulumi.ComponentResource):
    """A Ray job on Kubernetes; unless its spec says otherwise, done when it ended, and a failed one fails the update.

    Any change of what it runs replaces it, and so runs it again. ``operator`` and ``pools`` as for a RayCluster. One
    that is deleted while its cluster keeps state in Redis takes up to five minutes, after which the operator leaves
    that state behind: with ``shutdown_after_job_finishes`` the cluster goes first, and empties it.

    Raises:
        RefusedError: with every reason why the spec cannot work, before anything is declared.
    """

    status: pulumi.Output[str]
    """The state of the job, such as SUCCEEDED; of its deployment, such as Initializing, until Ray knows of it."""
    job_id: pulumi.Output[str]
    """The id of the job within Ray; empty until it has one."""
    message: pulumi.Output[str]
    """What Ray last said of the job."""
    submitter: pulumi.Output[str]
    """The name of the Kubernetes Job that submits, whose pod has the job's log."""

    def __init__(
        self,
        name: str,
        spec: RayJobSpec,
        *,
        operator: InstalledOperator | None = None,
        pools: Iterable[Pool] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        pools, met = tuple(pools), Operator.met(operator)
        subject = f"RayJob {name}"
        checked = checked_job(name, spec, met, pools)
        plain = checked.manifest
        super().__init__("rayform:components:RayJob", name, fixed(plain, job_fixed(plain)), foretold(opts, met))
        warned(subject, checked.warnings, self)
        manifest = judged_when_known(subject, annotated(plain, job_awaits(plain, spec.wait)), met)
        own = self._options(plain, job_seconds(spec), after((operator, *pools), opts))
        job = RayResource(f"{name}-job", manifest, met, own)
        judged = job.status.apply(lambda status: self._judged(subject, spec, status or {}))
        self.status = judged.apply(lambda status: status.get("jobStatus") or status.get("jobDeploymentStatus") or "")
        self.job_id = judged.apply(lambda status: status.get("jobId") or "")
        self.message = judged.apply(lambda status: status.get("message") or "")
        self.submitter = job.metadata.apply(lambda metadata: str(metadata["name"]))
        self.register_outputs(
            {
                "status": self.status,
                "jobId": self.job_id,
                "message": self.message,
                "submitter": self.submitter,
            }
        )

    def _judged(self, subject: str, spec: RayJobSpec, status: dict[str, Any]) -> dict[str, Any]:
        failed_if(subject, None if spec.wait == "created" else failure(status), self)
        return status

    def _options(self, manifest: Manifest, seconds: int, others: Others) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=others,
            delete_before_replace=True,
            ignore_changes=job_others(manifest),
            replace_on_changes=job_fixed(manifest),
            custom_timeouts=pulumi.CustomTimeouts(create=f"{seconds}s", update=f"{seconds}s", delete="600s"),
        )
