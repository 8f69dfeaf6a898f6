"""The rarer words of the engine's protocol."""

import pulumi
import pulumi_kubernetes as k8s
import pytest
from pulumi.runtime import register_invoke_transform
from pulumi.runtime.resource import exists_resource
from pulumi.runtime.settings import register_package
from rayform.lab.testing import UnexpectedLookupError, run

NAMESPACE = "kubernetes:core/v1:Namespace"
URN = "urn:pulumi:stack::project::"


def asked_for() -> None:
    found = exists_resource(None, NAMESPACE, "ray", {}, pulumi.ResourceOptions())
    pulumi.export("exists", found)


@pytest.mark.parametrize(("answer", "exists"), [({"metadata": {}}, True), ({}, False)])
def test_a_resource_exists_when_the_test_provides_it(answer: dict[str, object], *, exists: bool) -> None:
    assert run(asked_for, lookups={NAMESPACE: answer}).outputs == {"exists": exists}


def test_asking_whether_a_resource_exists_is_a_look_up() -> None:
    with pytest.raises(UnexpectedLookupError) as caught:
        run(asked_for)

    assert (caught.value.kind, caught.value.key, caught.value.arguments) == ("exists", NAMESPACE, {"id": "ray"})


def test_a_registered_resource_is_found_again_by_its_urn() -> None:
    async def program() -> None:
        namespace = k8s.core.v1.Namespace("ns", metadata={"name": "ray"})
        urn = await namespace.urn.future()
        again = k8s.core.v1.Namespace("ns", opts=pulumi.ResourceOptions(urn=urn))
        pulumi.export("again", [again.id, again.metadata.name])

    recorded = run(program)

    assert recorded.outputs == {"again": ["ns-id", "ray"]}
    assert recorded.one().urn == f"{URN}{NAMESPACE}::ns"


def test_transforms_of_invokes_are_recorded() -> None:
    def transform(_given: object) -> None:
        raise AssertionError("run")

    assert run(lambda: register_invoke_transform(transform)).transforms == (transform,)


def test_error_hooks_are_recorded_by_name() -> None:
    def program() -> None:
        again = pulumi.ErrorHook("again", lambda _given: True)
        options = pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(on_error=[again]))
        k8s.core.v1.Namespace("ns", opts=options)

    recorded = run(program)

    assert recorded.hooks == ("again",)
    assert recorded.one().options.hooks == {"on_error": ("again",)}


def test_a_package_gets_a_reference() -> None:
    async def program() -> None:
        pulumi.export("reference", await register_package("kubernetes", "4.34.2", "", "kuberay", "1.7.0", ""))

    assert run(program).outputs == {"reference": "kubernetes@4.34.2"}


def test_a_required_version_of_the_engine_is_accepted() -> None:
    assert run(lambda: pulumi.runtime.settings.require_pulumi_version(">=99.0.0")).resources == ()


def test_an_alias_under_another_parent_names_it() -> None:
    def program() -> None:
        room = pulumi.ComponentResource("acme:index:Room", "room")
        alias = pulumi.Alias(name="old", parent=room)
        k8s.core.v1.Namespace("ns", opts=pulumi.ResourceOptions(aliases=[alias]))

    assert run(program).one(name="ns").options.aliases == ({"name": "old", "parent": f"{URN}acme:index:Room::room"},)
