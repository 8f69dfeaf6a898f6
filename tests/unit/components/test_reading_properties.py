"""What is written is read back as what is written the same."""

from hypothesis import HealthCheck, given, settings
from ray_strategies import clusters, jobs
from rayform.components import RayClusterSpec, RayJobSpec
from rayform.components.ray.manifest import contradictions, ray_cluster, ray_job
from rayform.components.ray.reading import differences, reading

SLOW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(clusters(newest=True))
def test_a_cluster_is_read_back_as_it_is_written(spec: RayClusterSpec) -> None:
    manifest = ray_cluster("train", spec)
    again = RayClusterSpec.from_manifest(manifest)

    assert list(differences(manifest, ray_cluster("other", again))) == []
    assert list(contradictions(again, {})) == []


@SLOW
@given(jobs(newest=True))
def test_a_job_is_read_back_as_it_is_written(spec: RayJobSpec) -> None:
    manifest = ray_job("nightly", spec)
    again = RayJobSpec.from_manifest(manifest)

    assert list(differences(manifest, ray_job("other", again))) == []
    assert list(contradictions(again, {})) == []


@SLOW
@given(jobs(newest=True))
def test_what_was_read_is_read_as_the_same_again(spec: RayJobSpec) -> None:
    once = reading(ray_job("nightly", spec)).spec

    assert reading(ray_job("nightly", once)).spec == once
