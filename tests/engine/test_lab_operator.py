"""In a simulated lab the operator runs outside of its pod, with that pod's rights and no others."""

import os
import signal
from collections.abc import Generator
from typing import Any

import pytest
import yaml
from crd_room import kuberay_crds, upstream
from lab_room import namespace, pods, running
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import ServiceAccount
from lightkube.resources.rbac_authorization_v1 import ClusterRole, ClusterRoleBinding
from operator_pods import operator_pods, role
from patience import until
from rayform.components import Head, RayClusterSpec, WorkerGroup
from rayform.components.ray.manifest import ray_cluster
from rayform.components.versions import RAY_DEFAULT
from rayform.lab import Lab, processes

pytestmark = pytest.mark.engine

NAMESPACE = "ray-system"
NAME = "kuberay-operator"
PROCESS = f"{NAME}-{NAMESPACE}-{NAME}"
RAY_CLUSTER = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")
LABELS = {"app.kubernetes.io/name": NAME}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    """A lab that has KubeRay's CRDs and an account for the operator, without any rights."""
    with running(tmp_path_factory.mktemp("state")) as lab, lab.client() as client:
        kuberay_crds(client)
        client.create(ClusterRole.from_dict(yaml.safe_load((upstream() / "rbac" / "role.yaml").read_text())))
        namespace(lab, NAMESPACE)
        namespace(lab, "watched")
        client.create(ServiceAccount.from_dict({"metadata": {"name": NAME, "namespace": NAMESPACE}}))
        yield lab


@pytest.fixture
def client(lab: Lab) -> Generator[Client]:
    """A client that takes back what a test made."""
    with lab.client() as made:
        yield made
        made.delete(Deployment, NAME, namespace=NAMESPACE)
        for binding in made.list(ClusterRoleBinding, fields={"metadata.name": NAME}):
            made.delete(ClusterRoleBinding, binding.metadata.name)
        for cluster in made.list(RAY_CLUSTER, namespace="*"):
            made.delete(RAY_CLUSTER, cluster.metadata.name, namespace=cluster.metadata.namespace)
        until(lambda: not runs(lab), "the operator ends")
        for place in ("default", "watched", NAMESPACE):
            until(lambda place=place: not pods(lab, place), "the pods go")


def allow(client: Client) -> None:
    """Bind the operator's account to the rights that upstream gives it."""
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": NAME}
    account = {"kind": "ServiceAccount", "name": NAME, "namespace": NAMESPACE}
    content = {"metadata": {"name": NAME}, "roleRef": role, "subjects": [account]}
    client.create(ClusterRoleBinding.from_dict(content))


def install(client: Client, *arguments: str) -> None:
    given = ["--enable-leader-election=false", *arguments]
    container = {"name": NAME, "image": "operator", "command": ["/manager"], "args": given}
    template = {"metadata": {"labels": LABELS}, "spec": {"serviceAccountName": NAME, "containers": [container]}}
    content = {
        "metadata": {"name": NAME, "namespace": NAMESPACE, "labels": LABELS},
        "spec": {"selector": {"matchLabels": LABELS}, "template": template},
    }
    client.apply(Deployment.from_dict(content), force=True)


def create_cluster(client: Client, namespace: str = "default") -> None:
    template = {"spec": {"containers": [{"name": "ray", "image": "rayproject/ray"}]}}
    group = {"groupName": "g", "replicas": 2, "rayStartParams": {}, "template": template}
    spec: dict[str, Any] = {"headGroupSpec": {"rayStartParams": {}, "template": template}, "workerGroupSpecs": [group]}
    client.create(RAY_CLUSTER(metadata={"name": "ray", "namespace": namespace}, spec=spec))


def lacking(expected: Any, found: Any, path: str = "") -> list[str]:
    """Where what is found lacks or changes something of what is expected; more may be there, and stand behind."""
    if isinstance(expected, dict):
        pairs = [(f"{path}.{key}", value, (found or {}).get(key)) for key, value in expected.items()]
    elif isinstance(expected, list):
        pairs = [(f"{path}[{n}]", value, (found or [])[n : n + 1]) for n, value in enumerate(expected)]
        pairs = [(place, value, at[0] if at else None) for place, value, at in pairs]
    else:
        return [] if expected == found else [f"{path}: {expected!r} expected, {found!r} found"]
    return [line for place, value, at in pairs for line in lacking(value, at, place)]


def state(client: Client) -> str:
    return (client.get(RAY_CLUSTER, "ray", namespace="default").status or {}).get("state", "")


def runs(lab: Lab) -> bool:
    return processes.alive(lab.state, PROCESS)


def said(lab: Lab) -> str:
    return processes.tail(lab.state, PROCESS, lines=1000)


def test_an_operator_with_its_rights_brings_clusters_up(lab: Lab, client: Client) -> None:
    allow(client)
    install(client)
    create_cluster(client)

    until(lambda: state(client) == "ready", "the cluster is ready")
    assert len(pods(lab, **{"ray.io/cluster": "ray"})) == 3


def test_its_own_code_tells_beforehand_which_pods_it_makes(lab: Lab, client: Client) -> None:
    group = WorkerGroup(name="g", cpu=1, memory="2Gi", replicas=1, min_replicas=1, max_replicas=2)
    head = Head(cpu=1, memory="2Gi")
    spec = RayClusterSpec(ray_version=RAY_DEFAULT, head=head, workers=[group], autoscaling=True, namespace="watched")
    manifest = ray_cluster("told", spec)
    allow(client)
    install(client)
    client.create(RAY_CLUSTER(manifest))
    until(lambda: len(pods(lab, "watched", **{"ray.io/cluster": "told"})) == 2, "head and worker")
    live = {each.metadata.labels["ray.io/node-type"]: each.to_dict() for each in pods(lab, "watched")}

    (told,) = operator_pods([manifest])
    assert [role(each) for each in told] == ["head", "worker"]
    for each in told:
        found = live[role(each)]["spec"]
        assert lacking(each["spec"], found) == []
        for kind in ("containers", "initContainers"):
            assert [one["name"] for one in each["spec"].get(kind, [])] == [one["name"] for one in found.get(kind, [])]


def test_an_operator_without_rights_does_nothing_and_says_why(lab: Lab, client: Client) -> None:
    install(client)
    create_cluster(client)
    user = f"system:serviceaccount:{NAMESPACE}:{NAME}"

    until(lambda: f'User \\"{user}\\" cannot list resource' in said(lab), "the refusal")
    assert pods(lab, **{"ray.io/cluster": "ray"}) == []


def test_its_arguments_count(lab: Lab, client: Client) -> None:
    allow(client)
    install(client, "--watch-namespace=watched")
    create_cluster(client, "watched")
    create_cluster(client)

    until(lambda: len(pods(lab, "watched", **{"ray.io/cluster": "ray"})) == 3, "pods in the watched namespace")
    assert pods(lab, **{"ray.io/cluster": "ray"}) == []


def test_it_ends_and_starts_with_its_deployment(lab: Lab, client: Client) -> None:
    allow(client)
    install(client)
    until(lambda: runs(lab), "it runs")
    client.delete(Deployment, NAME, namespace=NAMESPACE)
    until(lambda: PROCESS not in processes.names(lab.state), "it ends")
    until(lambda: not pods(lab, NAMESPACE), "its pod goes: the next Deployment selects it too")
    until(lambda: not (lab.state / "operators" / PROCESS).exists(), "what it had goes after its process")

    install(client, "--qps=7")
    until(lambda: runs(lab), "it runs again")
    assert "--qps=7" in (lab.state / "run" / f"{PROCESS}.json").read_text()


def test_one_that_was_killed_is_started_again(lab: Lab, client: Client) -> None:
    allow(client)
    install(client)
    until(lambda: runs(lab), "it runs")
    number = processes.pid(lab.state, PROCESS)
    assert number
    os.kill(number, signal.SIGKILL)

    # One look: between two of them the process that was killed may go.
    until(lambda: processes.pid(lab.state, PROCESS) not in (None, number), "it runs again")
    assert "has ended, starting it again" in lab.logs("operator-runner")


def test_its_token_is_its_owners_alone(lab: Lab, client: Client) -> None:
    install(client)
    until(lambda: runs(lab), "it runs")
    folder = lab.state / "operators" / PROCESS

    assert (folder / "token").stat().st_mode & 0o777 == 0o600
    assert (folder / "kubeconfig").stat().st_mode & 0o777 == 0o600
    assert (folder / "token").read_text() not in (folder / "kubeconfig").read_text()
