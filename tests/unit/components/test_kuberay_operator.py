"""The component: what it registers, in which order, and what it refuses before it registers anything."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.components import KubeRayOperator, KubeRayOperatorSpec, RefusedError, UnsupportedVersionError
from rayform.components.kuberay import manifest
from rayform.lab.testing import UNKNOWN, Recorded, Secret, assert_no_secret, assert_star, run, run_both

COMPONENT = "rayform:components:KubeRayOperator"
CRDS = "pulumi-python:dynamic/rayform:KubeRayCrds"
FULL: dict[str, Any] = {
    "version": "1.7.0",
    "replicas": 2,
    "watch_namespaces": ["a", "b"],
    "metrics": {"service_monitor": {}},
    "ray_pods": {"default_pod_labels": {"team": "x"}},
}


@dataclass
class Somewhere:
    """A cluster."""

    provider: k8s.Provider | None = None
    kubeconfig: pulumi.Output[str] | str | None = None
    context: str | None = None


def spec(**fields: Any) -> KubeRayOperatorSpec:
    return KubeRayOperatorSpec.model_validate(fields)


def recorded(**fields: Any) -> Recorded:
    return run_both(lambda: KubeRayOperator("kuberay", spec(**fields)))


def waits(found: Recorded, name: str) -> list[str]:
    """Names of what a resource waits for."""
    return [urn.rpartition("::")[2] for urn in found.one(name=name).depends_on]


@pytest.mark.parametrize("fields", [{}, FULL, {"create_namespace": False}], ids=["default", "full", "within"])
def test_every_object_is_sent_as_it_is_described(fields: dict[str, Any]) -> None:
    asked, found = spec(**fields), recorded(**fields)
    bodies = {**dict(manifest.before(asked)), "deployment": manifest.deployment(asked), **dict(manifest.after(asked))}
    namespace = manifest.namespace(asked)

    sent = {resource.name: resource.inputs for resource in found.resources if resource.type.startswith("kubernetes:")}

    assert sent == {
        f"kuberay-{role}": body for role, body in {**({"namespace": namespace} if namespace else {}), **bodies}.items()
    }


def test_everything_belongs_to_the_component() -> None:
    found = recorded(**FULL)
    component = found.one(COMPONENT)

    assert found.resources == (component, *found.children(component))


def test_the_order_is_a_star() -> None:
    found = recorded(**FULL)

    assert_star(found, longest=3)
    assert waits(found, "kuberay-namespace") == waits(found, "kuberay-crds") == []
    assert waits(found, "kuberay-watched-a-role") == ["kuberay-namespace"]
    assert waits(found, "kuberay-metrics") == waits(found, "kuberay-disruption-budget") == ["kuberay-deployment"]
    assert set(waits(found, "kuberay-deployment")) == {
        resource.name
        for resource in found.children(found.one(COMPONENT))
        if resource.name.rpartition("kuberay-")[2]
        not in {"deployment", "metrics", "service-monitor", "disruption-budget"}
    }


def test_the_operator_is_awaited_as_long_as_asked() -> None:
    timeouts = recorded(ready_timeout_seconds=90).one(name="kuberay-deployment").options.custom_timeouts

    assert timeouts == {"create": "90s", "update": "90s"}


def test_what_it_tells_others(*, preview: bool) -> None:
    found = run(lambda: KubeRayOperator("kuberay", spec(service_account_name="mine")), preview=preview)

    assert found.one(COMPONENT).outputs == {
        "version": "1.6.2",
        "namespace": "kuberay-system",
        "serviceAccount": "mine",
        "ready": UNKNOWN if preview else True,
    }


def test_its_version_and_gates_are_plain() -> None:
    told: list[object] = []

    def program() -> None:
        operator = KubeRayOperator("kuberay", spec(version="1.7.0", feature_gates={"RayCronJob": True}))
        told.extend((operator.version, operator.gates["RayCronJob"], operator.gates["RayClusterMTLS"]))

    run(program)

    assert told == ["1.7.0", True, False]


def test_without_a_spec_the_defaults_are_installed() -> None:
    found = run(lambda: KubeRayOperator("kuberay"))

    assert found.one(CRDS).inputs["version"] == "1.6.2"


@pytest.mark.parametrize(
    ("fields", "version"), [({}, "1.6.2"), ({"version": "1.7.0"}, "1.7.0"), ({"crds_version": "1.7.0"}, "1.7.0")]
)
def test_the_crds_have_the_version_that_is_asked_for(fields: dict[str, Any], version: str) -> None:
    assert recorded(**fields).one(CRDS).inputs["version"] == version


def test_crds_that_somebody_else_applies_are_not_declared() -> None:
    found = recorded(install_crds=False)

    assert found.all(CRDS) == ()
    assert "kuberay-crds" not in waits(found, "kuberay-deployment")


def test_a_cluster_takes_the_objects_and_the_crds() -> None:
    def program() -> None:
        provider = k8s.Provider("other", kubeconfig="text")
        KubeRayOperator("kuberay", cluster=Somewhere(provider, pulumi.Output.secret("hush-hush"), "prod"))

    found = run_both(program)

    provider = found.one("pulumi:providers:kubernetes")
    assert found.one(name="kuberay-deployment").options.provider == provider.urn
    assert found.one(name="kuberay-cluster-role").options.provider == provider.urn
    assert found.one(CRDS).inputs["kubeconfig"] == Secret("hush-hush")
    assert found.one(CRDS).inputs["context"] == "prod"
    assert_no_secret(found, "hush-hush")


def test_a_kubeconfig_that_only_the_update_knows_hides_nothing_from_the_preview() -> None:
    def program() -> None:
        made = k8s.core.v1.Secret("made")
        late = made.id.apply(lambda identity: f"kubeconfig of {identity}")
        KubeRayOperator("kuberay", cluster=Somewhere(kubeconfig=late))

    found = run_both(program)

    assert found.one(CRDS).inputs["kubeconfig"] == Secret("kubeconfig of made-id")


@pytest.mark.parametrize("how", ["provider", "providers", "parent"])
def test_a_provider_without_its_cluster_is_refused(how: str) -> None:
    def program() -> None:
        provider = k8s.Provider("other", kubeconfig="text")
        parent = pulumi.ComponentResource("a:b:C", "p", opts=pulumi.ResourceOptions(providers=[provider]))
        given = {"provider": provider, "providers": [provider], "parent": parent}
        KubeRayOperator("kuberay", opts=pulumi.ResourceOptions(**{how: given[how]}))

    with pytest.raises(RefusedError) as caught:
        run(program)

    assert str(caught.value) == (
        "KubeRayOperator kuberay: cluster: none given, and a provider of its own asked, the CRDs would go to the "
        "ambient kubeconfig's cluster; give the cluster of that provider, or set install_crds=False"
    )


def test_a_provider_of_another_kind_says_nothing_about_the_cluster() -> None:
    def program() -> None:
        parent = pulumi.ComponentResource("a:b:C", "p")
        KubeRayOperator("kuberay", opts=pulumi.ResourceOptions(parent=parent))

    assert run(program).one(COMPONENT).parent


def test_a_provider_is_enough_where_no_crds_are_applied() -> None:
    def program() -> None:
        provider = k8s.Provider("other", kubeconfig="text")
        KubeRayOperator("kuberay", spec(install_crds=False), opts=pulumi.ResourceOptions(provider=provider))

    assert run(program).one(name="kuberay-deployment").options.provider


def test_refusals_come_all_at_once_and_before_anything_is_declared() -> None:
    def program() -> None:
        with pytest.raises(RefusedError) as caught:
            KubeRayOperator("kuberay", spec(replicas=2, leader_election=False, namespace="default"))
        assert [refusal.path for refusal in caught.value.refusals] == ["namespace", "replicas"]
        assert str(caught.value).startswith("KubeRayOperator kuberay: namespace: default asked, ")

    assert run(program).resources == ()


def test_an_unknown_version_is_refused_before_anything_is_declared() -> None:
    def program() -> None:
        with pytest.raises(UnsupportedVersionError, match=r"^KubeRay: version 2\.0\.0 asked, known are "):
            KubeRayOperator("kuberay", spec(version="2.0.0"))

    assert run(program).resources == ()


def test_an_existing_operator_declares_nothing() -> None:
    def program() -> None:
        operator = KubeRayOperator.existing(version="1.7.0", gates={"RayCronJob": True})
        assert operator.gates["RayCronJob"] is True
        assert KubeRayOperator.existing(version="1.6.2").gates["RayCronJob"] is False

    assert run(program).resources == ()
