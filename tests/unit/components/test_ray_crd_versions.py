"""What is sent is valid under the CRDs of every version, closed; what is new in the newest is known as such.

The newest version's CRDs are not served as a Go module. Their own fields are in a table, which the differential tests
compare with the CRDs wherever these are at hand; what Kubernetes has below them is that of the pinned version.
"""

from typing import Any

import pytest
from closed_crd import errors, errors_of_newest, own_paths, upstream
from crd_samples import fields_of
from hypothesis import HealthCheck, given, settings
from ray_service_strategies import schedules, services
from ray_strategies import clusters, jobs
from rayform.components import RayClusterSpec, RayCronJobSpec, RayJobSpec, RayServiceSpec
from rayform.components.ray.manifest import ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.ray.rules.fields import KINDS, NEWEST
from rayform.components.versions import KUBERAY_DEFAULT

OLDEST = upstream(KUBERAY_DEFAULT)
LARGE = settings(suppress_health_check=list(HealthCheck))


@LARGE
@given(spec=clusters(newest=True))
def test_a_cluster_is_valid_under_the_newest_crd(spec: RayClusterSpec) -> None:
    assert errors_of_newest(ray_cluster("train", spec)) == []


@LARGE
@given(spec=jobs(newest=True))
def test_a_job_is_valid_under_the_newest_crd(spec: RayJobSpec) -> None:
    assert errors_of_newest(ray_job("nightly", spec)) == []


@LARGE
@given(spec=services(newest=True))
def test_a_service_is_valid_under_the_newest_crd(spec: RayServiceSpec) -> None:
    assert errors_of_newest(ray_service("chat", spec)) == []


@LARGE
@given(spec=schedules(newest=True))
def test_a_schedule_is_valid_under_the_newest_crd(spec: RayCronJobSpec) -> None:
    assert errors_of_newest(ray_cron_job("nightly", spec)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_new_is_known_as_new(kind: str) -> None:
    known = {path.replace("[]", "") for path in own_paths(kind, OLDEST)}
    fields = {".".join(path): field for path, field in fields_of(kind)}
    new = fields.keys() - known
    tops = {path for path in new if not any(path.startswith(f"{other}.") for other in new)}

    assert tops == {path for path, field in fields.items() if field.since}
    assert {field.since for field in fields.values()} <= {"", NEWEST}


def sample(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "spec": {"headGroupSpec": {"template": {}}, **spec}}


def test_a_field_of_the_newest_is_refused_by_the_oldest() -> None:
    assert errors_of_newest(sample(tlsOptions={})) == []
    assert errors(sample(tlsOptions={}), OLDEST) == [
        "spec: Additional properties are not allowed ('tlsOptions' was unexpected)"
    ]


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        ({"colour": "red"}, "spec: Additional properties are not allowed ('colour' was unexpected)"),
        ({"tlsOptions": {"a": 1}}, "spec.tlsOptions: Additional properties are not allowed ('a' was unexpected)"),
        ({"tlsOptions": {"enabled": "yes"}}, "spec.tlsOptions.enabled: 'yes' is not of type 'boolean'"),
    ],
)
def test_what_the_newest_does_not_know_is_refused(spec: dict[str, Any], error: str) -> None:
    assert errors_of_newest(sample(**spec)) == [error]
