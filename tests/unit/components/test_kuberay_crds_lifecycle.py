"""The life of the CRDs: checked at preview, applied, looked at again."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from kuberay_cluster import CrdServer, crd_server
from kuberay_files import NAMES, crd, wanted, written
from rayform.components.kuberay.crds import lifecycle
from rayform.components.kuberay.crds.errors import CrdsError, UnreachableError
from rayform.spec.refusal import RefusedError

CLUSTERS, JOBS = "rayclusters.ray.io", "rayjobs.ray.io"
OLD = {name: crd(name, ("v1", "v1alpha1")) for name in NAMES}
NEW = {name: crd(name, ("v1",), note="new") for name in NAMES}


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[CrdServer]:
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path / "cache"))
    with crd_server() as running:
        yield running


@pytest.fixture
def old(cluster: CrdServer, tmp_path: Path) -> dict[str, Any]:
    return wanted(written(tmp_path / "old", OLD), "1.6.2", kubeconfig=cluster.kubeconfig)


@pytest.fixture
def new(cluster: CrdServer, tmp_path: Path) -> dict[str, Any]:
    return wanted(written(tmp_path / "new", NEW), "1.7.0", kubeconfig=cluster.kubeconfig)


def failures(state: dict[str, Any], asked: dict[str, Any], *, reachable: bool = True) -> list[str]:
    return lifecycle.failures(state, asked, reachable=reachable)


def test_the_state_says_what_was_applied_and_what_is_there(old: dict[str, Any]) -> None:
    state = lifecycle.apply(old)

    assert {name: state[name] for name in old} == old
    assert set(state["applied"]) == {CLUSTERS, JOBS}
    assert state["live"] == state["applied"]


def test_applied_crds_carry_their_version_and_are_otherwise_upstreams(old: dict[str, Any], cluster: CrdServer) -> None:
    lifecycle.apply(old)

    assert cluster.crds[JOBS]["metadata"] == {
        "name": JOBS,
        "labels": {
            "app.kubernetes.io/part-of": "kuberay",
            "app.kubernetes.io/managed-by": "rayform",
            "app.kubernetes.io/version": "1.6.2",
        },
    }


def test_looking_again_sees_what_somebody_changed_and_what_is_gone(old: dict[str, Any], cluster: CrdServer) -> None:
    state = lifecycle.apply(old)
    cluster.crds[CLUSTERS]["spec"]["names"]["shortNames"] = ["mine"]
    del cluster.crds[JOBS]

    seen = lifecycle.look(state)

    assert seen
    assert seen["applied"] == state["applied"]
    assert seen["live"][JOBS] == "missing"
    assert seen["live"][CLUSTERS] != state["live"][CLUSTERS]


def test_looking_again_where_nothing_changed_changes_nothing(old: dict[str, Any]) -> None:
    state = lifecycle.apply(old)

    assert lifecycle.look(state) == state


def test_crds_that_are_all_gone_are_a_resource_that_is_gone(old: dict[str, Any], cluster: CrdServer) -> None:
    state = lifecycle.apply(old)
    cluster.crds.clear()

    assert lifecycle.look(state) is None


def test_an_upgrade_takes_their_place(old: dict[str, Any], new: dict[str, Any], cluster: CrdServer) -> None:
    before = lifecycle.apply(old)

    after = lifecycle.renew(before, new)

    assert after["applied"] != before["applied"]
    assert cluster.crds[JOBS]["metadata"]["labels"]["app.kubernetes.io/version"] == "1.7.0"


def test_drift_is_mended(old: dict[str, Any], cluster: CrdServer) -> None:
    state = lifecycle.apply(old)
    del cluster.crds[JOBS]

    assert lifecycle.renew(state, old) == state


def test_another_token_applies_nothing(old: dict[str, Any], cluster: CrdServer) -> None:
    state = lifecycle.apply(old)
    cluster.requests.clear()
    renamed = {**old, "kubeconfig": cluster.kubeconfig.replace("given", "renewed")}

    assert lifecycle.renew(state, renamed) == {**state, "kubeconfig": renamed["kubeconfig"]}
    assert cluster.requests == [f"GET {CLUSTERS}", f"GET {JOBS}"]


def test_a_change_without_objections_has_none(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert failures({}, old) == []
    assert failures(lifecycle.apply(old), new) == []


def test_a_downgrade_of_the_state_is_refused_without_a_cluster(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert failures(new, old, reachable=False) == [
        (
            "version: 1.6.2 asked, 1.7.0 is applied, and objects may hold what 1.6.2 would drop; "
            "keep 1.7.0 (crds_version='1.7.0' beside an older operator)"
        )
    ]


def test_a_downgrade_of_what_another_stack_left_is_refused_too(old: dict[str, Any], new: dict[str, Any]) -> None:
    lifecycle.apply(new)

    assert [text.partition(":")[0] for text in failures({}, old)] == ["version"]
    with pytest.raises(RefusedError, match=r"^KubeRayCrds: version: 1\.6\.2 asked, 1\.7\.0 is applied, "):
        lifecycle.apply(old)


def test_a_stored_version_that_the_new_crd_lacks_is_refused(
    old: dict[str, Any], new: dict[str, Any], cluster: CrdServer
) -> None:
    state = lifecycle.apply(old)
    cluster.crds[JOBS]["status"]["storedVersions"] = ["v1", "v1alpha1"]

    assert failures(state, new) == [
        (
            f"version: {JOBS} without v1alpha1 asked, objects of it may lie in storage in that form; "
            "write each of them anew, then drop v1alpha1 from the CRD's status.storedVersions"
        )
    ]


def test_files_that_cannot_be_had_are_refused_at_preview(old: dict[str, Any], tmp_path: Path) -> None:
    (reason,) = failures({}, {**old, "source": str(tmp_path / "none")}, reachable=False)

    assert reason.startswith(
        f"source: {', '.join(NAMES)} of KubeRay 1.6.2 asked, nobody gives what the checksums stand for ("
    )


def test_a_cluster_that_does_not_answer_is_an_objection(old: dict[str, Any]) -> None:
    with crd_server() as gone:
        away = {**old, "kubeconfig": gone.kubeconfig}

    (objection,) = failures({}, away)

    assert objection == (
        f"kubeconfig: reading {CLUSTERS} asked, the API server does not answer ([Errno 111] Connection refused); "
        "see that it runs and is reached from here"
    )
    with pytest.raises(UnreachableError, match=r"^kubeconfig: reading rayclusters\.ray\.io asked, "):
        lifecycle.apply(away)


def test_a_cluster_that_does_not_answer_is_forgotten_where_that_is_asked(
    old: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with crd_server() as gone:
        away = {**old, "kubeconfig": gone.kubeconfig, "applied": {CLUSTERS: "known"}}

    with pytest.raises(UnreachableError):
        lifecycle.look(away)
    monkeypatch.setenv("PULUMI_K8S_DELETE_UNREACHABLE", "true")
    assert lifecycle.look(away) is None


def test_a_cluster_that_forbids_looking_is_an_objection(old: dict[str, Any], cluster: CrdServer) -> None:
    cluster.refuse["GET"] = (403, "no")

    assert failures({}, old) == [
        (
            f"version: reading {CLUSTERS} asked, the API server says: no; "
            "let somebody apply them who may change CRDs, or set install_crds=False"
        )
    ]


def test_an_update_that_stopped_half_way_is_taken_up_again(old: dict[str, Any], cluster: CrdServer) -> None:
    cluster.refuse["PATCH"] = (500, "etcdserver: request timed out")
    with pytest.raises(CrdsError, match=r"etcdserver: request timed out"):
        lifecycle.apply(old)
    cluster.refuse.clear()

    assert set(lifecycle.apply(old)["live"]) == {CLUSTERS, JOBS}
