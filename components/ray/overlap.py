"""Objects whose pods are there more than once for a while: services that are upgraded, schedules whose jobs overlap."""

from rayform.fit.group import Overlap

from .cronjob import RayCronJobSpec
from .parts import RaySpec
from .rules.cron import CronError, runs_at_once, shortest_gap
from .service import RayServiceSpec

__all__ = ["overlap"]


def overlap(spec: RaySpec) -> Overlap | None:
    """Why there may be several sets of the pods of an object; None where there is one at any time."""
    match spec:
        case RayServiceSpec(upgrade_strategy=strategy) if strategy is None or strategy.type != "None":
            return Overlap(2, "an upgrade runs a second cluster beside the first", "the upgrade waits for ever")
        case RayCronJobSpec():
            return _of_jobs(spec)
        case _:
            return None


def _of_jobs(spec: RayCronJobSpec) -> Overlap | None:
    """Jobs that may still run when the next one starts, as far as a deadline says how long they take."""
    deadline = spec.job_template.active_deadline_seconds
    if deadline is None:
        return None
    try:
        gap, sets = shortest_gap(spec.schedule), runs_at_once(spec.schedule, deadline)
    except CronError:
        return None  # refused elsewhere
    if sets == 1:
        return None
    reason = f"a job may take {deadline} seconds and one starts each {gap}, so that {sets} run at once"
    return Overlap(sets, reason, "jobs wait for each other")
