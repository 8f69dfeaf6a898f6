"""ExistingCluster as the engine sees it."""

import json
from typing import Any

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.infra import Cluster, ExistingCluster, KubeconfigError
from rayform.lab.testing import Recorded, Secret, assert_no_secret, run, run_both

PROVIDER = "pulumi:providers:kubernetes"
KUBECONFIG = json.dumps(
    {
        "current-context": "dev",
        "clusters": [{"name": "here", "cluster": {"server": "https://10.0.0.1:6443"}}],
        "users": [{"name": "me", "user": {"token": "hush-1"}}],
        "contexts": [{"name": "dev", "context": {"cluster": "here", "user": "me"}}],
    }
)


def declared(**given: Any) -> Recorded:
    def program() -> None:
        cluster: Cluster = ExistingCluster("dev", **given)
        k8s.core.v1.Namespace("ns", opts=pulumi.ResourceOptions(provider=cluster.provider))

    return run_both(program)


def test_a_kubeconfig_becomes_a_provider_that_survives_new_credentials() -> None:
    recorded = declared(kubeconfig=KUBECONFIG, context="dev")
    provider = recorded.one(PROVIDER)

    assert (provider.name, provider.parent) == ("dev-provider", recorded.one("rayform:infra:ExistingCluster").urn)
    assert provider.inputs["kubeconfig"] == Secret(KUBECONFIG)
    assert provider.inputs["context"] == "dev"
    assert provider.inputs["clusterIdentifier"] == "dev"
    assert json.loads(provider.inputs["kubeClientSettings"]) == {"qps": 100, "burst": 200}
    assert recorded.one(name="ns").options.provider == provider.urn


def test_a_plain_kubeconfig_is_kept_as_a_secret() -> None:
    assert_no_secret(declared(kubeconfig=KUBECONFIG), "hush-1")


def test_a_context_alone_selects_one_of_the_ambient_kubeconfig() -> None:
    provider = declared(context="dev").one(PROVIDER)

    assert "kubeconfig" not in provider.inputs
    assert provider.inputs["context"] == "dev"


def test_without_both_the_ambient_kubeconfig_is_used() -> None:
    recorded = declared()

    assert recorded.all(PROVIDER) == ()
    assert recorded.one(name="ns").options.provider is None


def test_a_plain_kubeconfig_is_refused_while_the_program_runs() -> None:
    with pytest.raises(KubeconfigError) as caught:
        run(lambda: ExistingCluster("dev", kubeconfig=KUBECONFIG, context="prod"))

    assert str(caught.value) == (
        "ExistingCluster dev: context: prod asked, the kubeconfig has dev; choose one of these"
    )


def test_a_kubeconfig_from_configuration_is_refused_without_a_traceback() -> None:
    def program() -> None:
        ExistingCluster("dev", kubeconfig=pulumi.Config().require_secret("kubeconfig"), context="prod")

    with pytest.raises(pulumi.RunError) as caught:
        run(program, config={"kubeconfig": KUBECONFIG}, secrets=("kubeconfig",))

    assert str(caught.value) == (
        "ExistingCluster dev: context: prod asked, the kubeconfig has dev; choose one of these"
    )


def test_a_kubeconfig_known_only_after_the_update_is_checked_then() -> None:
    def program() -> None:
        made = k8s.core.v1.ConfigMap("made", data={"kubeconfig": KUBECONFIG})
        cluster = ExistingCluster("dev", kubeconfig=made.id.apply(lambda _id: KUBECONFIG))
        pulumi.export("provider", cluster.provider)

    provider = run_both(program).one(PROVIDER)

    assert provider.inputs["kubeconfig"] == Secret(KUBECONFIG)
