"""Requests to an API server, and the way to it."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from engine_cluster import Cluster, refusal
from rayform.lab.engine.kubernetes import api as module
from rayform.lab.engine.kubernetes.api import Api, ApiError, UnreachableError
from rayform.lab.engine.kubernetes.connect import connect

MAP = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b"}}
CONFIG: dict[str, Any] = {
    "current-context": "one",
    "contexts": [
        {"name": "one", "context": {"cluster": "k", "namespace": "here"}},
        {"name": "two", "context": {"cluster": "k", "user": "u"}},
    ],
    "clusters": [
        {"name": "k", "cluster": {"server": "http://k.test:1"}},
        {"name": "l", "cluster": {"server": "http://l.test:1"}},
    ],
    "users": [{"name": "u", "user": {"token": "t"}}],
}


def test_a_refusal_carries_the_server_s_own_words() -> None:
    cluster = Cluster()
    cluster.refuse = lambda _: refusal(403, "Forbidden", "no, said the server", "configmaps")
    with pytest.raises(ApiError) as refused:
        cluster.api.request("GET", "/api/v1")

    error = refused.value
    assert (str(error), error.code, error.reason, error.about) == (
        "no, said the server",
        403,
        "Forbidden",
        "configmaps",
    )


@pytest.mark.parametrize(("body", "told"), [("gateway down", "gateway down"), ("", "Bad Gateway"), ("[]", "[]")])
def test_a_refusal_that_is_no_status_is_told_as_it_is(body: str, told: str) -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(502, text=body))
    with pytest.raises(ApiError) as refused:
        Api(httpx2.Client(base_url="http://x", transport=transport)).request("GET", "/")

    assert str(refused.value) == told


def test_a_cluster_that_does_not_answer_is_unreachable() -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("connection refused", request=request)

    with pytest.raises(UnreachableError) as refused:
        Api(httpx2.Client(base_url="http://x", transport=httpx2.MockTransport(fail))).request("GET", "/")

    assert str(refused.value) == "configured Kubernetes cluster is unreachable: connection refused"


def test_a_busy_server_is_asked_again_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(module.time, "sleep", waited.append)
    answers = iter([(429, {"Retry-After": "2"}), (503, {}), (200, {})])

    def answer(_: httpx2.Request) -> httpx2.Response:
        code, headers = next(answers)
        return httpx2.Response(code, headers=headers, json={"ok": True})

    api = Api(httpx2.Client(base_url="http://x", transport=httpx2.MockTransport(answer)))

    assert api.request("GET", "/") == {"ok": True}
    assert waited == [2.0, 1.0]


def test_a_kind_that_is_not_known_is_asked_for_again_and_then_remembered() -> None:
    cluster = Cluster()
    asked: list[str] = []
    cluster.refuse = lambda each: asked.append(each.url.path)  # type: ignore[func-returns-value]  # writes down in passing
    for _ in range(2):
        with pytest.raises(ApiError, match='no matches for kind "Nothing" in version "v1"'):
            cluster.api.kind("v1", "Nothing")
    cluster.api.kind("v1", "ConfigMap")

    assert asked == ["/api/v1", "/api/v1"]


def test_objects_are_found_in_their_namespace_or_the_default_one() -> None:
    cluster = Cluster()
    cluster.api.get(MAP)
    cluster.api.get({**MAP, "metadata": {"name": "a"}})
    cluster.api.get({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "a"}})

    assert [path for _, path, _ in cluster.asked] == [
        "/api/v1/namespaces/b/configmaps/a",
        "/api/v1/namespaces/default/configmaps/a",
        "/apis/storage.k8s.io/v1/storageclasses/a",
    ]


@pytest.mark.parametrize("as_path", [True, False])
def test_a_kubeconfig_is_its_text_or_a_path(tmp_path: Path, *, as_path: bool) -> None:
    file = tmp_path / "config"
    file.write_text(json.dumps(CONFIG))
    api, namespace = connect(str(file) if as_path else file.read_text(), "", "")

    assert namespace == "here"
    assert str(api.client.base_url) == "http://k.test:1"


def test_context_and_cluster_can_be_chosen() -> None:
    api, namespace = connect(json.dumps(CONFIG), "two", "l")

    assert namespace == "default"
    assert str(api.client.base_url) == "http://l.test:1"
    assert api.client.auth is not None


def test_the_ambient_kubeconfig_is_the_first_that_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config"
    file.write_text(json.dumps(CONFIG))
    monkeypatch.setenv("KUBECONFIG", f"{tmp_path / 'missing'}:{file}")

    assert connect("", "", "")[1] == "here"


@pytest.mark.parametrize(
    ("kubeconfig", "context", "told"),
    [
        ("/no/such/file", "", "Configuration file /no/such/file not found"),
        (json.dumps(CONFIG), "three", "Context 'three' not found"),
        (json.dumps({**CONFIG, "current-context": None}), "", "No current context set and no default provided"),
        ("{}", "", "'clusters'"),
    ],
)
def test_a_kubeconfig_that_leads_nowhere_is_told(kubeconfig: str, context: str, told: str) -> None:
    with pytest.raises(UnreachableError) as refused:
        connect(kubeconfig, context, "")

    assert str(refused.value) == f"configured Kubernetes cluster is unreachable: {told}"
