"""Files kept by checksum."""

from hashlib import sha256
from pathlib import Path

import pytest
from rayform.components.kuberay.crds import cache
from rayform.components.kuberay.crds.errors import CrdsError

CONTENT = b"spec: {}\n"
CHECKSUM = sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path))
    return tmp_path


def test_what_is_stored_is_kept() -> None:
    cache.store(CONTENT)

    assert cache.kept(CHECKSUM) == CONTENT


def test_what_was_never_stored_is_not_there() -> None:
    assert cache.kept(CHECKSUM) is None


def test_a_file_lies_under_its_checksum_and_nothing_beside_it(home: Path) -> None:
    cache.store(CONTENT)
    cache.store(CONTENT)

    assert [path.name for path in (home / "crds").iterdir()] == [f"{CHECKSUM}.yaml"]


def test_a_damaged_file_is_never_used_and_goes(home: Path) -> None:
    cache.store(CONTENT)
    (home / "crds" / f"{CHECKSUM}.yaml").write_bytes(CONTENT[:-1])

    assert cache.kept(CHECKSUM) is None
    assert list((home / "crds").iterdir()) == []


def test_no_room_is_an_error_that_says_what_to_do(home: Path) -> None:
    (home / "crds").write_text("a file where the folder should be")

    with pytest.raises(CrdsError) as caught:
        cache.store(CONTENT)

    assert str(caught.value) == (
        f"source: a cache of 9 bytes more asked, {home}/crds cannot hold it (File exists); "
        "make room, or set RAYFORM_CACHE to another folder"
    )


def test_a_write_that_fails_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(CrdsError, match=r"No space left on device"):
        cache.store(CONTENT)
    assert list((home / "crds").iterdir()) == []


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"RAYFORM_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/a/crds"),
        ({"XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/b/rayform/crds"),
        ({"HOME": "/c"}, "/c/.cache/rayform/crds"),
    ],
)
def test_the_cache_is_where_the_environment_says(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RAYFORM_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert cache.folder() == Path(folder)
