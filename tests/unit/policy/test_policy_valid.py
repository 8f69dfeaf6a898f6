"""No false alarms: what rayform writes when it is asked for something sound breaks no mandatory rule."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from example_programs import PROGRAMS, ran
from law_room import judged
from rayform.components import (
    Head,
    RayClusterSpec,
    RayCronJobSpec,
    RayJobSpec,
    RayServiceSpec,
    Submitter,
    WorkerGroup,
)
from rayform.components.ray.manifest import ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.versions import RAY_DEFAULT
from rayform.lab.testing import Registration
from rayform.policy import Level, Options, Report, Subject, of_manifest
from stack_programs import deployed

SERVED = "applications:\n- name: chat\n  import_path: chat:app\n"
AUTOSCALING, GPUS, GROUPS, SIZES = (True, False), (0, 1, 4), (1, 2), ("8Gi", "64Gi")


def clusters() -> Iterator[RayClusterSpec]:
    for autoscaling, gpus, groups, memory in product(AUTOSCALING, GPUS, GROUPS, SIZES):
        size: dict[str, Any] = {"min_replicas": 0} if autoscaling else {"replicas": 2, "min_replicas": 2}
        workers = [
            WorkerGroup(name=f"g{number}", cpu=4, memory=memory, gpus=gpus, max_replicas=4, **size)
            for number in range(groups)
        ]
        head = Head(cpu=4, memory="16Gi")
        yield RayClusterSpec(ray_version=RAY_DEFAULT, head=head, workers=workers, autoscaling=autoscaling)


def objects(spec: RayClusterSpec) -> Iterator[dict[str, Any]]:
    """The objects of every kind and mode that one cluster's description makes."""
    place: dict[str, Any] = {"namespace": "ray"}
    yield ray_cluster("train", spec.model_copy(update=place))
    jobs = [
        RayJobSpec(entrypoint="python a.py", ray_cluster_spec=spec, shutdown_after_job_finishes=True, **place, **mode)
        for mode in ({"submission_mode": "HTTPMode"}, {"submitter": Submitter(cpu="500m", memory="512Mi")})
    ]
    yield from (ray_job("train", job) for job in jobs)
    yield ray_service("chat", RayServiceSpec(ray_cluster_config=spec, serve_config_v2=SERVED, **place))
    nightly = RayJobSpec(entrypoint="python a.py", ray_cluster_spec=spec, shutdown_after_job_finishes=True)
    yield ray_cron_job("nightly", RayCronJobSpec(schedule="0 3 * * *", job_template=nightly, **place))


def stopped(report: Report) -> list[str]:
    return [str(each) for each in report.verdicts if each.level is not Level.ADVISORY]


@pytest.mark.parametrize("number", range(24))
def test_sound_objects_of_every_kind_break_nothing(number: int) -> None:
    spec = list(clusters())[number]
    found = {each["kind"]: stopped(judged(of_manifest(each))) for each in objects(spec)}

    assert len(list(objects(spec))) == 5
    assert {kind: told for kind, told in found.items() if told} == {}


def subject(resource: Registration) -> Subject:
    return Subject(resource.type, resource.urn, resource.name, resource.inputs, Options())


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda folder: folder.name)
def test_whole_programs_break_nothing(program: Path) -> None:
    recorded = ran(program)
    report = judged([subject(each) for each in recorded.resources if ":" in each.type])

    assert stopped(report) == []
    assert any(each.type.startswith("kubernetes:ray.io/") for each in recorded.resources)


@pytest.mark.parametrize("stack", ["lab", "simulated", "dev", "prod"])
def test_the_stacks_break_nothing(stack: str) -> None:
    resources = deployed(stack).resources
    report = judged([subject(each) for each in resources if ":" in each.type])

    assert stopped(report) == []
    assert report.deferred == []
    assert any(each.type.startswith("kubernetes:ray.io/") for each in resources)
