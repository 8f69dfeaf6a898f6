"""When built-in kinds are ready, and what they say until then."""

from typing import Any

import pytest
from engine_cluster import Cluster
from rayform.lab.engine.kubernetes.ready import FailedError, built_in_missing

OK = {"status": "True"}
AVAILABLE = {"type": "Available", **OK}
ROLLED_OUT = {"type": "Progressing", "reason": "NewReplicaSetAvailable", **OK}
PODS = "/api/v1/namespaces/default/pods"


def live(kind: str, status: dict[str, Any], **spec: Any) -> dict[str, Any]:
    api_version = {"Job": "batch/v1", "Pod": "v1", "Service": "v1"}.get(kind, "apps/v1")
    metadata = {"name": "a", "namespace": "default", "generation": 2}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec, "status": status}


def missing(cluster: Cluster, seen: dict[str, Any]) -> str | None:
    judge = built_in_missing(cluster.api, seen)
    assert judge is not None
    return judge(seen)


def test_custom_resources_and_plain_objects_are_ready_at_once() -> None:
    for kind in ("ConfigMap", "Namespace", "ServiceAccount"):
        assert built_in_missing(Cluster().api, {"apiVersion": "v1", "kind": kind}) is None
    assert built_in_missing(Cluster().api, {"apiVersion": "ray.io/v1", "kind": "RayCluster"}) is None


@pytest.mark.parametrize(
    ("status", "lacking"),
    [
        ({"observedGeneration": 1}, "the controller to see it"),
        ({"observedGeneration": 2, "availableReplicas": 2}, "2 of 3 replicas to be available"),
        ({"observedGeneration": 2, "conditions": [AVAILABLE]}, "0 of 3 replicas to be available"),
        ({"observedGeneration": 2, "conditions": [AVAILABLE, ROLLED_OUT]}, None),
    ],
)
def test_a_deployment_is_ready_when_its_new_pods_are_available(status: dict[str, Any], lacking: str | None) -> None:
    assert missing(Cluster(), live("Deployment", status, replicas=3)) == lacking


def test_a_deployment_that_is_stuck_says_why_and_what_its_pods_say() -> None:
    cluster = Cluster()
    waiting = {"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}
    ended = {"terminated": {"exitCode": 3}}
    unscheduled = {"type": "PodScheduled", "status": "False", "message": "0/2 nodes are available"}
    states = [{"name": "x", "state": waiting}, {"name": "y", "state": ended}]
    cluster.put(f"{PODS}/a", status={"conditions": [unscheduled], "containerStatuses": states})
    stuck = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "too late"}
    status = {"observedGeneration": 2, "conditions": [stuck]}

    assert missing(cluster, live("Deployment", status, replicas=1, selector={"matchLabels": {"app": "a"}})) == (
        "0 of 1 replicas to be available; [ProgressDeadlineExceeded] too late; pod not scheduled: 0/2 nodes are"
        " available; container x: [ImagePullBackOff] no such image; container y: exited with code 3"
    )
    assert cluster.asked[-1][2] == {"labelSelector": "app=a"}


@pytest.mark.parametrize(
    ("kind", "status", "lacking"),
    [
        ("StatefulSet", {"observedGeneration": 2, "readyReplicas": 1}, "2 replicas to be ready, now 0"),
        ("StatefulSet", {"observedGeneration": 2, "readyReplicas": 2, "updatedReplicas": 2}, None),
        ("StatefulSet", {}, "the controller to see it"),
        ("DaemonSet", {"observedGeneration": 2, "desiredNumberScheduled": 1}, "1 pods to be ready, now 0"),
        ("DaemonSet", {"observedGeneration": 2}, None),
        ("DaemonSet", {}, "the controller to see it"),
        ("Job", {}, "it to complete"),
        ("Job", {"conditions": [{"type": "Complete", **OK}]}, None),
        ("Pod", {"phase": "Pending"}, "it to become ready, now Pending"),
        ("Pod", {"phase": "Running", "conditions": [{"type": "Ready", **OK}]}, None),
        ("Pod", {"phase": "Succeeded"}, None),
    ],
)
def test_a_workload_is_ready_when_its_status_says_so(kind: str, status: dict[str, Any], lacking: str | None) -> None:
    assert missing(Cluster(), live(kind, status, replicas=2)) == lacking


def test_a_failed_job_is_not_waited_for() -> None:
    failed = {"type": "Failed", "reason": "BackoffLimitExceeded", "message": "too many failures", **OK}
    with pytest.raises(FailedError) as told:
        missing(Cluster(), live("Job", {"conditions": [failed]}))

    assert str(told.value) == "[BackoffLimitExceeded] too many failures"


@pytest.mark.parametrize(
    ("spec", "status", "lacking"),
    [
        ({"selector": {"a": "b"}}, {}, "a ready pod that its selector matches"),
        ({"selector": {"a": "b"}, "clusterIP": "None"}, {}, None),
        ({"type": "ExternalName"}, {}, None),
        ({}, {}, None),
        ({"type": "LoadBalancer"}, {}, "an address; does the cluster give any to Services of type LoadBalancer?"),
        ({"type": "LoadBalancer"}, {"loadBalancer": {"ingress": [{"ip": "1.2.3.4"}]}}, None),
    ],
)
def test_a_service_waits_for_what_it_needs(spec: dict[str, Any], status: dict[str, Any], lacking: str | None) -> None:
    assert missing(Cluster(), live("Service", status, **spec)) == lacking


@pytest.mark.parametrize(("ready", "found"), [(True, True), (None, True), (False, False)])
def test_a_service_has_a_pod_when_an_endpoint_is_not_unready(ready: object, *, found: bool) -> None:
    cluster = Cluster()
    path = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/a"
    cluster.put(path, endpoints=[{"conditions": {"ready": ready}}])

    assert (missing(cluster, live("Service", {}, selector={"a": "b"})) is None) is found


@pytest.mark.parametrize(
    ("phase", "mode", "lacking"),
    [
        ("Bound", "Immediate", None),
        ("Pending", "Immediate", "it to be bound, now Pending"),
        ("Pending", "WaitForFirstConsumer", None),
    ],
)
def test_a_claim_is_bound_or_waits_for_its_first_user(phase: str, mode: str, lacking: str | None) -> None:
    cluster = Cluster()
    cluster.put("/apis/storage.k8s.io/v1/storageclasses/fast", volumeBindingMode=mode)
    claim = live("PersistentVolumeClaim", {"phase": phase}, storageClassName="fast") | {"apiVersion": "v1"}

    assert missing(cluster, claim) == lacking
