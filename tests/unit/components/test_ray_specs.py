"""Shapes that specs refuse on their own, before any rule."""

from typing import Any

import pulumi
import pytest
from ray_builders import cluster, group, head, job, schedule, service
from rayform.components import (
    ClaimTemplate,
    EmptyDir,
    EnvFrom,
    PodField,
    Probe,
    RayClusterSpec,
    RayCronJobSpec,
    RayJobSpec,
    RayServiceSpec,
    RayStartParams,
    ResourceField,
    SecretKey,
    ServeApplication,
    ServeDeployment,
    Submitter,
    Volume,
)
from rayform.spec.model import Spec
from rayform.spec.refusal import RefusedError


def refusal(kind: type[Spec], **fields: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        kind(**fields)
    (refusal,) = caught.value.refusals
    return str(refusal)


def test_a_volume_has_one_source() -> None:
    message = "{} sources asked, a volume has one; give exactly one of them"

    assert refusal(Volume, name="v") == message.format(0)
    assert refusal(Volume, name="v", empty_dir=EmptyDir(), ephemeral=ClaimTemplate(size=1)) == message.format(2)


@pytest.mark.parametrize("fields", [{}, {"http_path": "/"}, {"command": ["x"], "port": 1}])
def test_a_probe_asks_one_way(fields: dict[str, Any]) -> None:
    assert refusal(Probe, **fields) == (
        "neither one command nor one port asked, a probe asks one way; give command, or port with or without http_path"
    )


def test_variables_come_from_one_place() -> None:
    why = "variables come from one of the two; give exactly one"

    assert refusal(EnvFrom) == f"neither a Secret nor a ConfigMap asked, {why}"
    assert refusal(EnvFrom, secret="s", config_map="c") == f"both a Secret and a ConfigMap asked, {why}"


def test_a_pod_is_told_of_itself_what_it_can_be_told() -> None:
    wrong = refusal(PodField, field_path="status.podIp")

    assert wrong.startswith("field_path: 'status.podIp' asked, a pod can be told few of its own fields; write one of ")
    assert refusal(ResourceField, resource="cpu") == (
        "resource: 'cpu' asked, a container can be told few of its amounts; write limits or requests, a dot, and cpu, "
        "memory, ephemeral-storage or hugepages-2Mi: limits.memory"
    )
    assert PodField(field_path="metadata.labels['ray.io/group']").field_path.endswith("group']")


def test_a_secret_is_called_as_objects_are() -> None:
    assert refusal(SecretKey, secret="My_Secret", key="a") == (
        "secret: 'My_Secret' asked, it is no such name; use at most 253 lower case letters, digits, dashes and dots"
    )


def test_a_known_flag_has_its_field() -> None:
    assert refusal(RayStartParams, other={"num-cpus": "1", "port": "2", "mine": "3"}) == (
        "other: num-cpus, port asked, there is a field for it; set num_cpus"
    )


def test_a_known_flag_may_say_what_its_field_cannot() -> None:
    other = {"num-cpus": "$CPUS", "resources": '"{}"'}

    assert RayStartParams(other=other).other == other
    assert refusal(RayStartParams, num_cpus=1, other=other) == (
        "other: num-cpus asked, there is a field for it; set num_cpus"
    )


def test_the_cluster_of_a_job_has_no_name_of_its_own() -> None:
    assert refusal(RayJobSpec, ray_cluster_spec=cluster(namespace="ml", accepts=["auth-off"])) == (
        "ray_cluster_spec.accepts: asked, the cluster of a job is no object of its own; set it on the job"
    )


def test_the_cluster_of_a_service_has_no_name_of_its_own() -> None:
    message = "ray_cluster_config.name: asked, the cluster of a service is no object of its own; set it on the service"

    assert refusal(RayServiceSpec, ray_cluster_config=cluster(name="x")) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"namespace": "ml"},
            "job_template.namespace: asked, the job of a schedule is no object of its own; set it on the schedule",
        ),
        ({"wait": "created"}, "job_template.wait: asked, an update cannot wait for what starts later; leave it out"),
    ],
)
def test_the_job_of_a_schedule_is_no_object(fields: dict[str, Any], message: str) -> None:
    assert refusal(RayCronJobSpec, schedule="@daily", job_template=job(**fields)) == message


def test_a_known_word_of_serve_has_its_field() -> None:
    assert refusal(ServeDeployment, name="Chat", other={"user_config": {}, "mine": 1}) == (
        "other: user_config asked, there is a field for it; set user_config"
    )


def test_a_configuration_known_later_is_text_as_a_whole() -> None:
    later = pulumi.Output.from_input("secret")

    assert refusal(ServeApplication, import_path="a:b", args={"key": later}) == (
        "args[key]: an Output asked, it has to be known when the program runs; give the plain value"
    )
    assert service(serve_config_v2=later).serve_config_v2 is later
    assert schedule().job_template.wait == "finished"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"workers": [{"name": "gpu", "gpus": "2"}]}, "workers[gpu].gpus"),
        ({"workers": [{"name": "gpu", "min_replicas": -1}]}, "workers[gpu].min_replicas"),
        ({"workers": [{"name": "GPU"}]}, "workers[GPU].name"),
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
        "submission_mode: 'K8SJobMode' asked, it is 'K8sJobMode', 'HTTPMode', 'InteractiveMode' or 'SidecarMode'; "
        "did you mean 'K8sJobMode'?"
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
