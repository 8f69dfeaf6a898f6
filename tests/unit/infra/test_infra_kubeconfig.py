"""What a kubeconfig must have, and what is said when it has not."""

import json
from pathlib import Path
from typing import Any

import pytest
from rayform.infra import KubeconfigError
from rayform.infra.kubeconfig import FLATTEN, checked

SUBJECT = "ExistingCluster prod"


def kubeconfig(**changes: Any) -> dict[str, Any]:
    """A whole kubeconfig with two contexts, the current one ``dev``."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "dev",
        "clusters": [{"name": "here", "cluster": {"server": "https://10.0.0.1:6443"}}],
        "users": [{"name": "me", "user": {"token": "hush"}}],
        "contexts": [
            {"name": "dev", "context": {"cluster": "here", "user": "me"}},
            {"name": "prod", "context": {"cluster": "here", "user": "me"}},
        ],
    } | changes


def refusal(given: str | Path, context: str | None = None) -> str:
    with pytest.raises(KubeconfigError) as caught:
        checked(SUBJECT, given, context)
    assert str(caught.value) == "\n".join(f"{SUBJECT}: {line}" for line in caught.value.lines)
    return str(caught.value).removeprefix(f"{SUBJECT}: ")


def text(**changes: Any) -> str:
    return json.dumps(kubeconfig(**changes))


@pytest.mark.parametrize("context", [None, "dev", "prod"])
def test_a_whole_kubeconfig_comes_back_as_it_is(context: str | None) -> None:
    assert checked(SUBJECT, text(), context) == text()


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_text(text())

    assert checked(SUBJECT, file, None) == text()
    assert checked(SUBJECT, str(file), None) == text()


def test_the_home_folder_is_meant_by_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "config").write_text(text())

    assert checked(SUBJECT, "~/config", None) == text()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "config") == (
        f"kubeconfig: file {tmp_path}/config asked, no such file or directory; "
        "give a path that can be read, or the kubeconfig's text"
    )


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_bytes(b"\xff\xfe")

    assert refusal(file) == (
        f"kubeconfig: file {file} asked, not text; give a path that can be read, or the kubeconfig's text"
    )


def test_broken_syntax_is_refused_by_line_without_a_word_of_the_text() -> None:
    assert refusal("users:\n- token: 'hush\n") == f"kubeconfig: YAML asked, its syntax is broken in line 3; {FLATTEN}"


def test_a_control_character_is_refused_without_a_line() -> None:
    assert refusal("token: \x00\n") == f"kubeconfig: YAML asked, its syntax is broken; {FLATTEN}"


@pytest.mark.parametrize("other", ["- a\n- list\n", "kind: Config\nusers: []\n", "\n"])
def test_what_is_no_kubeconfig_is_refused(other: str) -> None:
    assert refusal(other) == f"kubeconfig: a kubeconfig asked, it has no clusters; {FLATTEN}"


def test_an_unknown_context_is_refused_with_those_there_are() -> None:
    assert refusal(text(), "stage") == "context: stage asked, the kubeconfig has dev, prod; choose one of these"


def test_a_dangling_current_context_is_refused() -> None:
    assert refusal(text(**{"current-context": "gone"})) == (
        "kubeconfig.current-context: gone asked, the kubeconfig has dev, prod; choose one of these"
    )


def test_a_kubeconfig_without_a_current_context_needs_one_named() -> None:
    assert refusal(text(**{"current-context": ""})) == (
        "context: none asked, the kubeconfig has no current one; choose one of dev, prod"
    )


def test_a_kubeconfig_without_contexts_is_refused() -> None:
    assert refusal(text(contexts=[])) == f"kubeconfig.contexts: at least one asked, it has none; {FLATTEN}"


def test_a_context_that_points_nowhere_is_refused_with_every_reason() -> None:
    assert refusal(text(clusters=[], users=None)).splitlines() == [
        f"kubeconfig.contexts[dev].cluster: here asked, the kubeconfig has none; {FLATTEN}",
        f"{SUBJECT}: kubeconfig.contexts[dev].user: me asked, the kubeconfig has none; {FLATTEN}",
    ]


def test_a_context_without_a_user_is_accepted() -> None:
    anonymous = text(contexts=[{"name": "dev", "context": {"cluster": "here"}}])

    assert checked(SUBJECT, anonymous, None) == anonymous


def test_files_named_by_relative_paths_are_refused() -> None:
    users = [{"name": "me", "user": {"client-certificate": "me.crt", "client-key": "/etc/me.key"}}]

    assert refusal(text(users=users)) == (
        "kubeconfig.users[me].client-certificate: a relative path asked, the folder it starts from is not kept; "
        "give the text that `kubectl config view --flatten --raw` prints"
    )
