"""The provider's configuration."""

from typing import Any

import pytest
from rayform.lab.engine.kubernetes.settings import Settings, compared, refused, settings
from rayform.lab.wire import UNKNOWN, Secret


def kubeconfig(server: str, user: str = "me") -> str:
    return f"""\
current-context: c
contexts: [{{name: c, context: {{cluster: k, user: {user}}}}}]
clusters: [{{name: k, cluster: {{server: "{server}"}}}}]
"""


def test_nothing_given_is_the_ambient_cluster() -> None:
    assert settings({}) == Settings()


def test_flags_are_read_however_they_are_written() -> None:
    given = settings({"upsertExistingObjects": "true", "enablePatchForce": True, "kubeconfig": Secret("x")})

    assert given == Settings(kubeconfig="x", upsert_existing_objects=True, enable_patch_force=True)


def test_flags_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULUMI_K8S_ENABLE_SECRET_MUTABLE", "true")
    monkeypatch.setenv("PULUMI_K8S_DELETE_UNREACHABLE", "true")

    assert settings({"deleteUnreachable": "false"}) == Settings(mutable=frozenset({"Secret"}))


def test_what_is_not_possible_here_is_refused_with_the_way_out() -> None:
    remedy = "the lab's provider cannot do that; leave it out, or install the official plugin"

    assert list(refused({"renderYamlToDirectory": "out", "enableServerSideApply": "false"})) == [
        ("renderYamlToDirectory", f"rendering to files asked; {remedy}"),
        ("enableServerSideApply", f"client-side apply asked; {remedy}"),
    ]
    assert list(refused({"enableServerSideApply": True})) == []


@pytest.mark.parametrize(
    ("old", "new", "changed", "moved"),
    [
        ({}, {}, [], []),
        ({"namespace": "a"}, {"namespace": "b"}, ["namespace"], []),
        ({"kubeconfig": kubeconfig("a")}, {"kubeconfig": kubeconfig("a", "you")}, ["kubeconfig"], []),
        ({"kubeconfig": kubeconfig("a")}, {"kubeconfig": kubeconfig("b")}, ["kubeconfig"], ["kubeconfig"]),
        ({"kubeconfig": "/some/path"}, {"kubeconfig": kubeconfig("b")}, ["kubeconfig"], []),
        ({"kubeconfig": kubeconfig("a")}, {"kubeconfig": UNKNOWN}, ["kubeconfig"], ["kubeconfig"]),
        (
            {"clusterIdentifier": "x", "kubeconfig": kubeconfig("a")},
            {"clusterIdentifier": "x", "kubeconfig": kubeconfig("b")},
            ["kubeconfig"],
            [],
        ),
        ({"clusterIdentifier": "x"}, {"clusterIdentifier": "y"}, ["clusterIdentifier"], ["clusterIdentifier"]),
        ({}, {"clusterIdentifier": "y"}, ["clusterIdentifier"], []),
    ],
)
def test_another_server_is_another_cluster(
    old: dict[str, Any], new: dict[str, Any], changed: list[str], moved: list[str]
) -> None:
    assert compared(old, new) == (changed, moved)
