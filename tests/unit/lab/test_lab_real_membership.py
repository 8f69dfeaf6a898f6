"""The node offers what was asked, and is waited for."""

from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import pytest
from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import NodeStatus
from rayform.lab import LabError
from rayform.lab.client import plain, resource
from rayform.lab.nodes import Offer, Taint
from rayform.lab.nodes.real import membership

HEARD = "2026-01-01T00:00:10Z"
NOT_READY = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}


class Cluster:
    """An API server that knows one node, from the third time it is asked for it."""

    def __init__(self, *, gpus: str = "4", ready: str = "True", taints: list[dict[str, str]] | None = None) -> None:
        conditions = [{"type": "Ready", "status": ready, "lastHeartbeatTime": HEARD}]
        status = {"conditions": conditions, "allocatable": {"nvidia.com/gpu": gpus}}
        self.node = {"metadata": {"name": "lab-node"}, "spec": {"taints": taints or []}, "status": status}
        self.unknown = 2
        self.applied: list[tuple[type, dict[str, Any]]] = []
        self.replaced: list[dict[str, Any]] = []

    def get(self, res: type[Any], name: str) -> Any:
        if self.unknown:
            self.unknown -= 1
            raise refusal(404, f'nodes "{name}" not found')
        return resource(res, self.node)

    def apply(self, obj: Any, name: str | None = None, *, force: bool) -> None:
        assert force
        assert name in {None, "lab-node"}
        self.applied.append((type(obj), plain(obj)))

    def replace(self, obj: Any) -> None:
        self.replaced.append(plain(obj)["spec"]["taints"])


class Answer:
    """What the API server says when it refuses."""

    def __init__(self, code: int, message: str) -> None:
        self._status = {"code": code, "message": message}

    def json(self) -> dict[str, Any]:
        return self._status


def refusal(code: int, message: str) -> ApiError:
    return ApiError(request=None, response=Answer(code, message))


def registered(cluster: Cluster, offer: Offer) -> None:
    membership.await_registered(cluster, "lab-node", offer, lambda: None)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "_POLL_SECONDS", 0.0)


@pytest.fixture
def hopeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "_READY_SECONDS", -1.0)


def test_gpus_are_told_once_the_kubelet_has_registered() -> None:
    cluster = Cluster()
    registered(cluster, Offer(gpus=4))

    (kind, status) = cluster.applied[1]
    assert kind is NodeStatus
    assert status["status"]["capacity"] == {"nvidia.com/gpu": "4"}


def test_labels_are_told() -> None:
    cluster = Cluster()
    registered(cluster, Offer(labels={"pool": "a10g"}))

    assert cluster.applied[0][1]["metadata"]["labels"] == {"pool": "a10g"}


def test_a_node_may_offer_no_gpus() -> None:
    cluster = Cluster(gpus="0")
    registered(cluster, Offer(gpus=0))
    membership.await_ready(cluster, "lab-node", Offer(gpus=0), lambda: None)

    assert cluster.applied[1][1]["status"].get("capacity", {}) == {}


def test_taints_change_and_the_node_controllers_own_stay() -> None:
    cluster = Cluster(taints=[NOT_READY, {"key": "old", "effect": "NoSchedule"}])
    registered(cluster, Offer(taints=(Taint("gpu", effect="NoExecute"),)))

    assert cluster.replaced == [[{"effect": "NoExecute", "key": "gpu"}, NOT_READY]]


def test_taints_that_fit_are_left_alone() -> None:
    cluster = Cluster(taints=[NOT_READY, {"key": "gpu", "value": "a10g", "effect": "NoSchedule"}])
    registered(cluster, Offer(taints=(Taint("gpu", "a10g"),)))

    assert cluster.replaced == []


@pytest.mark.usefixtures("hopeless")
@pytest.mark.parametrize("sick", [{"ready": "False"}, {"gpus": "0"}], ids=["not ready", "without its GPUs"])
def test_a_node_that_does_not_get_well_is_an_error(sick: dict[str, str]) -> None:
    cluster = Cluster(**sick)
    cluster.unknown = 0
    with pytest.raises(LabError) as caught:
        membership.await_ready(cluster, "lab-node", Offer(), lambda: None)

    assert str(caught.value) == (
        "node lab-node: is not ready after -1 s; look into 'rayform lab logs kubelet' and 'rayform lab logs containerd'"
    )


@pytest.mark.usefixtures("hopeless")
@pytest.mark.parametrize(("since", "counts"), [(9.9, True), (10.0, False), (10.9, False)])
def test_what_a_kubelet_said_before_it_died_does_not_count(since: float, *, counts: bool) -> None:
    cluster = Cluster()
    cluster.unknown = 0
    started = datetime(2026, 1, 1, tzinfo=UTC).timestamp() + since
    refused = nullcontext() if counts else pytest.raises(LabError, match=r"^node lab-node: is not ready after")

    with refused:
        membership.await_ready(cluster, "lab-node", Offer(), lambda: None, started)


@pytest.mark.usefixtures("hopeless")
def test_what_the_api_server_said_last_is_told() -> None:
    with pytest.raises(LabError) as caught:
        registered(Cluster(), Offer())

    assert str(caught.value).startswith(
        'node lab-node: has not registered after -1 s (nodes "lab-node" not found); look into'
    )


def test_waiting_ends_when_a_process_has(hopeless: None) -> None:
    del hopeless

    def check() -> None:
        raise LabError("kubelet: has ended")

    with pytest.raises(LabError, match=r"^kubelet: has ended$"):
        membership.await_registered(Cluster(), "lab-node", Offer(), check)
