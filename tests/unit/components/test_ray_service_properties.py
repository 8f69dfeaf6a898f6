"""Every legal service and schedule becomes a legal object, and is judged without fail."""

from typing import Any

import pytest
import yaml
from closed_crd import errors, errors_of_newest, own_paths, upstream
from hypothesis import HealthCheck, given, settings
from ray_service_strategies import configs, schedules, services
from rayform.components import (
    ClusterUpgradeOptions,
    RayCronJobSpec,
    RayServiceSpec,
    ServeConfig,
    ServiceUpgradeStrategy,
    Spec,
)
from rayform.components.ray.crd import crd_name
from rayform.components.ray.manifest import contradictions, ray_cron_job, ray_service
from rayform.components.ray.manifest.native import native_text
from rayform.components.ray.rules import Operator, findings
from rayform.components.versions import KUBERAY, KUBERAY_DEFAULT

CRDS = upstream(KUBERAY_DEFAULT)
LARGE = settings(suppress_health_check=list(HealthCheck))


@LARGE
@given(services())
def test_a_service_is_valid_under_the_closed_crd(spec: RayServiceSpec) -> None:
    assert errors(ray_service("chat", spec), CRDS) == []


@LARGE
@given(schedules())
def test_a_schedule_is_valid_under_the_closed_crd(spec: RayCronJobSpec) -> None:
    assert errors(ray_cron_job("nightly", spec), CRDS) == []


@LARGE
@given(services(newest=True))
def test_a_service_is_valid_under_the_newest_crd(spec: RayServiceSpec) -> None:
    assert errors_of_newest(ray_service("chat", spec)) == []


@LARGE
@given(schedules(newest=True))
def test_a_schedule_is_valid_under_the_newest_crd(spec: RayCronJobSpec) -> None:
    assert errors_of_newest(ray_cron_job("nightly", spec)) == []


@LARGE
@given(services(newest=True))
def test_a_service_is_judged_by_every_version(spec: RayServiceSpec) -> None:
    manifest = ray_service("chat", spec)
    for version in KUBERAY:
        assert all(str(each.refusal) for each in findings(manifest, Operator.assumed(version)))


@LARGE
@given(schedules(newest=True))
def test_a_schedule_is_judged_by_every_version(spec: RayCronJobSpec) -> None:
    manifest = ray_cron_job("nightly", spec)
    for version in KUBERAY:
        assert all(str(each.refusal) for each in findings(manifest, Operator.assumed(version)))


@LARGE
@given(services(newest=True), schedules(newest=True))
def test_a_spec_is_rendered_the_same_each_time_and_stays_as_it_is(
    service: RayServiceSpec, schedule: RayCronJobSpec
) -> None:
    before = service.model_dump(), schedule.model_dump()

    assert ray_service("chat", service) == ray_service("chat", service)
    assert ray_cron_job("nightly", schedule) == ray_cron_job("nightly", schedule)
    assert (service.model_dump(), schedule.model_dump()) == before
    assert [*contradictions(service, {}), *contradictions(schedule, {})] == []


@LARGE
@given(configs())
def test_a_typed_configuration_breaks_no_rule_of_serve(config: ServeConfig) -> None:
    manifest: dict[str, Any] = {"kind": "RayService", "spec": {"serveConfigV2": native_text(config)}}
    broken = {each.rule.id for each in findings(manifest, Operator.assumed())}

    assert [rule for rule in broken if rule.startswith("serve-")] == []
    assert [each["import_path"] for each in yaml.safe_load(native_text(config))["applications"]] == [
        "a.b:c" for _ in config.applications
    ]


NESTED = ("rayClusterConfig", "jobTemplate", "serveService")
"""Where another kind's fields begin, or Kubernetes' own."""
SPECS: dict[str, dict[str, type[Spec]]] = {
    "RayService": {
        "": RayServiceSpec,
        "upgradeStrategy.": ServiceUpgradeStrategy,
        "upgradeStrategy.clusterUpgradeOptions.": ClusterUpgradeOptions,
    },
    "RayCronJob": {"": RayCronJobSpec},
}


@pytest.mark.parametrize("kind", SPECS)
def test_every_path_of_the_crd_has_its_field(kind: str) -> None:
    ours = {f"{above}{crd_name(field)}" for above, spec in SPECS[kind].items() for field in spec.model_fields}
    theirs = {path for path in own_paths(kind, CRDS) if not path.startswith(tuple(f"{each}." for each in NESTED))}

    assert theirs - ours == set()
    assert len(theirs) > 2
