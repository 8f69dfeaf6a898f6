"""``rayform audit --namespace`` on a live cluster."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from crd_room import kuberay_crds
from lab_room import pod_template, running
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import Namespace
from rayform.cli.main import main
from rayform.lab import Lab
from rayform.policy.examples.example import ray
from rayform.policy.examples.places import GROUP

pytestmark = pytest.mark.engine

PLACE = "audited"
RAY_CLUSTER = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("state"), "audit") as lab:
        yield lab


@pytest.fixture
def client(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The lab, which is also the cluster that the kubeconfig names."""
    monkeypatch.setenv("KUBECONFIG", str(lab.kubeconfig))
    with lab.client() as client:
        yield client


@pytest.fixture(scope="module")
def deployed(lab: Lab) -> None:
    """A namespace with a RayCluster that asks for too much, and a Deployment that sees its node."""
    labels = {"app": "prying"}
    template = pod_template(labels, volumes=[{"name": "node", "hostPath": {"path": "/"}}])
    prying = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
    large = {**ray({f"{GROUP} maxReplicas": 33}).props, "metadata": {"name": "train", "namespace": PLACE}}
    with lab.client() as client:
        kuberay_crds(client)
        client.create(Namespace.from_dict({"metadata": {"name": PLACE}}))
        client.create(Deployment.from_dict({"metadata": {"name": "prying", "namespace": PLACE}, "spec": prying}))
        client.create(RAY_CLUSTER(large))


def audited(tmp_path: Path, capsys: pytest.CaptureFixture[str], namespace: str, **rules: Any) -> tuple[int, str, str]:
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"all": "disabled", **rules}))
    code = main(["audit", "--namespace", namespace, "--policy", str(policy)])
    return code, *capsys.readouterr()


@pytest.mark.usefixtures("client", "deployed")
def test_what_runs_in_a_namespace_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = {"host-paths": "mandatory", "gpus-per-group": "mandatory"}
    code, told, _ = audited(tmp_path, capsys, PLACE, **rules)

    assert code == 1
    assert "Deployment prying: spec.template.spec.volumes[0].hostPath: / asked" in told
    assert "RayCluster train: spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked" in told
    # What the Deployment made is the Deployment's, not judged once more.
    assert told.count("[host-paths]") == 1


@pytest.mark.usefixtures("client")
def test_an_empty_namespace_breaks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = audited(tmp_path, capsys, "nowhere", **{"host-paths": "mandatory"})

    assert (code, told) == (0, "0 mandatory, 0 advisory in 0 resources\n")
