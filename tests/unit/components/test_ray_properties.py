"""Every legal spec becomes a legal object, and every object is judged without fail."""

import pytest
from closed_crd import errors, upstream
from hypothesis import given
from ray_strategies import clusters, jobs
from rayform.components import RayClusterSpec, RayJobSpec
from rayform.components.ray.manifest import contradictions, ray_cluster, ray_job
from rayform.components.ray.rules import Operator, findings
from rayform.components.versions import KUBERAY, KUBERAY_DEFAULT

CRDS = upstream(KUBERAY_DEFAULT)


@given(clusters())
def test_a_cluster_is_valid_under_the_closed_crd(spec: RayClusterSpec) -> None:
    assert errors(ray_cluster("train", spec), CRDS) == []


@given(jobs())
def test_a_job_is_valid_under_the_closed_crd(spec: RayJobSpec) -> None:
    assert errors(ray_job("nightly", spec), CRDS) == []


@given(clusters(newest=True))
def test_a_cluster_is_judged_by_every_version(spec: RayClusterSpec) -> None:
    manifest = ray_cluster("train", spec)
    for version in KUBERAY:
        assert all(str(each.refusal) for each in findings(manifest, Operator.assumed(version)))


@given(jobs(newest=True))
def test_a_job_is_judged_by_every_version(spec: RayJobSpec) -> None:
    manifest = ray_job("nightly", spec)
    for version in KUBERAY:
        assert all(str(each.refusal) for each in findings(manifest, Operator.assumed(version)))


@given(jobs(newest=True))
def test_a_spec_is_rendered_the_same_each_time_and_stays_as_it_is(spec: RayJobSpec) -> None:
    before = spec.model_dump()

    assert ray_job("nightly", spec) == ray_job("nightly", spec)
    assert spec.model_dump() == before
    assert list(contradictions(spec, {})) == []


@pytest.mark.parametrize("kind", ["RayCluster", "RayJob"])
def test_the_closed_schema_refuses_what_it_does_not_know(kind: str) -> None:
    assert errors({"apiVersion": "ray.io/v1", "kind": kind, "spec": {"colour": "red"}}, CRDS) != []
