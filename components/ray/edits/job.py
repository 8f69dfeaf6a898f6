"""What each changed field of a RayJob or a RayCronJob does."""

from .difference import Difference, Steps
from .effect import Edit, Effect, does

__all__ = ["cronjob_edit", "job_edit"]

_LIVE = frozenset(
    {
        "activeDeadlineSeconds",
        "backoffLimit",
        "deletionStrategy",
        "preRunningDeadlineSeconds",
        "shutdownAfterJobFinishes",
        "ttlSecondsAfterFinished",
    }
)


def job_edit(change: Difference, path: Steps) -> Edit:
    """What a change at ``path`` of its spec does to a RayJob that is there."""
    field = path[0] if path else ""
    if field == "suspend":
        why = "true deletes the job's cluster, false runs the job again on a new one, as it then is"
        return does(change, Effect.LIVE, why)
    if field in _LIVE:
        return does(change, Effect.LIVE, "read at every reconciliation of the job")
    return does(
        change,
        Effect.IGNORED,
        "a job is what it was when it started; delete it and create it anew to run it again, as a Pulumi program does",
    )


def cronjob_edit(change: Difference, path: Steps) -> Edit:
    """What a change at ``path`` of its spec does to a RayCronJob that is there."""
    if path[:1] == ("jobTemplate",):
        return does(change, Effect.NEW_PODS, "jobs that run already keep theirs; the next one takes it")
    return does(change, Effect.LIVE, "the next tick follows it")
