"""What images are made of is made once, and never used when it is damaged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lab_machine import Spoken
from rayform.lab import StorageError
from rayform.lab.nodes.images.kept import kept, key

ONE, OTHER = key("one"), key("other")


@pytest.fixture
def made(cache: Path) -> list[Path]:
    """Where things were made, one path per time."""
    del cache
    return []


@pytest.fixture
def make(made: list[Path], spoken: Spoken) -> Callable[[str], Path]:
    def write(path: Path) -> None:
        made.append(path)
        path.write_text("content")

    return lambda key: kept("thing", key, write, spoken)


def test_it_is_made_once(make: Callable[[str], Path], made: list[Path], cache: Path) -> None:
    assert make(ONE) == make(ONE) == cache / "images" / f"thing-{ONE}.tar"
    assert len(made) == 1


def test_it_appears_whole_or_not_at_all(cache: Path, spoken: Spoken) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("thing", ONE, fail, spoken)

    assert [path.name for path in (cache / "images").iterdir()] == ["thing.lock"]


def test_a_damaged_one_is_made_anew_and_told(make: Callable[[str], Path], made: list[Path], spoken: Spoken) -> None:
    make(ONE).write_text("damaged")

    assert make(ONE).read_text() == "content"
    assert spoken.lines == [f"{make(ONE)}: damaged, made anew"]
    assert len(made) == 2


def test_one_without_its_sum_is_made_anew(make: Callable[[str], Path], made: list[Path]) -> None:
    path = make(ONE)
    path.with_name(f"{path.name}.sha256").unlink()
    make(ONE)

    assert len(made) == 2


def test_only_the_newest_of_a_name_is_kept(make: Callable[[str], Path], cache: Path, spoken: Spoken) -> None:
    kept("thing-else", ONE, lambda path: path.write_text("its") and None, spoken)
    make(ONE)
    make(OTHER)

    assert sorted(path.name for path in (cache / "images").glob("*.tar")) == sorted(
        [f"thing-{OTHER}.tar", f"thing-else-{ONE}.tar"]
    )


def test_what_a_killed_maker_left_is_removed(make: Callable[[str], Path], cache: Path) -> None:
    (cache / "images/partial-thing-killed/root").mkdir(parents=True)
    make(ONE)

    assert not (cache / "images/partial-thing-killed").exists()


def test_a_full_disk_is_told_by_name(full_disk: Path, spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAYFORM_CACHE", str(full_disk))
    with pytest.raises(StorageError, match=r": the disk is full; free some space and run the command again$"):
        kept("thing", ONE, lambda path: path.write_bytes(b"0" * 100_000) and None, spoken)


def test_keys_tell_parts_apart() -> None:
    assert key("ab", "c") != key("a", "bc")
    assert key("a") == key(b"a")
