"""Every object of the operator, exactly."""

from typing import Any

import pytest
from rayform.components.kuberay.manifest import after, before, deployment, namespace
from rayform.components.kuberay.rbac import cluster_rules, namespace_rules, scheduler_rules, user_rules
from rayform.components.kuberay.spec import KubeRayOperatorSpec

NAME = "kuberay-operator"
SELECTOR = {
    "app.kubernetes.io/name": NAME,
    "app.kubernetes.io/instance": NAME,
    "app.kubernetes.io/component": NAME,
}
LABELS = {**SELECTOR, "app.kubernetes.io/managed-by": "rayform"}
SUBJECT = {"kind": "ServiceAccount", "name": NAME, "namespace": "kuberay-system"}
RBAC = "rbac.authorization.k8s.io"


def spec(**fields: object) -> KubeRayOperatorSpec:
    return KubeRayOperatorSpec.model_validate(fields)


def objects(**fields: object) -> dict[str, dict[str, Any]]:
    """All objects but the Deployment, by role."""
    asked = spec(**fields)
    first = namespace(asked)
    return {**({"namespace": first} if first else {}), **dict(before(asked)), **dict(after(asked))}


def metadata(name: str = NAME, **more: Any) -> dict[str, Any]:
    return {"name": name, "namespace": "kuberay-system", "labels": LABELS, **more}


def test_the_default_objects_are_these() -> None:
    assert list(objects()) == [
        "namespace",
        "service-account",
        "cluster-role",
        "cluster-role-binding",
        "leader-election-role",
        "leader-election-role-binding",
        "network-policy",
        "metrics",
    ]


def test_the_namespace_is_restricted() -> None:
    levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}

    assert objects()["namespace"] == {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": "kuberay-system", "labels": {**LABELS, **levels}},
    }


def test_an_existing_namespace_is_left_alone() -> None:
    assert namespace(spec(create_namespace=False)) is None


def test_the_service_account_gives_its_token_to_no_other_pod() -> None:
    assert objects()["service-account"] == {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": metadata(),
        "automountServiceAccountToken": False,
    }


def test_an_existing_service_account_is_bound_and_not_made() -> None:
    found = objects(create_service_account=False, service_account_name="mine")

    assert "service-account" not in found
    assert found["cluster-role-binding"]["subjects"] == [{**SUBJECT, "name": "mine"}]
    assert deployment(spec(service_account_name="mine"))["spec"]["template"]["spec"]["serviceAccountName"] == "mine"


def test_the_cluster_role_is_upstreams() -> None:
    assert objects(version="1.7.0")["cluster-role"] == {
        "apiVersion": f"{RBAC}/v1",
        "kind": "ClusterRole",
        "metadata": {"name": NAME, "labels": LABELS},
        "rules": cluster_rules("1.7"),
    }


def test_the_cluster_role_is_bound_to_the_operator() -> None:
    assert objects()["cluster-role-binding"] == {
        "apiVersion": f"{RBAC}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": NAME, "labels": LABELS},
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": NAME},
        "subjects": [SUBJECT],
    }


def test_named_namespaces_get_roles_and_the_cluster_none() -> None:
    found = objects(watch_namespaces=["a", "b"])

    assert [role for role in found if "role" in role] == [
        "watched-a-role",
        "watched-a-role-binding",
        "watched-b-role",
        "watched-b-role-binding",
        "leader-election-role",
        "leader-election-role-binding",
    ]
    assert {body["kind"] for role, body in found.items() if "role" in role} == {"Role", "RoleBinding"}


def test_the_role_of_a_namespace_lies_there_and_serves_the_operator() -> None:
    found = objects(watch_namespaces=["a"])

    assert found["watched-a-role"] == {
        "apiVersion": f"{RBAC}/v1",
        "kind": "Role",
        "metadata": metadata(namespace="a"),
        "rules": namespace_rules("1.6"),
    }
    assert found["watched-a-role-binding"] == {
        "apiVersion": f"{RBAC}/v1",
        "kind": "RoleBinding",
        "metadata": metadata(namespace="a"),
        "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": NAME},
        "subjects": [SUBJECT],
    }


@pytest.mark.parametrize("fields", [{}, {"watch_namespaces": ["a"]}])
def test_a_batch_scheduler_adds_its_pod_groups(fields: dict[str, object]) -> None:
    role = "watched-a-role" if fields else "cluster-role"

    assert objects(batch_scheduler="volcano", **fields)[role]["rules"][-1:] == scheduler_rules("volcano")


def test_people_who_may_edit_or_view_a_namespace_may_do_so_with_ray() -> None:
    found = objects(aggregate_user_rights=True)
    joined = {
        role: found[f"user-role-{role}"]["metadata"]["labels"].keys() - LABELS.keys() for role in ("edit", "view")
    }

    assert joined == {
        "edit": {f"{RBAC}/aggregate-to-admin", f"{RBAC}/aggregate-to-edit"},
        "view": {f"{RBAC}/aggregate-to-view"},
    }
    assert found["user-role-view"]["metadata"]["name"] == f"{NAME}-view"
    assert found["user-role-view"]["rules"] == user_rules("view")


def test_the_leader_is_elected_in_the_operators_namespace() -> None:
    found = objects()

    assert found["leader-election-role"]["metadata"] == metadata(f"{NAME}-leader-election")
    assert found["leader-election-role-binding"]["roleRef"]["name"] == f"{NAME}-leader-election"


@pytest.mark.parametrize(
    ("fields", "absent"),
    [
        ({"leader_election": False}, "leader-election-role"),
        ({"create_rbac": False}, "cluster-role"),
        ({"create_rbac": False}, "leader-election-role-binding"),
        ({"metrics": None}, "metrics"),
        ({"operator_network_policy": None}, "network-policy"),
        ({}, "service-monitor"),
        ({}, "disruption-budget"),
        ({}, "config"),
    ],
)
def test_what_is_not_wanted_is_not_made(fields: dict[str, object], absent: str) -> None:
    assert absent not in objects(**fields)


def test_the_metrics_have_a_service() -> None:
    assert objects(metrics={"metrics_port": 9090})["metrics"] == {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(),
        "spec": {
            "type": "ClusterIP",
            "selector": SELECTOR,
            "ports": [{"name": "http", "port": 9090, "targetPort": "http", "protocol": "TCP"}],
        },
    }


def test_a_service_monitor_finds_that_service() -> None:
    asked = {"scrape_interval": "1m", "monitor_labels": {"release": "prometheus"}, "monitor_namespace": "monitoring"}

    assert objects(metrics={"service_monitor": asked})["service-monitor"] == {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "ServiceMonitor",
        "metadata": metadata(namespace="monitoring", labels={**LABELS, "release": "prometheus"}),
        "spec": {
            "endpoints": [{"port": "http", "path": "/metrics", "interval": "1m", "honorLabels": True}],
            "namespaceSelector": {"matchNames": ["kuberay-system"]},
            "selector": {"matchLabels": SELECTOR},
        },
    }


def test_a_service_monitor_lies_beside_the_operator_unless_asked_otherwise() -> None:
    monitor = objects(metrics={"service_monitor": {}})["service-monitor"]

    assert monitor["metadata"]["namespace"] == "kuberay-system"


def test_several_replicas_are_never_evicted_at_once() -> None:
    assert objects(replicas=2)["disruption-budget"] == {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": SELECTOR}},
    }


def test_only_metrics_are_let_in() -> None:
    assert objects()["network-policy"] == {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(),
        "spec": {
            "podSelector": {"matchLabels": SELECTOR},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"namespaceSelector": {}}], "ports": [{"port": 8080, "protocol": "TCP"}]}],
        },
    }


def test_metrics_are_let_in_from_named_namespaces_only() -> None:
    body = objects(operator_network_policy={"metrics_namespaces": ["monitoring"]})["network-policy"]["spec"]
    named = {"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["monitoring"]}

    assert body["ingress"][0]["from"] == [{"namespaceSelector": {"matchExpressions": [named]}}]


@pytest.mark.parametrize("rules", [[], [{"ports": [{"port": 443}]}]])
def test_what_the_operator_may_reach_is_limited_where_asked(rules: list[object]) -> None:
    body = objects(operator_network_policy={"operator_egress": rules})["network-policy"]["spec"]

    assert body["policyTypes"] == ["Ingress", "Egress"]
    assert body["egress"] == rules


def test_the_configuration_file_is_a_config_map() -> None:
    body = objects(ray_pods={"default_container_env": {"A": "b"}})["config"]

    assert body["metadata"] == metadata(f"{NAME}-config")
    assert list(body["data"]) == ["config.json"]
    assert '"defaultContainerEnvs"' in body["data"]["config.json"]


def test_everything_carries_the_common_labels_and_annotations() -> None:
    found = objects(common_labels={"team": "x"}, common_annotations={"note": "y"}, replicas=2)
    deployed = deployment(spec(common_labels={"team": "x"}, common_annotations={"note": "y"}))

    assert {body["metadata"]["labels"]["team"] for body in [*found.values(), deployed]} == {"x"}
    assert {body["metadata"]["annotations"]["note"] for body in [*found.values(), deployed]} == {"y"}


def test_the_account_carries_its_own_annotations_too() -> None:
    body = objects(common_annotations={"a": "1"}, service_account_annotations={"b": "2"})["service-account"]

    assert body["metadata"]["annotations"] == {"a": "1", "b": "2"}


def test_no_namespace_has_a_name_that_makes_two_objects_one() -> None:
    names = ["a", "role", "binding", "a-role", "leader-election", "cluster", "watched-a"]
    found = list(before(spec(watch_namespaces=names, aggregate_user_rights=True)))

    assert len(dict(found)) == len(found)


def test_a_second_operator_shares_no_name_with_the_first() -> None:
    first = {(body["kind"], body["metadata"]["name"]) for body in objects().values()}
    second = objects(operator_name="other", namespace="other-system")

    assert first.isdisjoint({(body["kind"], body["metadata"]["name"]) for body in second.values()})
    assert second["metrics"]["spec"]["selector"] != SELECTOR
