"""What a cluster becomes."""

from typing import Any

import pytest
from ray_builders import cluster, group, head
from rayform.components import (
    AuthOptions,
    AutoscalerOptions,
    CollectorOptions,
    GcsEmbeddedStorage,
    GcsFaultToleranceOptions,
    HistoryServerOptions,
    IngressOptions,
    NetworkPolicyConfig,
    NetworkPolicyRules,
    RayStartParams,
    ScaleStrategy,
    SecretKey,
    TLSOptions,
    UpgradeStrategy,
    WorkerGroupNetworkPolicyRules,
)
from rayform.components.ray.manifest import ray_cluster


def spec(**fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = ray_cluster("train", cluster(**fields))["spec"]
    return sent


def test_the_object_is_named_and_placed() -> None:
    named = {"name": "other", "namespace": "ml", "object_labels": {"a": "b"}, "object_annotations": {"c": "d"}}
    manifest = ray_cluster("train", cluster(**named, accepts=["auth-off", "head-exposed"]))

    assert (manifest["apiVersion"], manifest["kind"]) == ("ray.io/v1", "RayCluster")
    assert manifest["metadata"] == {
        "name": "other",
        "namespace": "ml",
        "labels": {"a": "b"},
        "annotations": {"c": "d", "rayform/accepts": "auth-off,head-exposed"},
    }
    assert ray_cluster("train", cluster())["metadata"] == {"name": "train"}


def test_a_cluster_asks_for_tokens_by_itself() -> None:
    assert spec()["authOptions"] == {"mode": "token"}
    assert spec(auth_options=AuthOptions(secret_name="t", enable_k8s_token_auth=False))["authOptions"] == {
        "mode": "token",
        "secretName": "t",
        "enableK8sTokenAuth": False,
    }
    assert "authOptions" not in spec(auth_options=None)


def test_images_follow_the_version_the_cluster_and_the_group() -> None:
    def images(**fields: Any) -> list[str]:
        sent = spec(workers=[group(), group(name="own", image="mine:1")], **fields)
        groups = [sent["headGroupSpec"], *sent["workerGroupSpecs"]]
        return [each["template"]["spec"]["containers"][0].get("image") for each in groups]

    assert images() == ["rayproject/ray:2.60.0", "rayproject/ray:2.60.0", "mine:1"]
    assert images(image="ours:1") == ["ours:1", "ours:1", "mine:1"]
    assert images(ray_version=None) == [None, None, "mine:1"]


def test_the_head_is_kept_free_of_tasks_where_there_are_workers() -> None:
    def flags(**fields: Any) -> Any:
        return spec(**fields)["headGroupSpec"].get("rayStartParams")

    assert flags() == {"num-cpus": "0"}
    assert flags(workers=[]) is None
    assert flags(head=head(reserved=False)) is None
    assert flags(head=head(resources={"CPU": "0"})) is None
    assert flags(head=head(ray_start_params=RayStartParams(num_cpus=2))) == {"num-cpus": "2"}


def test_flags_are_texts() -> None:
    flags = RayStartParams(
        include_dashboard=False,
        object_store_memory=10,
        resources={"tpu": 1.5},
        system_reserved_cpu=0.5,
        log_color="false",
        other={"redis-shard-ports": "6380"},
    )

    assert spec(workers=[group(ray_start_params=flags)])["workerGroupSpecs"][0]["rayStartParams"] == {
        "include-dashboard": "false",
        "object-store-memory": "10",
        "resources": "'{\"tpu\": 1.5}'",
        "system-reserved-cpu": "0.5",
        "log-color": "false",
        "redis-shard-ports": "6380",
    }


def test_a_group_has_its_numbers() -> None:
    numbers = {"replicas": 2, "num_of_hosts": 2, "idle_timeout_seconds": 0, "priority": -1, "suspend": False}
    sent = spec(workers=[group(**numbers, scale_strategy=ScaleStrategy(workers_to_delete=["pod-a"]))])
    (sent_group,) = sent["workerGroupSpecs"]

    assert {name: value for name, value in sent_group.items() if name != "template"} == {
        "groupName": "gpu",
        "replicas": 2,
        "minReplicas": 0,
        "maxReplicas": 4,
        "numOfHosts": 2,
        "idleTimeoutSeconds": 0,
        "priority": -1,
        "suspend": False,
        "scaleStrategy": {"workersToDelete": ["pod-a"]},
    }


def test_a_head_has_its_service_and_ingress() -> None:
    ingress = IngressOptions(host="ray.example", path_type="Prefix", tls=[{"hosts": ["ray.example"]}])
    sent = spec(
        head=head(service_type="NodePort", head_service={"spec": {}}, enable_ingress=True, ingress_options=ingress)
    )["headGroupSpec"]

    assert (sent["serviceType"], sent["headService"], sent["enableIngress"]) == ("NodePort", {"spec": {}}, True)
    assert sent["ingressOptions"] == {"host": "ray.example", "pathType": "Prefix", "tls": [{"hosts": ["ray.example"]}]}


def test_labels_and_resources_of_ray_are_not_those_of_the_pod() -> None:
    (sent,) = spec(workers=[group(labels={"zone": "a"}, resources={"CPU": "4"})])["workerGroupSpecs"]

    assert (sent["labels"], sent["resources"]) == ({"zone": "a"}, {"CPU": "4"})
    assert "metadata" not in sent["template"]


def test_the_autoscaler_runs_as_restricted_as_the_rest() -> None:
    taken = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}

    assert spec(autoscaling=True)["autoscalerOptions"] == {"version": "v2", "securityContext": taken}
    assert "autoscalerOptions" not in spec(autoscaling=False)


def test_the_autoscaler_has_options() -> None:
    options = AutoscalerOptions(
        version=None,
        idle_timeout_seconds=5,
        upscaling_mode="Conservative",
        cpu=1,
        security_context=None,
        env={"A": "b"},
    )

    assert spec(autoscaler_options=options)["autoscalerOptions"] == {
        "idleTimeoutSeconds": 5,
        "upscalingMode": "Conservative",
        "env": [{"name": "A", "value": "b"}],
        "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "1"}},
    }


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({}, [False, False]),
        ({"autoscaling": True}, [True, False]),
        ({"auth_options": AuthOptions(enable_k8s_token_auth=True)}, [True, True]),
    ],
)
def test_only_pods_that_call_kubernetes_get_a_token(fields: dict[str, Any], given: list[bool]) -> None:
    sent = spec(**fields)
    groups = [sent["headGroupSpec"], *sent["workerGroupSpecs"]]

    assert [each["template"]["spec"]["automountServiceAccountToken"] for each in groups] == given


def test_the_state_of_the_head_goes_to_redis() -> None:
    options = GcsFaultToleranceOptions(
        redis_address="redis:6379", redis_username="ray", redis_password=SecretKey(secret="redis", key="password")
    )

    assert spec(gcs_fault_tolerance_options=options)["gcsFaultToleranceOptions"] == {
        "redisAddress": "redis:6379",
        "redisUsername": {"value": "ray"},
        "redisPassword": {"valueFrom": {"secretKeyRef": {"name": "redis", "key": "password"}}},
    }


def test_the_state_of_the_head_goes_to_a_volume() -> None:
    storage = GcsEmbeddedStorage(size="5Gi", access_modes=["ReadWriteOnce"], deletion_policy="Retain")
    options = GcsFaultToleranceOptions(backend="rocksdb", storage=storage)

    assert spec(gcs_fault_tolerance_options=options)["gcsFaultToleranceOptions"] == {
        "backend": "rocksdb",
        "storage": {"size": "5Gi", "accessModes": ["ReadWriteOnce"], "deletionPolicy": "Retain"},
    }


def test_an_empty_network_policy_closes_everything() -> None:
    group_rules = WorkerGroupNetworkPolicyRules(group_name="gpu", egress_rules=[{}])
    policy = NetworkPolicyConfig(mode="DenyAll", head=NetworkPolicyRules(), worker_groups=[group_rules])

    assert spec(network_policy=NetworkPolicyConfig())["networkPolicy"] == {}
    assert spec(network_policy=policy)["networkPolicy"] == {
        "mode": "DenyAll",
        "head": {},
        "workerGroups": [{"egressRules": [{}], "groupName": "gpu"}],
    }


def test_the_rest_stands_as_it_is_called() -> None:
    sent = spec(
        head_service_annotations={"a": "b"},
        managed_by="kueue.x-k8s.io/multikueue",
        suspend=True,
        tls_options=TLSOptions(),
        upgrade_strategy=UpgradeStrategy(type="Recreate"),
        history_server_options=HistoryServerOptions(collector_options=CollectorOptions(image="c:1", memory="64Mi")),
    )

    assert sent["headServiceAnnotations"] == {"a": "b"}
    assert (sent["managedBy"], sent["suspend"], sent["tlsOptions"]) == ("kueue.x-k8s.io/multikueue", True, {})
    assert sent["upgradeStrategy"] == {"type": "Recreate"}
    assert sent["historyServerOptions"]["collectorOptions"] == {
        "image": "c:1",
        "resources": {"limits": {"memory": "64Mi"}, "requests": {"memory": "64Mi"}},
    }


def test_a_change_of_what_was_sent_does_not_reach_the_spec() -> None:
    spec_ = cluster(head=head(pod={"spec": {"hostAliases": [{"ip": "10.0.0.1"}]}}))
    ray_cluster("train", spec_)["spec"]["headGroupSpec"]["template"]["spec"]["containers"].clear()

    assert ray_cluster("train", spec_)["spec"]["headGroupSpec"]["template"]["spec"]["containers"] != []
