"""What the engine's plugin asks of the CRDs' provider."""

import base64
import subprocess
import sys
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from kuberay_cluster import CrdServer, crd_server
from kuberay_files import NAMES, crd, wanted, written
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.output import Unknown
from pulumi.runtime.rpc import UNKNOWN
from rayform.components.kuberay.crds.errors import CrdsError
from rayform.components.kuberay.crds.provider import CrdsProvider

NOT_LOADED = ("lightkube", "pydantic", "rayform.components.ray", "rayform.components.kuberay.spec")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[CrdServer]:
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path / "cache"))
    with crd_server() as running:
        yield running


@pytest.fixture
def news(cluster: CrdServer, tmp_path: Path) -> dict[str, Any]:
    return wanted(written(tmp_path / "files", {name: crd(name) for name in NAMES}), kubeconfig=cluster.kubeconfig)


def test_a_created_resource_is_what_was_asked_for(news: dict[str, Any]) -> None:
    provider = CrdsProvider()

    created = provider.create(news)

    assert created.id == "kuberay-crds"
    assert created.outs
    assert provider.diff(created.id, created.outs, news).changes is False


@pytest.mark.parametrize(
    "change",
    [{"version": "1.6.1"}, {"sha256": {}}, {"kubeconfig": "other"}, {"context": "other"}, {"kubeconfig": UNKNOWN}],
    ids=["version", "files", "kubeconfig", "context", "unknown"],
)
def test_what_is_asked_otherwise_is_a_change(change: dict[str, Any], news: dict[str, Any]) -> None:
    state = CrdsProvider().create(news).outs or {}

    assert CrdsProvider().diff("kuberay-crds", state, {**news, **change}).changes is True


def test_where_the_files_come_from_is_no_change(news: dict[str, Any]) -> None:
    state = CrdsProvider().create(news).outs or {}

    assert CrdsProvider().diff("kuberay-crds", state, {**news, "source": "elsewhere"}).changes is False


def test_what_a_refresh_sees_is_a_change_and_an_update_mends_it(news: dict[str, Any], cluster: CrdServer) -> None:
    provider = CrdsProvider()
    state = provider.create(news).outs or {}
    del cluster.crds["rayjobs.ray.io"]

    seen = provider.read("kuberay-crds", state)

    assert seen.id == "kuberay-crds"
    assert provider.diff("kuberay-crds", seen.outs or {}, news).changes is True
    assert provider.update("kuberay-crds", seen.outs or {}, news).outs == state


def test_what_is_wholly_gone_has_no_id(news: dict[str, Any], cluster: CrdServer) -> None:
    state = CrdsProvider().create(news).outs or {}
    cluster.crds.clear()

    seen = CrdsProvider().read("kuberay-crds", state)

    assert (seen.id, seen.outs) == (None, {})


def test_deleting_leaves_the_crds(news: dict[str, Any], cluster: CrdServer) -> None:
    state = CrdsProvider().create(news).outs or {}
    cluster.requests.clear()

    CrdsProvider().delete("kuberay-crds", state)

    assert cluster.requests == []
    assert set(cluster.crds) == {"rayclusters.ray.io", "rayjobs.ray.io"}


def test_a_refusal_is_told_at_preview(news: dict[str, Any]) -> None:
    result = CrdsProvider().check({**news, "version": "1.7.0", "sha256": {}}, news)

    assert result.inputs == news
    assert [failure.reason.partition(":")[0] for failure in result.failures] == ["version"]


def test_a_failure_names_no_property_since_the_engine_would_print_its_value(news: dict[str, Any]) -> None:
    result = CrdsProvider().check({}, {**news, "kubeconfig": "{broken"})

    assert [failure.property for failure in result.failures] == [""]
    assert result.failures[0].reason.startswith("kubeconfig: a kubeconfig asked, it is broken (ParserError); ")


def test_an_error_comes_by_the_shortest_way(news: dict[str, Any], cluster: CrdServer) -> None:
    cluster.refuse["PATCH"] = (403, "it may not be")

    with pytest.raises(CrdsError, match=r"the API server says: it may not be; ") as caught:
        CrdsProvider().create(news)

    assert len(traceback.extract_tb(caught.tb)) == 3
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("unknown", [UNKNOWN, Unknown()], ids=["as-the-engine-says", "as-the-plugin-gives"])
def test_no_cluster_is_asked_while_its_kubeconfig_is_unknown(
    news: dict[str, Any], cluster: CrdServer, unknown: object
) -> None:
    result = CrdsProvider().check({}, {**news, "kubeconfig": unknown})

    assert result.failures == []
    assert cluster.requests == []


def test_nothing_is_asked_where_nothing_changes(news: dict[str, Any], cluster: CrdServer) -> None:
    assert CrdsProvider().check(news, news).failures == []
    assert cluster.requests == []


def test_a_preview_without_a_change_loads_nothing() -> None:
    code = f"""
import sys
from rayform.components.kuberay.crds.errors import CrdsError
from rayform.components.kuberay.crds.provider import CrdsProvider
same = {{"version": "1", "sha256": {{}}, "applied": {{}}, "live": {{}}}}
CrdsProvider().check(same, same), CrdsProvider().diff("", same, same)
print([name for name in {NOT_LOADED!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_the_state_names_the_provider_and_holds_no_code() -> None:
    pickled = base64.b64decode(serialize_provider(CrdsProvider()))

    assert b"rayform.components.kuberay.crds.provider" in pickled
    assert len(pickled) < 100
