"""What is written is read back as what is written the same."""

from hypothesis import given
from ray_service_strategies import schedules, services
from ray_strategies import clusters, jobs
from rayform.components import RayClusterSpec, RayCronJobSpec, RayJobSpec, RayServiceSpec
from rayform.components.ray.manifest import contradictions, ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.ray.reading import differences, reading


@given(clusters(newest=True))
def test_a_cluster_is_read_back_as_it_is_written(spec: RayClusterSpec) -> None:
    manifest = ray_cluster("train", spec)
    again = RayClusterSpec.from_manifest(manifest)

    assert list(differences(manifest, ray_cluster("other", again))) == []
    assert list(contradictions(again, {})) == []


@given(jobs(newest=True))
def test_a_job_is_read_back_as_it_is_written(spec: RayJobSpec) -> None:
    manifest = ray_job("nightly", spec)
    again = RayJobSpec.from_manifest(manifest)

    assert list(differences(manifest, ray_job("other", again))) == []
    assert list(contradictions(again, {})) == []


@given(services(newest=True))
def test_a_service_is_read_back_as_it_is_written(spec: RayServiceSpec) -> None:
    manifest = ray_service("chat", spec)

    assert list(differences(manifest, ray_service("other", RayServiceSpec.from_manifest(manifest)))) == []


@given(schedules(newest=True))
def test_a_schedule_is_read_back_as_it_is_written(spec: RayCronJobSpec) -> None:
    manifest = ray_cron_job("nightly", spec)

    assert list(differences(manifest, ray_cron_job("other", RayCronJobSpec.from_manifest(manifest)))) == []


@given(jobs(newest=True))
def test_what_was_read_is_read_as_the_same_again(spec: RayJobSpec) -> None:
    once = reading(ray_job("nightly", spec)).spec

    assert reading(ray_job("nightly", once)).spec == once
