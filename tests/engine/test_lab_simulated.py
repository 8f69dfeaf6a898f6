"""A lab with simulated nodes does what a cluster does, but run containers."""

import ssl
from collections.abc import Generator
from http.client import HTTPSConnection
from urllib.parse import urlsplit

import pytest
from lab_room import GPUS, numbers, pod_template, pods, running
from lightkube import ApiError, Client
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.batch_v1 import Job
from lightkube.resources.core_v1 import Namespace, Node, Pod
from patience import until
from rayform.lab import Lab, NodeShape, Silent, Taint
from rayform.lab.controlplane.kubeconfig import server_of

pytestmark = pytest.mark.engine


@pytest.fixture
def client(lab: Lab) -> Generator[Client]:
    with lab.client() as made:
        yield made


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    with running(tmp_path_factory.mktemp("state")) as lab:
        yield lab


def deploy(client: Client, name: str, replicas: int, **spec: object) -> None:
    labels = {"app": name}
    content = {
        "metadata": {"name": name, "namespace": "default"},
        "spec": {"replicas": replicas, "selector": {"matchLabels": labels}, "template": pod_template(labels, **spec)},
    }
    client.create(Deployment.from_dict(content))


def placed(lab: Lab, name: str) -> list[str]:
    """The nodes of the ready pods of a deployment."""
    ready = [pod for pod in pods(lab, app=name) if pod.status and pod.status.phase == "Running" and pod.spec]
    return [pod.spec.nodeName or "" for pod in ready if pod.spec]


def test_up_twice_is_one_lab(lab: Lab) -> None:
    before = numbers(lab)
    lab.up(Silent())

    assert numbers(lab) == before
    assert lab.status().problems == ()


def test_a_new_lab_has_nodes_with_and_without_gpus(client: Client) -> None:
    nodes = {node.metadata.name: (node.status.capacity or {}).get("nvidia.com/gpu") for node in client.list(Node)}

    assert {name: nodes[name] for name in ("cpu-0", "cpu-1", "gpu-0", "gpu-1")} == {
        "cpu-0": None,
        "cpu-1": None,
        "gpu-0": "4",
        "gpu-1": "4",
    }


def test_pods_that_want_gpus_fill_a_fleet_of_them(lab: Lab, client: Client) -> None:
    lab.add_nodes(GPUS, Silent())
    wanted = {"resources": {"limits": {"nvidia.com/gpu": "8"}}}
    deploy(client, "fleet", 200, container=wanted, nodeSelector={"pool": "a100"})
    nodes = until(lambda: len(found := placed(lab, "fleet")) == 200 and found, "200 pods run")

    assert sorted(nodes) == sorted(GPUS.names())
    client.delete(Deployment, "fleet", namespace="default")
    lab.add_nodes(NodeShape(GPUS.name, count=0), Silent())
    assert list(client.list(Node, labels={"pool": "a100"})) == []


def test_a_pod_that_asks_too_much_waits(lab: Lab, client: Client) -> None:
    deploy(client, "greedy", 1, container={"resources": {"limits": {"nvidia.com/gpu": "5"}}})

    def said() -> str:
        conditions = [condition for pod in pods(lab, app="greedy") for condition in (pod.status.conditions or [])]
        return next((condition.message or "" for condition in conditions if condition.reason == "Unschedulable"), "")

    assert "Insufficient nvidia.com/gpu" in until(said, "the scheduler's verdict")


def test_taints_keep_pods_away_that_do_not_tolerate_them(lab: Lab, client: Client) -> None:
    lab.add_nodes(NodeShape("spot", taints=(Taint("spot", "yes"),), labels={"pool": "spot"}), Silent())
    deploy(client, "tolerant", 1, nodeSelector={"pool": "spot"}, tolerations=[{"key": "spot", "operator": "Exists"}])
    deploy(client, "intolerant", 1, nodeSelector={"pool": "spot"})

    assert until(lambda: placed(lab, "tolerant"), "a pod on the tainted node") == ["spot-0"]
    assert placed(lab, "intolerant") == []


def test_a_shape_can_change_while_its_nodes_are_there(lab: Lab, client: Client) -> None:
    lab.add_nodes(NodeShape("changing", count=2, gpus=1, labels={"a": "1"}), Silent())
    lab.add_nodes(NodeShape("changing", count=1, gpus=2, labels={"b": "2"}, taints=(Taint("t"),)), Silent())
    (node,) = client.list(Node, labels={"lab.rayform/shape": "changing"})

    assert node.metadata.name == "changing-0"
    assert ("a" in node.metadata.labels, node.metadata.labels["b"]) == (False, "2")
    assert (node.status.capacity or {})["nvidia.com/gpu"] == "2"
    assert [taint.key for taint in node.spec.taints or []] == ["t"]


def test_jobs_complete(client: Client) -> None:
    template = pod_template({}, restartPolicy="Never")
    job = {"metadata": {"name": "once", "namespace": "default"}, "spec": {"completions": 3, "template": template}}
    client.create(Job.from_dict(job))

    def succeeded() -> bool:
        return client.get(Job, "once", namespace="default").status.succeeded == 3

    assert until(succeeded, "three pods succeed")


def test_deletions_are_honoured(client: Client) -> None:
    client.create(Namespace.from_dict({"metadata": {"name": "short"}}))
    pod = {"metadata": {"name": "p", "namespace": "short", "finalizers": []}, **pod_template({})}
    until(lambda: created(client, pod), "the namespace gets its account")
    client.delete(Namespace, "short")

    assert until(lambda: gone(client, "short"), "the namespace goes")


def created(client: Client, pod: dict[str, object]) -> bool:
    try:
        client.create(Pod.from_dict({**pod, "metadata": {"name": "p", "namespace": "short"}}))
    except ApiError:
        return False
    return True


def gone(client: Client, namespace: str) -> bool:
    return namespace not in {found.metadata.name for found in client.list(Namespace)}


def test_nobody_is_anonymous(lab: Lab) -> None:
    tls = ssl.create_default_context(cafile=str(lab.state / "pki" / "ca.crt"))
    connection = HTTPSConnection(urlsplit(server_of(lab.kubeconfig)).netloc, context=tls, timeout=10)
    connection.request("GET", "/readyz")

    assert connection.getresponse().status == 401
    connection.close()


def test_everything_of_a_lab_is_its_owners_alone(lab: Lab) -> None:
    files = [path for path in lab.state.rglob("*") if path.is_file() and "etcd" not in path.parts]

    assert lab.state.stat().st_mode & 0o777 == 0o700
    assert [path for path in files if path.stat().st_mode & 0o077] == []
