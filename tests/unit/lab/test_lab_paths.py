"""Where the lab keeps things."""

from pathlib import Path

import pytest
from rayform.lab import StorageError, cache_home, state_home
from rayform.lab.paths import private, write_private


def test_the_cache_is_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path / "mine"))

    assert cache_home() == tmp_path / "mine"


def test_the_cache_follows_the_desktop_convention(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RAYFORM_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert cache_home() == tmp_path / "rayform"


def test_state_is_in_the_home_folder_without_any_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RAYFORM_STATE", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert state_home() == tmp_path / ".local/state/rayform"
    assert state_home().stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)

    assert private(tmp_path / "open").stat().st_mode & 0o777 == 0o700


def test_a_private_file_is_its_owners_alone_and_leaves_no_draft(tmp_path: Path) -> None:
    path = write_private(tmp_path / "deep" / "key", "secret")

    assert path.read_text() == "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_one_clear_error_and_nothing_is_left(full_disk: Path) -> None:
    with pytest.raises(StorageError) as caught:
        write_private(full_disk / "key", "secret" * 10_000)

    remedy = "the disk is full; free some space and run the command again"
    assert str(caught.value) == f"{full_disk / 'key'}: {remedy}"
    assert not list(full_disk.glob("*key*"))


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError) as caught:
        private(tmp_path / "file" / "folder")

    reason = "a file is where a folder should be; move it away or name another place and run the command again"
    assert str(caught.value) == f"{tmp_path / 'file' / 'folder'}: {reason}"
