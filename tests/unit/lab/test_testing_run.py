"""What a run records, in both modes."""

from pathlib import Path
from typing import Any

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.lab.testing import UNKNOWN, Secret, SettingError, run

NAMESPACE = "kubernetes:core/v1:Namespace"
RAY_CLUSTER = "kubernetes:ray.io/v1:RayCluster"


def ray_cluster(name: str, spec: dict[str, Any] | None = None, **options: Any) -> k8s.apiextensions.CustomResource:
    return k8s.apiextensions.CustomResource(
        name,
        api_version="ray.io/v1",
        kind="RayCluster",
        spec=spec or {},
        opts=pulumi.ResourceOptions(**options),
    )


class Platform(pulumi.ComponentResource):
    def __init__(self, name: str) -> None:
        super().__init__("acme:index:Platform", name, {"size": 3})
        child = pulumi.ResourceOptions(parent=self)
        namespace = k8s.core.v1.Namespace(f"{name}-namespace", metadata={"name": name}, opts=child)
        self.register_outputs({"namespace": namespace.metadata.name, "size": 3})


def test_resources_come_in_program_order() -> None:
    names = [f"cluster-{number:02}" for number in range(40)]

    def program() -> None:
        for name in names:
            ray_cluster(name)

    assert [resource.name for resource in run(program).resources] == names


def test_a_custom_resource_is_recorded_with_its_plain_inputs() -> None:
    recorded = run(lambda: ray_cluster("train", {"rayVersion": "2.60.0", "groups": [{"replicas": 3, "share": 0.5}]}))

    assert recorded.one(RAY_CLUSTER).inputs == {
        "apiVersion": "ray.io/v1",
        "kind": "RayCluster",
        "spec": {"rayVersion": "2.60.0", "groups": [{"replicas": 3, "share": 0.5}]},
    }


def test_a_secret_leaf_leaves_the_rest_of_the_spec_visible() -> None:
    recorded = run(lambda: ray_cluster("train", {"rayVersion": "2.60.0", "token": pulumi.Output.secret("hush")}))

    assert recorded.one(RAY_CLUSTER).inputs["spec"] == {"rayVersion": "2.60.0", "token": Secret("hush")}


def test_urns_are_spelled_as_the_engine_spells_them() -> None:
    recorded = run(lambda: Platform("dev"), project="acme", stack="prod")

    assert [resource.urn for resource in recorded.resources] == [
        "urn:pulumi:prod::acme::acme:index:Platform::dev",
        "urn:pulumi:prod::acme::acme:index:Platform$kubernetes:core/v1:Namespace::dev-namespace",
    ]


def test_a_component_keeps_what_it_registered_as_outputs() -> None:
    recorded = run(lambda: Platform("dev"), outputs={NAMESPACE: {"metadata": {"name": "dev-x1"}}})
    platform = recorded.one("acme:index:Platform")

    assert platform.outputs == {"namespace": "dev-x1", "size": 3}
    assert (platform.custom, platform.id, platform.parent) == (False, None, None)
    assert [child.name for child in recorded.children(platform)] == ["dev-namespace"]


def test_outputs_reach_the_program_in_an_update() -> None:
    def program() -> None:
        pulumi.export("state", ray_cluster("train").id)

    recorded = run(program, outputs={RAY_CLUSTER: lambda inputs: {"id": f"ray/{inputs['kind']}"}})

    assert recorded.outputs == {"state": "ray/RayCluster"}
    assert recorded.one(RAY_CLUSTER).id == "ray/RayCluster"


def test_ids_and_provider_made_outputs_are_unknown_in_a_preview() -> None:
    def program() -> None:
        namespace = k8s.core.v1.Namespace("ns", metadata={"name": "ray"})
        pulumi.export("id", namespace.id)
        pulumi.export("status", namespace.status)
        pulumi.export("name", namespace.metadata.name)

    recorded = run(program, preview=True, outputs={NAMESPACE: {"status": {"phase": "Active"}}})

    assert recorded.outputs == {"id": UNKNOWN, "status": UNKNOWN, "name": "ray"}
    assert recorded.one(NAMESPACE).id is None


def test_an_unknown_input_is_unknown() -> None:
    def program() -> None:
        namespace = k8s.core.v1.Namespace("ns")
        ray_cluster("train", {"owner": namespace.id})

    assert run(program, preview=True).one(RAY_CLUSTER).inputs["spec"] == {"owner": UNKNOWN}


def test_an_additional_secret_output_is_secret() -> None:
    def program() -> None:
        pulumi.export("kind", ray_cluster("train", additional_secret_outputs=["kind"]).kind)

    assert run(program).outputs == {"kind": Secret("RayCluster")}


def test_an_async_program_is_awaited() -> None:
    async def program() -> None:
        namespace = k8s.core.v1.Namespace("ns")
        ray_cluster(f"of-{await namespace.id.future()}")

    assert [resource.name for resource in run(program).all(RAY_CLUSTER)] == ["of-ns-id"]


def test_a_program_file_is_run_as_main(tmp_path: Path) -> None:
    file = tmp_path / "__main__.py"
    file.write_text("import pulumi\npulumi.export('main', __name__)\n")

    assert run(file).outputs == {"main": "__main__"}
    assert run(tmp_path).outputs == {"main": "__main__"}


def test_configuration_is_read_with_its_secrets() -> None:
    def program() -> None:
        config = pulumi.Config()
        pulumi.export("nodes", config.require_int("nodes"))
        pulumi.export("token", config.require_secret("token"))
        pulumi.export("region", pulumi.Config("aws").require("region"))
        pulumi.export("pools", config.require_object("pools"))

    config = {"nodes": 3, "token": "hush", "aws:region": "eu-west-1", "pools": [{"name": "a10g"}]}

    assert run(program, config=config, secrets=("token",)).outputs == {
        "nodes": 3,
        "token": Secret("hush"),
        "region": "eu-west-1",
        "pools": [{"name": "a10g"}],
    }


def test_a_secret_that_is_not_configured_is_refused() -> None:
    with pytest.raises(SettingError) as caught:
        run(lambda: None, config={"tokn": "x"}, secrets=("token",), project="acme")

    assert str(caught.value) == "secrets: acme:token asked, not among the keys of config; add them there"


def test_logs_are_kept_with_severity_and_resource() -> None:
    def program() -> None:
        pulumi.log.info("begin")
        pulumi.log.warn("odd", k8s.core.v1.Namespace("ns"))

    logs = run(program).logs

    assert [(entry.severity, entry.message, entry.urn) for entry in logs] == [
        ("info", "begin", None),
        ("warning", "odd", "urn:pulumi:stack::project::kubernetes:core/v1:Namespace::ns"),
    ]


@pytest.mark.parametrize("token", ["kubernetes:core/v1:namespace", "kubernetes:core:Namespace"])
def test_outputs_of_a_type_that_the_program_spells_otherwise_are_refused(token: str) -> None:
    with pytest.raises(SettingError) as caught:
        run(lambda: k8s.core.v1.Namespace("ray"), outputs={token: {"id": "1"}})

    assert str(caught.value) == f"outputs: {token} asked, the program registers {NAMESPACE}; write it so"


def test_outputs_of_types_that_a_program_does_without_are_left_alone() -> None:
    assert run(lambda: k8s.core.v1.Namespace("ray"), outputs={RAY_CLUSTER: {"id": "1"}}).one(NAMESPACE)


@pytest.mark.parametrize("answer", [None, ["a"]])
def test_an_answer_that_is_no_mapping_is_refused(answer: Any) -> None:
    with pytest.raises(SettingError) as caught:
        run(lambda: k8s.core.v1.Namespace("ray"), outputs={NAMESPACE: lambda _: answer})

    told = f"outputs[{NAMESPACE}]: {answer!r} answered, it is a mapping of properties; give one, {{}} for nothing"
    assert str(caught.value) == told


@pytest.mark.parametrize("program", [None, "__main__.py", Path("/nowhere/__main__.py")])
def test_a_program_that_is_none_is_refused(program: Any) -> None:
    with pytest.raises(SettingError) as caught:
        run(program)

    remedy = "give a function, or the pathlib.Path of a program that is there"
    assert str(caught.value) == f"program: {program!r} asked, it is neither a function nor a program's path; {remedy}"
