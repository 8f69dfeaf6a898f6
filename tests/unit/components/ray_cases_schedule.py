"""Rules of schedules, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case

__all__ = ["CASES"]

CRON = {"RayCronJob": True}
"""The gate of schedules."""

CASES = (
    Case(
        "schedule-gate",
        {},
        (
            "spec: a RayCronJob asked, the operator's gate RayCronJob is off, so it would never start a job;"
            " switch the gate on (KubeRayOperatorSpec: feature_gates={'RayCronJob': True}; Helm chart: featureGates)"
        ),
        {"kind": "RayJob"},
        of="schedule",
    ),
    Case(
        "schedule-zone",
        {"spec schedule": "TZ=UTC 0 3 * * *"},
        "schedule: 'TZ=UTC 0 3 * * *' asked, the time zone has a field of its own; move it to time_zone",
        {"spec schedule": "0 3 * * *"},
        of="schedule",
        version="1.7.0",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "0 3 * *"},
        (
            "schedule: '0 3 * *' asked, a schedule has 5 fields (minute, hour, day of the month, month, day "
            "of the week), here are 4; write such a schedule"
        ),
        {"spec schedule": "0 3 * * ?"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "@sometimes"},
        (
            "schedule: '@sometimes' asked, words are @yearly, @annually, @monthly, @weekly, @daily, "
            "@midnight, @hourly, and @every with an amount of time such as 1h30m; write such a schedule"
        ),
        {"spec schedule": "@every 1h30m"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "60 * * * *"},
        (
            "schedule: '60 * * * *' asked, the field minute goes from 0 to 59 in steps of 1 or more; write "
            "such a schedule"
        ),
        {"spec schedule": "59 * * * *"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "0 0 * foo *"},
        (
            "schedule: '0 0 * foo *' asked, foo in the field month is neither a number nor one of jan, feb, "
            "mar, apr, may, jun, jul, aug, sep, oct, nov, dec; write such a schedule"
        ),
        {"spec schedule": "0 0 * Feb *"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "1-2-3 * * * *"},
        (
            "schedule: '1-2-3 * * * *' asked, 1-2-3 in the field minute is neither a number nor a range such"
            " as 1-5 or */10; write such a schedule"
        ),
        {"spec schedule": "1-2/3 * * * *"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-form",
        {"spec schedule": "TZ=Nowhere 0 3 * * *"},
        (
            "schedule: 'TZ=Nowhere 0 3 * * *' asked, 'Nowhere' is no time zone, which are named as "
            "Europe/Berlin is; write such a schedule"
        ),
        {"spec schedule": "CRON_TZ=Europe/Berlin 0 3 * * *"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-never",
        {"spec schedule": "0 0 30 2 *"},
        "schedule: '0 0 30 2 *' asked, no such time ever comes; choose a day that the month has",
        {"spec schedule": "0 0 29 2 *"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-never",
        {"spec schedule": ", * * * *"},
        "schedule: ', * * * *' asked, no such time ever comes; choose a day that the month has",
        {"spec schedule": "0 0 30 2 mon"},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "time-zone-unknown",
        {"spec timeZone": "Berlin"},
        (
            "time_zone: 'Berlin' asked, time zones are named as Europe/Berlin is; without one, the "
            "operator's own counts; name one of the IANA database, or leave it out"
        ),
        {"spec timeZone": "Europe/Berlin"},
        of="schedule",
        version="1.7.0",
        gates=CRON,
    ),
    Case(
        "time-zone-unknown",
        {"spec timeZone": ""},
        (
            "time_zone: '' asked, time zones are named as Europe/Berlin is; without one, the operator's own "
            "counts; name one of the IANA database, or leave it out"
        ),
        {"spec timeZone": "UTC"},
        of="schedule",
        version="1.7.0",
        gates=CRON,
    ),
    Case(
        "field-unknown",
        {"spec timeZone": "UTC"},
        (
            "time_zone: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older one drops it "
            "in silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
        ),
        {},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "schedule-leaves-jobs",
        {"spec jobTemplate deletionStrategy": GONE},
        (
            "job_template.deletion_strategy: no DeleteSelf asked, the operator keeps every RayJob that a "
            "schedule has started, without a limit; add a deletion rule with DeleteSelf, or accept this rule"
        ),
        {},
        of="schedule",
        gates=CRON,
    ),
)
