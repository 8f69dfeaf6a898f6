"""Nodes made to be what a shape asks, against an API server of the test's own."""

from typing import Any

import httpx2
import pytest
from lightkube.core.exceptions import ApiError
from lightkube.models.meta_v1 import Status
from rayform.lab import LabError, NodeShape, Taint
from rayform.lab.client import plain
from rayform.lab.nodes.registration import await_ready, is_ready, register
from rayform.lab.nodes.shape import SHAPE_LABEL


def refusal(reason: str) -> ApiError:
    request = httpx2.Request("PUT", "https://lab")
    return ApiError(request=request, response=None, status=Status(reason=reason, message=reason))


class Server:
    """Keeps nodes, as far as registration asks; ``conflicts`` times it says that somebody else was faster."""

    def __init__(self, conflicts: int = 0) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.conflicts = conflicts
        self.writes = 0

    def list(self, res: Any, **_: Any) -> list[Any]:
        return [res.from_dict(node) for node in self.nodes.values() if SHAPE_LABEL in node["metadata"]["labels"]]

    def get(self, res: Any, name: str, **_: Any) -> Any:
        return res.from_dict(self.nodes[name])

    def create(self, obj: Any, **_: Any) -> Any:
        if plain(obj)["metadata"]["name"] in self.nodes:
            raise refusal("AlreadyExists")
        return self.put(obj)

    def replace(self, obj: Any, _name: str | None = None, **_: Any) -> Any:
        if self.conflicts:
            self.conflicts -= 1
            raise refusal("Conflict")
        return self.put(obj)

    def patch(self, _res: Any, name: str, obj: Any, **_: Any) -> None:
        for part, changed in obj["status"].items():
            told = self.nodes[name]["status"].get(part, {}) | changed
            self.nodes[name]["status"][part] = {key: amount for key, amount in told.items() if amount is not None}

    def put(self, obj: Any) -> Any:
        self.writes += 1
        self.nodes[plain(obj)["metadata"]["name"]] = plain(obj)
        return obj

    def delete(self, _res: Any, name: str, **_: Any) -> None:
        del self.nodes[name]


def test_nodes_are_made_as_asked() -> None:
    server = Server()
    register(server, NodeShape("g5", count=2, gpus=4, taints=(Taint("spot", "yes"),)))

    assert list(server.nodes) == ["g5-0", "g5-1"]
    assert server.nodes["g5-0"]["status"]["allocatable"]["nvidia.com/gpu"] == "4"
    assert server.nodes["g5-1"]["spec"]["taints"] == [{"key": "spot", "value": "yes", "effect": "NoSchedule"}]


def test_what_is_as_asked_is_not_written_again() -> None:
    server = Server()
    for _ in range(2):
        register(server, NodeShape("g5", count=2))

    assert server.writes == 2


def test_fewer_nodes_are_fewer() -> None:
    server = Server()
    for count in (3, 1):
        register(server, NodeShape("g5", count=count))

    assert list(server.nodes) == ["g5-0"]


def test_the_controllers_own_taints_stay() -> None:
    server = Server()
    register(server, NodeShape("g5"))
    unready = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}
    server.nodes["g5-0"]["spec"]["taints"] = [unready]
    register(server, NodeShape("g5", taints=(Taint("spot"),)))

    assert server.nodes["g5-0"]["spec"]["taints"] == [{"key": "spot", "value": "", "effect": "NoSchedule"}, unready]


def test_somebody_who_was_faster_is_outlasted() -> None:
    server = Server(conflicts=3)
    for team in ("a", "b"):
        register(server, NodeShape("g5", labels={"team": team}))

    assert server.nodes["g5-0"]["metadata"]["labels"]["team"] == "b"


def test_what_a_node_offers_is_changed_whoever_else_is_faster() -> None:
    server = Server(conflicts=1000)
    for gpus in (2, 0):
        register(server, NodeShape("g5", gpus=gpus))

    assert server.nodes["g5-0"]["status"]["capacity"].get("nvidia.com/gpu", "0") == "0"


def test_somebody_who_is_always_faster_wins() -> None:
    server = Server(conflicts=1000)
    register(server, NodeShape("g5"))

    with pytest.raises(ApiError, match="Conflict"):
        register(server, NodeShape("g5", labels={"team": "a"}))


def test_a_node_of_somebody_else_is_not_taken() -> None:
    server = Server()
    server.nodes["g5-0"] = {"metadata": {"name": "g5-0", "labels": {}}}

    with pytest.raises(LabError) as caught:
        register(server, NodeShape("g5"))

    assert str(caught.value) == "node g5-0: is there already, of somebody else; choose another name"


def test_a_node_is_ready_when_the_controller_has_seen_it_too() -> None:
    node = {"spec": {}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
    assert is_ready(node)

    unseen = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}
    assert is_ready(node | {"spec": {"taints": [{"key": "spot"}]}})
    assert not is_ready(node | {"spec": {"taints": [{"key": "spot"}, unseen]}})


def test_nodes_that_never_get_ready_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rayform.lab.nodes.registration._READY_SECONDS", 0.0)
    server = Server()
    register(server, NodeShape("g5", count=2))

    with pytest.raises(LabError) as caught:
        await_ready(server, NodeShape("g5", count=2), check=lambda: None)

    remedy = "look into 'rayform lab logs kwok', or ask for fewer nodes"
    assert str(caught.value) == f"nodes g5: 2 of 2 not ready after 0 s; {remedy}"
