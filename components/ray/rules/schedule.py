"""Rules of schedules: when they come round, and what each round leaves behind."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .cron import CronError, Times, times
from .kinds import ScheduleView
from .operator import switch_on
from .rule import Found, Severity, rule
from .view import items, mapping, ray_version, text

_ZONED = ("TZ=", "CRON_TZ=")
_SOMEWHERE = "Europe/Berlin"


@rule(
    "schedule-gate",
    ScheduleView,
    "rayform",
    gate="RayCronJob",
    possible="the operator's gate RayCronJob is off, so it would never start a job",
    remedy=switch_on("RayCronJob"),
)
def schedule_gate(schedule: ScheduleView) -> list[Found]:
    """A RayCronJob comes with its gate."""
    return [] if schedule.operator.gates.get("RayCronJob", False) else [Found(schedule.at(), "a RayCronJob asked")]


@rule(
    "schedule-zone",
    ScheduleView,
    "operator 145",
    since="1.7",
    possible="the time zone has a field of its own",
    remedy="move it to time_zone",
)
def schedule_zone(schedule: ScheduleView) -> list[Found]:
    """``schedule`` holds no time zone."""
    asked = text(schedule.spec.get("schedule"))
    return [Found(schedule.at("schedule"), f"{asked!r} asked")] if "TZ" in asked else []


@rule(
    "schedule-form",
    ScheduleView,
    "operator 146",
    possible="a schedule has five fields or is a word such as @daily",
    remedy="write such a schedule",
)
def schedule_form(schedule: ScheduleView) -> list[Found]:
    """``schedule`` is one that the operator can read."""
    asked = text(schedule.spec.get("schedule"))
    try:
        _times(schedule)
    except CronError as error:
        return [Found(schedule.at("schedule"), f"{asked!r} asked", str(error))]
    return []


@rule(
    "schedule-never",
    ScheduleView,
    "rayform",
    possible="no such time ever comes",
    remedy="choose a day that the month has",
)
def schedule_never(schedule: ScheduleView) -> list[Found]:
    """A schedule comes round."""
    try:
        found = _times(schedule)
    except CronError:
        return []
    return [Found(schedule.at("schedule"), f"{schedule.spec['schedule']!r} asked")] if found and found.never else []


def _times(schedule: ScheduleView) -> Times | None:
    asked = text(schedule.spec.get("schedule"))
    if asked.startswith(_ZONED):
        zone, _, asked = asked.partition(" ")
        if _before_1_7(schedule) and not _is_zone(zone.partition("=")[2]):
            raise CronError(f"{zone.partition('=')[2]!r} is no time zone, which are named as Europe/Berlin is")
        asked = asked.strip()
    return times(asked)


def _before_1_7(schedule: ScheduleView) -> bool:
    version = ray_version(schedule.operator.version)
    return version is not None and version < (1, 7)


@rule(
    "time-zone-unknown",
    ScheduleView,
    "operator 147, 148",
    since="1.7",
    possible="time zones are named as Europe/Berlin is; without one, the operator's own counts",
    remedy="name one of the IANA database, or leave it out",
)
def time_zone_unknown(schedule: ScheduleView) -> list[Found]:
    """``time_zone`` is a name that the operator can find."""
    zone = schedule.spec.get("timeZone")
    if not isinstance(zone, str) or (zone and _is_zone(zone)):
        return []
    return [Found(schedule.at("timeZone"), f"{zone!r} asked")]


@cache
def _is_zone(name: str) -> bool:
    if name in ("", "UTC", "Local"):
        return True
    return _loads(name) or not _loads(_SOMEWHERE)  # without a database of zones, nothing can be said


def _loads(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@rule(
    "schedule-leaves-jobs",
    ScheduleView,
    "rayform",
    severity=Severity.WARNING,
    acceptable=True,
    possible="the operator keeps every RayJob that a schedule has started, without a limit",
    remedy="add a deletion rule with DeleteSelf, or accept this rule",
)
def schedule_leaves_jobs(schedule: ScheduleView) -> list[Found]:
    """Something deletes the jobs that a schedule starts."""
    strategy = mapping(schedule.job.deletion)
    older = [mapping(strategy.get(name)) for name in ("onSuccess", "onFailure")]
    if any(each.get("policy") == "DeleteSelf" for each in (*items(strategy.get("deletionRules")), *older)):
        return []
    return [Found(schedule.job.at("deletionStrategy"), "no DeleteSelf asked")]
