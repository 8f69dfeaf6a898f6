"""Resource options as recorded."""

from typing import Any, Never

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.lab.testing import Options, run

URN = "urn:pulumi:stack::project::"
NAMESPACE = f"{URN}kubernetes:core/v1:Namespace::"


def namespace(name: str = "ns", **options: Any) -> k8s.core.v1.Namespace:
    return k8s.core.v1.Namespace(name, metadata={"name": name}, opts=pulumi.ResourceOptions(**options))


def options(**given: Any) -> Options:
    return run(lambda: namespace(**given)).one().options


def test_a_resource_without_options_has_the_defaults() -> None:
    assert options(version="4.34.2") == Options(version="4.34.2")


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ({"protect": True}, {"protect": True}),
        ({"retain_on_delete": True}, {"retain_on_delete": True}),
        ({"ignore_changes": ["metadata"]}, {"ignore_changes": ("metadata",)}),
        ({"replace_on_changes": ["spec"]}, {"replace_on_changes": ("spec",)}),
        ({"hide_diffs": ["status"]}, {"hide_diffs": ("status",)}),
        ({"additional_secret_outputs": ["status"]}, {"additional_secret_outputs": ("status",)}),
        ({"delete_before_replace": False}, {"delete_before_replace": False}),
        ({"import_": "ray"}, {"import_id": "ray"}),
        (
            {"custom_timeouts": pulumi.CustomTimeouts(create="10m", delete="1h")},
            {"custom_timeouts": {"create": "10m", "delete": "1h"}},
        ),
    ],
)
def test_a_plain_option_is_recorded_as_given(given: dict[str, Any], recorded: dict[str, Any]) -> None:
    assert options(version="4.34.2", **given) == Options(version="4.34.2", **recorded)


def test_aliases_say_what_differs() -> None:
    root = pulumi.Alias(name="old", parent=pulumi.ROOT_STACK_RESOURCE)

    assert options(aliases=["urn:pulumi:a::b::c:d:E::e", pulumi.Alias(name="old"), root]).aliases == (
        "urn:pulumi:a::b::c:d:E::e",
        {"name": "old"},
        {"name": "old", "parent": None},
    )


def test_the_provider_is_recorded_by_urn() -> None:
    def program() -> None:
        namespace(provider=k8s.Provider("there", kubeconfig="{}"))

    recorded = run(program, preview=True)

    assert recorded.one(name="ns").options.provider == recorded.one("pulumi:providers:kubernetes").urn


def test_a_parent_hands_down_what_children_inherit() -> None:
    def program() -> None:
        parent = pulumi.ComponentResource("acme:index:Room", "room", {}, pulumi.ResourceOptions(protect=True))
        namespace(parent=parent)

    assert run(program).one(name="ns").options.protect is True


def test_explicit_and_implicit_dependencies_are_both_there() -> None:
    def program() -> None:
        first, second = namespace("first"), namespace("second")
        k8s.core.v1.ConfigMap("map", data={"id": second.id}, opts=pulumi.ResourceOptions(depends_on=[first]))

    recorded = run(program).one(name="map")

    assert recorded.depends_on == (f"{NAMESPACE}first", f"{NAMESPACE}second")
    assert recorded.via == {"data": (f"{NAMESPACE}second",)}


def test_depending_on_a_component_means_its_resources() -> None:
    def program() -> None:
        room = pulumi.ComponentResource("acme:index:Room", "room", {})
        namespace("inside", parent=room)
        namespace("after", depends_on=[room])

    assert run(program).one(name="after").depends_on == (f"{URN}acme:index:Room$kubernetes:core/v1:Namespace::inside",)


def test_identities_of_other_resources_are_urns() -> None:
    def program() -> None:
        first = namespace("first")
        namespace("second", deleted_with=first, replace_with=[first], replacement_trigger={"version": 2})

    recorded = run(program).one(name="second").options

    assert (recorded.deleted_with, recorded.replace_with) == (f"{NAMESPACE}first", (f"{NAMESPACE}first",))
    assert recorded.replacement_trigger == {"version": 2}


def test_transforms_are_recorded_and_not_run() -> None:
    def transform(_arguments: object) -> Never:
        raise AssertionError("run")

    def program() -> None:
        pulumi.runtime.register_resource_transform(transform)
        namespace(transforms=[transform])

    recorded = run(program)

    assert recorded.transforms == (transform,)
    assert recorded.one().options.transforms == (transform,)


def test_hooks_are_recorded_by_name() -> None:
    def program() -> None:
        hook = pulumi.ResourceHook("drain", lambda _arguments: None)
        namespace(hooks=pulumi.ResourceHookBinding(before_delete=[hook]))

    recorded = run(program)

    assert recorded.hooks == ("drain",)
    assert recorded.one().options.hooks == {"before_delete": ("drain",)}
