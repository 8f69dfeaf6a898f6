"""From a spec to a manifest that may be sent, or to all the reasons why not."""

from typing import Any

import pytest
from ray_builders import A10G, cluster, cluster_manifest, group, head, job
from rayform.components import RefusedError, UnsupportedVersionError, ValueFrom
from rayform.components.ray.check import checked_cluster, checked_job, judged
from rayform.components.ray.manifest import ray_cluster, ray_job
from rayform.components.ray.placement import by_name
from rayform.components.ray.rules import Operator

OPERATOR = Operator.assumed()


def test_what_is_right_is_rendered() -> None:
    spec = cluster(workers=[group(pool="a10g")])
    checked = checked_cluster("train", spec, OPERATOR, [A10G])

    assert checked.manifest == ray_cluster("train", spec, by_name([A10G]))
    assert checked.warnings == ()
    assert checked_job("nightly", job(), OPERATOR).manifest == ray_job("nightly", job())


def test_two_pools_of_one_name_are_refused() -> None:
    spec = cluster(workers=[group(pool="a10g")])
    assert checked_cluster("train", spec, OPERATOR, [A10G, A10G]).warnings == ()

    with pytest.raises(RefusedError) as caught:
        checked_cluster("train", spec, OPERATOR, [A10G, A10G.model_copy(update={"max_nodes": 9})])
    assert str(caught.value) == (
        "RayCluster train: pools: two called a10g asked, groups ask for a pool by its name; rename one"
    )


def test_all_reasons_come_at_once() -> None:
    runs = [{"name": "ray-worker", "env": [{"name": "A", "value": "2"}]}]
    pod = {"spec": {"securityContext": {"runAsUser": 500}, "containers": runs}}
    spec = cluster(ray_version="2.40.0", workers=[group(pool="a10g", gpus=8, pod=pod, env={"A": "1"})])
    with pytest.raises(RefusedError) as caught:
        checked_cluster("train", spec, OPERATOR, [A10G])

    lines = str(caught.value).splitlines()
    assert [line.partition(" asked")[0] for line in lines] == [
        "RayCluster train: workers[gpu].gpus: 8 GPUs",
        "RayCluster train: workers[gpu].pod: spec.securityContext.runAsUser 500",
        "RayCluster train: workers[gpu].pod: spec.containers[ray-worker].env[A].value something",
        "RayCluster train: ray_version: token authentication",
        "RayCluster train: ray_version: Ray 2.40.0",
    ]
    assert lines[1].endswith(" asked, the typed fields say 1000; say it in one of the two places")
    assert lines[2].endswith(" asked, the typed fields say something; say it in one of the two places")


def test_a_job_is_refused_under_its_own_name() -> None:
    with pytest.raises(RefusedError) as caught:
        checked_job("nightly", job(entrypoint=""), OPERATOR)

    assert caught.value.subject == "RayJob nightly"
    assert [refusal.path for refusal in caught.value.refusals] == ["entrypoint"]


def test_warnings_do_not_stop_an_object() -> None:
    checked = checked_cluster("train", cluster(head=head(service_type="NodePort")), OPERATOR)

    assert [warning.path for warning in checked.warnings] == ["head.service_type"]


def test_an_accepted_rule_is_silent() -> None:
    spec = cluster(head=head(service_type="NodePort"), accepts=["head-exposed"])

    assert checked_cluster("train", spec, OPERATOR).warnings == ()


def test_a_rule_that_may_not_be_broken_cannot_be_accepted() -> None:
    with pytest.raises(RefusedError, match=r"annotations\[rayform/accepts\]: 'dashboard-port' asked"):
        checked_cluster("train", cluster(accepts=["dashboard-port"]), OPERATOR)


def test_a_manifest_of_anybody_is_judged() -> None:
    with pytest.raises(RefusedError, match="RayCluster train: workers"):
        judged("RayCluster train", cluster_manifest(**{"spec workerGroupSpecs 0 minReplicas": 9}), OPERATOR)


@pytest.mark.parametrize(
    "manifest",
    [
        {},
        {"kind": "RayCluster"},
        {"kind": "RayCluster", "spec": "text", "metadata": []},
        {"kind": "RayCluster", "spec": {"headGroupSpec": [], "workerGroupSpecs": [1, {"template": 3}]}},
        {"kind": "RayJob", "spec": {"rayClusterSpec": 1, "deletionStrategy": [], "clusterSelector": "x"}},
        {"kind": "RayJob", "spec": {"deletionStrategy": {"deletionRules": [[], {"condition": 3}]}}},
    ],
)
def test_no_shape_is_too_odd_to_be_judged(manifest: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        judged("it", manifest, OPERATOR)


def test_the_operator_is_known_by_its_version() -> None:
    assert Operator.assumed("1.7.0", {"RayClusterMTLS": True}).gates["RayClusterMTLS"] is True
    assert Operator.assumed("1.7.0").gates["RayClusterMTLS"] is False
    assert Operator.met(None) == Operator.assumed()
    with pytest.raises(UnsupportedVersionError, match=r"KubeRay: version 0\.9 asked"):
        Operator.assumed("0.9")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        (
            {"head": head(env={"A": ValueFrom(reference={"secretKeyReff": {}})})},
            "head.env[A].value_from.secret_key_reff",
        ),
        ({"workers": [group(env={"A": ValueFrom(reference={})})]}, "workers[gpu].env[A].value_from"),
        (
            {"head": head(enable_ingress=True, ingress_options={"tls": [{"hosts": "a"}]})},
            "head.ingress_options.tls[0].hosts",
        ),
        (
            {"network_policy": {"head": {"ingress_rules": [{"form": []}]}}},
            "network_policy.head.ingress_rules[0].form",
        ),
        (
            {"network_policy": {"worker": {"egress_rules": [{"to": [{"ipBlock": {"cidr": "10"}}]}]}}},
            "network_policy.worker.egress_rules[0].to[0].ip_block.cidr",
        ),
        (
            {"gcs_fault_tolerance_options": {"redis_address": "a:1", "redis_password": ValueFrom(reference={"a": 1})}},
            "gcs_fault_tolerance_options.redis_password.value_from.a",
        ),
    ],
)
def test_what_a_spec_says_in_the_words_of_kubernetes_is_judged_by_path(fields: dict[str, Any], path: str) -> None:
    open_gates = Operator.assumed("1.7.0", {"RayClusterNetworkPolicy": True})
    with pytest.raises(RefusedError) as caught:
        checked_cluster("train", cluster(**fields), open_gates)

    assert path in [refusal.path for refusal in caught.value.refusals]
