"""What each changed field of a RayJob or a RayCronJob does."""

from .effect import Change, Edit, Effect

__all__ = ["cronjob_edit", "job_edit"]

_LIVE = frozenset(
    {
        "activeDeadlineSeconds",
        "deletionStrategy",
        "preRunningDeadlineSeconds",
        "shutdownAfterJobFinishes",
        "suspend",
        "ttlSecondsAfterFinished",
    }
)


def job_edit(change: Change) -> Edit:
    """What a change does to a RayJob that is there."""
    if change.path[1:2] and change.path[1] in _LIVE:
        return change.does(Effect.LIVE, "read at every reconciliation of the job")
    return change.does(
        Effect.IGNORED,
        "a job is what it was when it started; delete it and create it anew to run it again (rayform replaces it)",
    )


def cronjob_edit(change: Change) -> Edit:
    """What a change does to a RayCronJob that is there."""
    if change.path[:2] == ("spec", "jobTemplate"):
        return change.does(Effect.NEW_PODS, "jobs that run already keep theirs; the next one takes it")
    return change.does(Effect.LIVE, "the next tick follows it")
