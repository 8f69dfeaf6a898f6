"""What is deleted after a job, and when."""

from typing import Literal

from rayform.spec.model import Count, Listed, Spec

__all__ = ["DeletionCondition", "DeletionPolicy", "DeletionRule", "DeletionStrategy"]

Policy = Literal["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"]


class DeletionPolicy(Spec):
    """What is deleted at once; the older form, deprecated by KubeRay."""

    policy: Policy | None = None
    """What is deleted; it must be given."""


class DeletionCondition(Spec):
    """When a rule applies; give exactly one of the two states."""

    job_status: Literal["SUCCEEDED", "FAILED"] | None = None
    """The end of the Ray job."""
    job_deployment_status: Literal["Failed"] | None = None
    """The end of the RayJob, also where no Ray job ever ran; since KubeRay 1.6."""
    ttl_seconds: Count | None = None
    """How long after that end; None is at once."""


class DeletionRule(Spec):
    """One deletion under one condition."""

    policy: Policy
    """What is deleted. DeleteSelf removes the RayJob: the next update would create it anew, and run the job again."""
    condition: DeletionCondition
    """When."""


class DeletionStrategy(Spec):
    """What is deleted after the job; needs the gate RayJobDeletionPolicy. Give rules, or both older policies."""

    deletion_rules: Listed[DeletionRule] = ()
    """Deletions by condition."""
    on_success: DeletionPolicy | None = None
    """What is deleted at once after success; deprecated by KubeRay."""
    on_failure: DeletionPolicy | None = None
    """What is deleted at once after failure; deprecated by KubeRay."""
