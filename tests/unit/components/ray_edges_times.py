"""Schedules and amounts of time, as Go and cron read them: on either side of each limit."""

from collections.abc import Iterator

from ray_rule_case import Edge

__all__ = ["EDGES"]

CRON = {"RayCronJob": True}
OVERFLOWN = "153722868m"  # the least whole minute that Go cannot hold
READ = """
* * * * *|0 0 1 1 0|59 23 31 12 6|1-5 * * * *|5/15 * * * *|0-59/60 * * * *|*/7 * * * *|? ? ? ? ?|*-x * * * *
*-1-2 * * * *|0 0 1 jan sun|0 0 1 DEC sat|0 0 1 feb-nov mon-fri|0,15,30 * * * *|0,,1 * * * *|@daily|@yearly
@annually|@monthly|@weekly|@midnight|@hourly|@every 1h30m|@every -1.5h|@every 0|@every 1.5s|@every .5s
@every 5.s|@every +1us|@every 1\u00b5s|@every 1\u03bcs|@every 9223372036854775807ns
@every -9223372036854775808ns|@every 9223372036854775us|@every 9223372036854ms|@every 9223372036s
@every 9223372036854775\u00b5s|@every 9223372036854775\u03bcs|@every 153722867m|@every 2562047h
@every 9223372036.8s|@every 0.5m|@every 0ns|@every -0|@every 1h1m1s1ms1us1ns| 0  3 * * * |0\t3\t*\t*\t*
+5 * * * *|0 0 * * 0-6|0 0 1-31 1-12 0-6|0-0/1 * * * *
"""
UNREAD = """
60 * * * *|* 24 * * *|* * 0 * *|* * 32 * *|* * * 0 *|* * * 13 *|* * * * 7|-1 * * * *|5-1 * * * *|*/0 * * * *
1/2/3 * * * *|1-2-3 * * * *|x * * * *|/5 * * * *|5- * * * *|5/ * * * *|* * * *|* * * * * *|* * * janu *
* * * * sund|jan * * * *|@dayly|@every|@every |@every 1|@every x|@every 1h x|@every 1.h.|@every .s|@every -
@every 9223372036854775808ns|@every -9223372036854775809ns|@every 9223372036854776us
@every 9223372036854776\u00b5s|@every 9223372036854776\u03bcs|@every 9223372036855ms|@every 9223372037s
@every 153722868m|@every 2562048h|@every 9223372036.9s|1.5 * * * *|* * * * *,8|*/-1 * * * *|0-60 * * * *
@every 1h-|@every1h
"""
LAST_DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def schedules(texts: str) -> list[dict[str, str]]:
    return [{"spec schedule": text} for line in texts.strip("\n").splitlines() for text in line.split("|")]


def every(*amounts: str) -> list[dict[str, str]]:
    return [{"metadata annotations ray.io/initializing-timeout": amount} for amount in amounts]


def last_days() -> Iterator[str]:
    yield from (f"0 0 {day} {month} *" for month, day in LAST_DAYS.items())


def days_after() -> Iterator[str]:
    yield from (f"0 0 {day + 1} {month} *" for month, day in LAST_DAYS.items() if day < 31)


EDGES = (
    Edge("schedule-form", schedules(UNREAD), schedules(READ), of="schedule", gates=CRON),
    Edge(
        "schedule-form",
        [*schedules(f"@every {'1s' * 501}"), *schedules("CRON_TZ=UTC @every x"), *schedules("TZ=Mars/Base 0 3 * * *")],
        [*schedules(f"@every {'1s' * 500}"), *schedules("TZ=UTC 0 3 * * *|CRON_TZ=Local 0 3 * * *|TZ= 0 3 * * *")],
        of="schedule",
        gates=CRON,
    ),
    Edge("schedule-form", kept=schedules("TZ=Mars/Base 0 3 * * *"), of="schedule", version="1.7.0", gates=CRON),
    Edge(
        "schedule-never",
        [
            *schedules("|".join(days_after())),
            *schedules(", * * * *|* , * * *|* * * , *|0 0 , * *|* * * * ,|0 0 30 2 *"),
        ],
        [*schedules("|".join(last_days())), *schedules("0 0 30 2 1|0 0 31 4,5 *|0 0 , * 1|0 0 1 * ,|0 0 30 2,3 ?")],
        of="schedule",
        gates=CRON,
    ),
    Edge(
        "schedule-never",
        schedules("0 0 30 2 */1|0 0 */1 2,4 ,"),
        schedules("0 0 30 2 */2|0 0 30,*/2 2 1|0 0 1 2 *"),
        of="schedule",
        gates=CRON,
    ),
    Edge(
        "time-zone-unknown",
        [{"spec timeZone": zone} for zone in ("", "Mars/Base", "utc+1", "../etc")],
        [{"spec timeZone": zone} for zone in ("UTC", "Local", "Europe/Berlin", None, 7)],
        of="schedule",
        version="1.7.0",
        gates=CRON,
    ),
    Edge("schedule-zone", schedules("CRON_TZ=UTC 0 3 * * *"), schedules("0 3 * * *"), "schedule", "1.7.0", CRON),
    Edge("schedule-gate", kept=[{}], of="schedule", gates=CRON),
    Edge("schedule-gate", [{}], of="schedule"),
    Edge(
        "schedule-leaves-jobs",
        [{"spec jobTemplate deletionStrategy": {"onSuccess": {"policy": "DeleteCluster"}}}],
        [
            {"spec jobTemplate deletionStrategy": {"onSuccess": {"policy": "DeleteSelf"}}},
            {"spec jobTemplate deletionStrategy": {"onFailure": {"policy": "DeleteSelf"}}},
        ],
        of="schedule",
        gates=CRON,
    ),
    Edge(
        "initializing-timeout",
        every("0s", "-1s", "0", "-5", "five", "1h 30m", "5.5", OVERFLOWN, "9223372036854775808", "+0"),
        every("1ns", "5m", "1", "+7", "9223372036854775807", "1h30m", "0.5s", ".1h"),
        of="service",
    ),
)
"""Edges of rules about time."""
