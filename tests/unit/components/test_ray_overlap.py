"""Services in an upgrade and schedules whose jobs overlap, against what their pools hold."""

from typing import Any

import pytest
from ray_builders import A10G, cluster, group, service
from rayform.components import RayCronJobSpec, RayJobSpec, ServiceUpgradeStrategy
from rayform.components.ray.fit import met
from rayform.components.ray.placement import by_name
from rayform.components.ray.rules.cron import shortest_gap

POOL = A10G.model_copy(update={"max_nodes": 3})
WORKERS = [group(pool="a10g", gpus=4, replicas=2, min_replicas=2, max_replicas=2)]


def warned(spec: Any, **pool: Any) -> list[str]:
    return [str(warning) for warning in met(spec, by_name([POOL.model_copy(update=pool)])).warnings]


def cron(schedule: str = "0 * * * *", **job: Any) -> RayCronJobSpec:
    template = RayJobSpec(entrypoint="python report.py", ray_cluster_spec=cluster(workers=WORKERS), **job)
    return RayCronJobSpec(schedule=schedule, job_template=template)


def test_an_upgrade_that_the_pool_cannot_hold_twice_is_warned_about() -> None:
    assert warned(service(ray_cluster_config=cluster(workers=WORKERS))) == [
        (
            "ray_cluster_config.workers[gpu].pool: a10g asked, an upgrade runs a second cluster beside the first, that "
            "takes 4 nodes and 8 GPUs more, pool a10g grows to 3; "
            "set max_nodes=4 on pool a10g, or the upgrade waits for ever"
        )
    ]


def test_an_upgrade_that_the_pool_holds_or_that_never_comes_is_no_matter() -> None:
    spec = service(ray_cluster_config=cluster(workers=WORKERS))

    assert warned(spec, max_nodes=4) == []
    assert warned(spec, max_nodes=None) == []
    still = ServiceUpgradeStrategy(type="None")
    assert warned(service(ray_cluster_config=cluster(workers=WORKERS), upgrade_strategy=still)) == []


def test_a_cluster_of_its_own_has_no_second_one() -> None:
    assert warned(cluster(workers=WORKERS)) == []


def test_jobs_of_a_schedule_that_may_overlap_are_counted() -> None:
    assert warned(cron(active_deadline_seconds=9000)) == [
        (
            "job_template.ray_cluster_spec.workers[gpu].pool: a10g asked, a job may take 9000 seconds and one starts "
            "each 3600, so that 3 run at once, that takes 6 nodes and 16 GPUs more, pool a10g grows to 3; "
            "set max_nodes=6 on pool a10g, or jobs wait for each other"
        )
    ]


@pytest.mark.parametrize(
    ("schedule", "deadline"),
    [("0 * * * *", 3600), ("0 * * * *", None), ("0 3 * * 1", 200_000), ("nonsense", 9000), ("@daily", 9000)],
)
def test_jobs_that_end_before_the_next_or_are_not_known_to_overlap_are_no_matter(
    schedule: str, deadline: int | None
) -> None:
    assert warned(cron(schedule, active_deadline_seconds=deadline)) == []


GAPS = (
    ("*/15 * * * *", 900),
    ("0 9,17 * * *", 8 * 3600),
    ("50 23 * * *", 86400),
    ("0,50 0,23 * * *", 600),
    ("0 3 * * 1,2", 86400),
    ("0 3 * * 6,0", 86400),
    ("0 3 * * 1,3", 0),
    ("0 3 * * 1,3,5", 0),
    ("0 3 1 * *", 0),
    ("1,59 0,23 * * *", 120),
    ("10 2,5 * * *", 3 * 3600),
    (", * * * *", 0),
    ("@yearly", 365 * 86400),
    ("@annually", 365 * 86400),
    ("@monthly", 28 * 86400),
    ("@weekly", 7 * 86400),
    ("@daily", 86400),
    ("@midnight", 86400),
    ("@hourly", 3600),
    ("@every 1h30m", 5400),
    ("@every 0.5s", 0),
)
"""Schedules, and the seconds between two rounds of them."""


@pytest.mark.parametrize(("schedule", "seconds"), GAPS)
def test_the_shortest_gap_of_a_schedule(schedule: str, seconds: int) -> None:
    assert shortest_gap(schedule) == seconds
