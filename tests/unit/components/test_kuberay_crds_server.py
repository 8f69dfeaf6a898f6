"""CRDs as the API server knows them."""

from collections.abc import Generator
from typing import Any

import pytest
import yaml
from kuberay_cluster import CrdServer, crd_server
from kuberay_files import NAMES, crd
from rayform.components.kuberay.crds import server as module
from rayform.components.kuberay.crds.errors import CrdsError, UnreachableError
from rayform.components.kuberay.crds.server import Server, server

CLUSTERS, JOBS = "rayclusters.ray.io", "rayjobs.ray.io"


@pytest.fixture
def cluster() -> Generator[CrdServer]:
    with crd_server() as running:
        yield running


@pytest.fixture
def asked(cluster: CrdServer, monkeypatch: pytest.MonkeyPatch) -> Generator[Server]:
    monkeypatch.setattr(module, "INTERVAL_SECONDS", 0)
    with server(cluster.kubeconfig, None) as made:
        yield made


def definition(file: str = NAMES[0], note: str = "", **metadata: Any) -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(crd(file, note=note))
    return {**body, "metadata": {**body["metadata"], **metadata}}


def test_an_applied_crd_is_live_with_its_version(asked: Server) -> None:
    asked.apply(definition(labels={"app.kubernetes.io/version": "1.6.2"}))

    live = asked.live([CLUSTERS, JOBS])

    assert list(live) == [CLUSTERS]
    assert (live[CLUSTERS].version, live[CLUSTERS].stored, live[CLUSTERS].established) == ("1.6.2", ("v1",), True)


def test_applying_takes_fields_over_from_others(asked: Server, cluster: CrdServer) -> None:
    asked.apply(definition())

    assert cluster.requests == [f"PATCH {CLUSTERS}"]
    assert cluster.queries == ["force=true&fieldManager=rayform"]


def test_the_fingerprint_tells_specs_apart_and_nothing_else(asked: Server) -> None:
    def fingerprint(**changes: Any) -> str:
        asked.apply(definition(**changes))
        return asked.live([CLUSTERS])[CLUSTERS].fingerprint

    assert fingerprint() == fingerprint(annotations={"a": "b"})
    assert fingerprint() != fingerprint(note="other")


def test_a_crd_that_somebody_else_applied_has_no_version(asked: Server) -> None:
    asked.apply(definition())

    assert asked.live([CLUSTERS])[CLUSTERS].version is None


def test_established_is_awaited(asked: Server, cluster: CrdServer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.apply(definition())
    asked.apply(definition(NAMES[1]))
    cluster.crds[JOBS]["status"]["conditions"] = []
    answer = cluster.answer

    def slowly(method: str, path: str, body: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        if len(cluster.requests) > 6:
            cluster.crds[JOBS]["status"] = cluster.crds[CLUSTERS]["status"]
        return answer(method, path, body)

    monkeypatch.setattr(cluster, "answer", slowly)

    assert set(asked.await_established([CLUSTERS, JOBS], 60)) == {CLUSTERS, JOBS}
    assert cluster.requests.count(f"GET {CLUSTERS}") == 1


def test_what_is_never_established_is_told_with_the_servers_words(asked: Server, cluster: CrdServer) -> None:
    cluster.conditions = (("NamesAccepted", "False", '"rayjobs" is already in use'), ("Established", "False", ""))
    asked.apply(definition(NAMES[1]))

    with pytest.raises(CrdsError) as caught:
        asked.await_established([JOBS], 0)

    assert str(caught.value) == (
        f"version: {JOBS} established within 0 seconds asked, "
        'the API server says: "rayjobs" is already in use; see `kubectl describe crd`, then run the update again'
    )


def test_what_vanishes_is_not_awaited_for_ever(asked: Server) -> None:
    with pytest.raises(CrdsError, match=r"^version: rayjobs\.ray\.io established .*says: nothing; see"):
        asked.await_established([JOBS], 0)


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (403, "let somebody apply them who may change CRDs, or set install_crds=False"),
        (401, "renew the credentials of the kubeconfig"),
        (422, "mend this, then run the update again"),
    ],
)
def test_what_the_server_refuses_is_told_in_its_words(
    code: int, remedy: str, asked: Server, cluster: CrdServer
) -> None:
    cluster.refuse["PATCH"] = (code, "it may not be")

    with pytest.raises(CrdsError) as caught:
        asked.apply(definition())

    assert str(caught.value) == f"version: applying {CLUSTERS} asked, the API server says: it may not be; {remedy}"


def test_reading_that_is_refused_is_not_taken_for_absence(asked: Server, cluster: CrdServer) -> None:
    cluster.refuse["GET"] = (403, "no")

    with pytest.raises(CrdsError, match=r"^version: reading rayjobs\.ray\.io asked, the API server says: no; "):
        asked.live([JOBS])


def test_a_server_that_does_not_answer_is_told() -> None:
    with crd_server() as gone:
        config = gone.kubeconfig

    with server(config, None) as asked, pytest.raises(UnreachableError) as caught:
        asked.live([JOBS])

    assert str(caught.value) == (
        f"kubeconfig: reading {JOBS} asked, the API server does not answer ([Errno 111] Connection refused); "
        "see that it runs and is reached from here"
    )
