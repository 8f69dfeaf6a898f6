"""Shapes that specs refuse on their own, before any rule."""

from typing import Any

import pulumi
import pytest
from pydantic import ValidationError
from ray_builders import cluster, group, head, job, schedule, service
from rayform.components import (
    ClaimTemplate,
    EmptyDir,
    EnvFrom,
    Probe,
    RayClusterSpec,
    RayCronJobSpec,
    RayJobSpec,
    RayServiceSpec,
    RayStartParams,
    ServeApplication,
    ServeDeployment,
    Submitter,
    Volume,
)
from rayform.spec.model import Spec


def refusal(kind: type[Spec], **fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        kind(**fields)
    (error,) = caught.value.errors()
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


def test_a_volume_has_one_source() -> None:
    message = ": Value error, {} sources given, a volume has one; give exactly one of them"

    assert refusal(Volume, name="v") == message.format(0)
    assert refusal(Volume, name="v", empty_dir=EmptyDir(), ephemeral=ClaimTemplate(size=1)) == message.format(2)


@pytest.mark.parametrize("fields", [{}, {"http_path": "/"}, {"command": ["x"], "port": 1}])
def test_a_probe_asks_one_way(fields: dict[str, Any]) -> None:
    assert refusal(Probe, **fields) == (
        ": Value error, neither one command nor one port given; give command, or port with or without http_path"
    )


@pytest.mark.parametrize("fields", [{}, {"secret": "s", "config_map": "c"}])
def test_variables_come_from_one_place(fields: dict[str, Any]) -> None:
    assert refusal(EnvFrom, **fields) == (
        ": Value error, neither one Secret nor one ConfigMap given; give exactly one of the two"
    )


def test_a_known_flag_has_its_field() -> None:
    assert refusal(RayStartParams, other={"num-cpus": "1", "port": "2", "mine": "3"}) == (
        ": Value error, num-cpus, port given in other, which has a field of its own; set num_cpus"
    )


def test_a_known_flag_may_say_what_its_field_cannot() -> None:
    other = {"num-cpus": "$CPUS", "resources": '"{}"'}

    assert RayStartParams(other=other).other == other
    assert refusal(RayStartParams, num_cpus=1, other=other) == (
        ": Value error, num-cpus given in other, which has a field of its own; set num_cpus"
    )


def test_the_cluster_of_a_job_has_no_name_of_its_own() -> None:
    assert refusal(RayJobSpec, ray_cluster_spec=cluster(namespace="ml", accepts=["auth-off"])) == (
        ": Value error, ray_cluster_spec.accepts: the cluster of a job is no object of its own; set it on the job"
    )


def test_the_cluster_of_a_service_has_no_name_of_its_own() -> None:
    message = "ray_cluster_config.name: the cluster of a service is no object of its own; set it on the service"

    assert refusal(RayServiceSpec, ray_cluster_config=cluster(name="x")) == f": Value error, {message}"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"namespace": "ml"},
            "job_template.namespace: the job of a schedule is no object of its own; set it on the schedule",
        ),
        ({"wait": "created"}, "job_template.wait: an update cannot wait for what starts later; leave it out"),
    ],
)
def test_the_job_of_a_schedule_is_no_object(fields: dict[str, Any], message: str) -> None:
    assert refusal(RayCronJobSpec, schedule="@daily", job_template=job(**fields)) == f": Value error, {message}"


def test_a_known_word_of_serve_has_its_field() -> None:
    assert refusal(ServeDeployment, name="Chat", other={"user_config": {}, "mine": 1}) == (
        ": Value error, user_config given in other, which has a field of its own; set user_config"
    )


def test_a_configuration_known_later_is_text_as_a_whole() -> None:
    later = pulumi.Output.from_input("secret")

    assert refusal(ServeApplication, import_path="a:b", args={"key": later}) == (
        "args.key: input was not a valid JSON value"
    )
    assert service(serve_config_v2=later).serve_config_v2 is later
    assert schedule().job_template.wait == "finished"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"workers": [{"name": "gpu", "gpus": "2"}]}, "workers.0.gpus"),
        ({"workers": [{"name": "gpu", "min_replicas": -1}]}, "workers.0.min_replicas"),
        ({"workers": [{"name": "GPU"}]}, "workers.0.name"),
        ({"head": {"memory": "16gi"}}, "head.memory"),
        ({"auth_options": {"mode": "tokens"}}, "auth_options.mode"),
        ({"upgrade_strategy": {"type": "Rolling"}}, "upgrade_strategy.type"),
        ({"network_policy": {"mode": "Deny"}}, "network_policy.mode"),
        ({"managed_by": "me"}, "managed_by"),
        ({"namespace": "A"}, "namespace"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(fields: dict[str, Any], path: str) -> None:
    assert refusal(RayClusterSpec, **{"ray_version": "2.60.0", "head": {}} | fields).startswith(f"{path}: ")


def test_a_job_knows_its_modes() -> None:
    assert refusal(RayJobSpec, submission_mode="K8SJobMode") == (
        "submission_mode: Input should be 'K8sJobMode', 'HTTPMode', 'InteractiveMode' or 'SidecarMode'"
    )


def test_a_submitter_is_sized_where_nothing_says_otherwise() -> None:
    assert (Submitter().cpu, Submitter().memory, Submitter().restart_policy) == ("500m", "1Gi", "Never")
    assert (Submitter(cpu=None).cpu, Submitter(memory="2Gi").memory) == (None, "2Gi")


def test_specs_are_made_of_plain_mappings_too() -> None:
    plain = cluster().model_dump(exclude_defaults=True)

    assert RayClusterSpec.model_validate(plain) == cluster()


def test_values_known_at_deploy_time_are_outputs() -> None:
    later = pulumi.Output.from_input("later")
    spec = job(
        ray_cluster_spec=cluster(image=later, head=head(env={"A": later}), workers=[group(image_pull_secrets=[later])])
    )

    assert spec.ray_cluster_spec is not None
    assert spec.ray_cluster_spec.image is later
