"""Which cluster the CRDs go to: the one that Pulumi's Kubernetes provider reaches with the same settings."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import yaml
from kuberay_cluster import PATH, CrdServer, crd_server, kubeconfig
from rayform.components.kuberay.crds.errors import CrdsError, UnreachableError
from rayform.components.kuberay.crds.server import server

PLUGIN = """#!/bin/sh
echo "{\\"status\\": {\\"token\\": \\"$(echo "$KUBERNETES_EXEC_INFO" | tr -d ' {}\\"' | tr ':,' '--')\\"}}"
"""


CERTIFICATE = ("client-certificate", "client-key")


@pytest.fixture
def cluster() -> Generator[CrdServer]:
    with crd_server() as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_ambient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KUBECONFIG", raising=False)
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def ask(text: str | None = None, context: str | None = None) -> dict[str, Any]:
    with server(text, context) as asked:
        return dict(asked.live(["rayjobs.ray.io"]))


def put(path: Path, content: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content))
    return path


def test_a_kubeconfig_is_given_as_text(cluster: CrdServer) -> None:
    ask(cluster.kubeconfig)
    ask(yaml.safe_dump(json.loads(cluster.kubeconfig)))

    assert cluster.tokens == {"Bearer given"}


def test_a_kubeconfig_is_given_as_a_path(cluster: CrdServer, tmp_path: Path) -> None:
    ask(str(put(tmp_path / "config", kubeconfig(cluster.address))))

    assert len(cluster.requests) == 1


def test_the_context_is_the_one_asked_for(cluster: CrdServer) -> None:
    config = kubeconfig("http://127.0.0.1:9")
    config["clusters"].append({"name": "other", "cluster": {"server": cluster.address}})
    config["contexts"].append({"name": "other", "context": {"cluster": "other", "user": "me"}})

    ask(json.dumps(config), "other")

    assert len(cluster.requests) == 1


def test_the_ambient_kubeconfig_is_that_of_the_home(cluster: CrdServer, tmp_path: Path) -> None:
    put(tmp_path / "home" / ".kube" / "config", kubeconfig(cluster.address))

    ask()

    assert len(cluster.requests) == 1


def test_several_ambient_kubeconfigs_are_one_and_the_first_has_the_word(
    cluster: CrdServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {"current-context": "only", "contexts": kubeconfig("")["contexts"]}
    second = {**kubeconfig(cluster.address), "current-context": "none"}
    third = kubeconfig("http://127.0.0.1:9")
    paths = [put(tmp_path / str(number), each) for number, each in enumerate((first, second, third))]
    monkeypatch.setenv("KUBECONFIG", ":".join(map(str, [*paths, tmp_path / "missing"])))

    ask()

    assert len(cluster.requests) == 1


def test_paths_in_a_kubeconfig_file_start_from_its_folder(cluster: CrdServer, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from a file")

    ask(str(put(tmp_path / "config", kubeconfig(cluster.address, {"tokenFile": "token"}))))

    assert cluster.tokens == {"Bearer from a file"}


@pytest.mark.parametrize("protocol", ["v1", "v1beta1"])
def test_an_exec_plugin_is_run_and_told_what_to_expect(protocol: str, cluster: CrdServer, tmp_path: Path) -> None:
    plugin = tmp_path / "plugin"
    plugin.write_text(PLUGIN)
    plugin.chmod(0o700)
    version = f"client.authentication.k8s.io/{protocol}"

    ask(json.dumps(kubeconfig(cluster.address, {"exec": {"apiVersion": version, "command": str(plugin)}})))

    assert cluster.tokens == {f"Bearer kind-ExecCredential-apiVersion-{version}-spec-interactive-false"}


def test_a_cluster_behind_a_proxy_is_reached_through_it(cluster: CrdServer) -> None:
    config = kubeconfig("http://cluster.internal")
    config["clusters"][0]["cluster"]["proxy-url"] = cluster.address

    ask(json.dumps(config))

    assert cluster.requests == [f"GET http://cluster.internal{PATH}rayjobs.ray.io"]


def test_a_kubeconfig_without_a_user_reaches_an_open_proxy(cluster: CrdServer) -> None:
    config = kubeconfig(cluster.address)
    del config["users"], config["contexts"][0]["context"]["user"]

    ask(json.dumps(config))

    assert cluster.tokens == {None}


@pytest.mark.parametrize(
    ("config", "context", "reason"),
    [
        ("{", None, "it is broken (ParserError)"),
        ("{}", None, "it is broken (KeyError)"),
        (json.dumps(kubeconfig("http://x")), "other", "Context 'other' not found"),
        (
            json.dumps({**kubeconfig("http://x"), "current-context": None}),
            None,
            "No current context set and no default",
        ),
        (json.dumps({**kubeconfig("http://x"), "users": []}), None, "it is broken (KeyError)"),
        (json.dumps(kubeconfig("http://x", dict.fromkeys(CERTIFICATE, "/none"))), None, "[Errno 2] No such file"),
        ("/nowhere/config", None, "[Errno 2] No such file or directory: '/nowhere/config'"),
    ],
)
def test_a_kubeconfig_that_leads_nowhere_is_told_without_quoting_it(
    config: str, context: str | None, reason: str
) -> None:
    with pytest.raises(UnreachableError) as caught:
        ask(config, context)

    assert str(caught.value).startswith(f"kubeconfig: a kubeconfig asked, {reason}")
    assert str(caught.value).endswith("; give one that `kubectl config view --flatten --raw` prints")


@pytest.mark.parametrize(("variable", "places"), [("", "~/.kube/config"), ("/a:/b", "/a nor /b")])
def test_no_ambient_kubeconfig_is_told(variable: str, places: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", variable)

    with pytest.raises(UnreachableError) as caught:
        ask()

    assert str(caught.value) == (
        f"kubeconfig: the ambient kubeconfig asked, neither {places} is there; "
        "give one that `kubectl config view --flatten --raw` prints"
    )


def test_in_a_pod_its_own_account_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "127.0.0.1")
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", "9")

    with pytest.raises(UnreachableError) as caught:
        ask()

    assert "/var/run/secrets/kubernetes.io/serviceaccount/token" in str(caught.value)


def test_a_plugin_that_fails_is_told(cluster: CrdServer) -> None:
    user = {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "false"}}

    with pytest.raises(UnreachableError) as caught:
        ask(json.dumps(kubeconfig(cluster.address, user)))

    assert str(caught.value) == (
        "kubeconfig: reading rayjobs.ray.io asked, Exec false returned 1: ; mend the kubeconfig"
    )


def test_a_plugin_without_a_token_is_told(cluster: CrdServer) -> None:
    plugin = {"apiVersion": "client.authentication.k8s.io/v1", "command": "echo", "args": ['{"status": {}}']}

    with pytest.raises(UnreachableError) as caught:
        ask(json.dumps(kubeconfig(cluster.address, {"exec": plugin})))

    assert str(caught.value) == (
        "kubeconfig: reading rayjobs.ray.io asked, its exec plugin's answer has no 'token'; "
        "use a plugin that gives a token"
    )


def test_a_plugin_that_is_not_installed_is_told(cluster: CrdServer) -> None:
    plugin = {"apiVersion": "client.authentication.k8s.io/v1", "command": "/nowhere/plugin"}

    with pytest.raises(CrdsError, match=r"No such file or directory: '/nowhere/plugin'"):
        ask(json.dumps(kubeconfig(cluster.address, {"exec": plugin})))
