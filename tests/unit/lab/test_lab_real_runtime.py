"""The container runtime takes images once; what it made of them is kept for the next lab."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import LabError, Silent
from rayform.lab.nodes.images import Image
from rayform.lab.nodes.real import machine as node
from rayform.lab.nodes.real.containerd import Containerd
from rayform.lab.nodes.real.library import Library
from rayform.lab.nodes.real.marks import marks
from rayform.lab.nodes.real.store import Store

KEEPING = "keeping images in the cache"
CTR = """
shift 4
case "$*" in
*list*) echo "REF TYPE DIGEST SIZE PLATFORMS LABELS"; cat {images} 2>/dev/null;;
*import*) test ! -e {broken} || {{ echo "ctr: unexpected EOF" >&2; exit 1; }};;
*label*) echo "$3 application/x sha256:1 1.0 MiB linux/amd64 a=b,${{4}}" >> {images};;
esac
true
"""


class Runtime(Containerd):
    """containerd that is never started; what it is told is noted."""

    def __init__(self, state: Path, machine: node.Machine) -> None:
        super().__init__(state, machine)
        self.told: list[str] = []

    def up(self) -> None:
        self.told.append("up")

    def down(self) -> None:
        self.told.append("down")


@pytest.fixture
def runtime(state: Path, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    machine.has("ctr", CTR.format(images=tmp_path / "images", broken=tmp_path / "broken"))
    machine.has("containerd", "echo containerd 1.6")
    monkeypatch.setattr(node.Machine, "_pid", lambda _: os.getpid())
    (state / "machine").mkdir()
    return Runtime(state, node.Machine(state, marks(state)))


@pytest.fixture
def folder(state: Path) -> Path:
    """Where containerd would keep things, as if it had."""
    return state / "machine/var/lib/containerd"


def filled(folder: Path) -> None:
    (folder / "bolt").mkdir(parents=True)
    (folder / "bolt/meta.db").write_text("database")
    (folder / "bolt/layer").write_text("layer")


def image(made: str = "one") -> Image:
    return Image("registry/name:tag", "name", made.ljust(16, "0"), lambda path, _: path.write_text(made) and None)


@pytest.fixture
def library(cache: Path, runtime: Runtime, tmp_path: Path) -> Callable[[], Library]:
    del cache, runtime
    for name in ("kuberay-operator", "pause"):
        (tmp_path / name).write_text(name)

    def make() -> Library:
        return Library(lambda name: tmp_path / name)

    return make


def test_an_image_is_remembered_by_its_key(runtime: Runtime, tmp_path: Path) -> None:
    assert runtime.images() == {}
    runtime.load("registry/name:tag", "key", tmp_path / "archive")

    assert runtime.images() == {"registry/name:tag": "key"}


def test_an_image_without_a_key_is_not_ours(runtime: Runtime, tmp_path: Path) -> None:
    (tmp_path / "images").write_text("registry/other:tag application/x sha256:1 1.0 MiB linux/amd64 -\n")

    assert runtime.images() == {"registry/other:tag": ""}


def test_an_archive_that_is_refused_is_named(runtime: Runtime, tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with pytest.raises(LabError) as caught:
        runtime.load("registry/name:tag", "key", tmp_path / "archive")

    assert str(caught.value) == (
        "loading the image registry/name:tag: failed with code 1; see what it says\n  | ctr: unexpected EOF"
    )


def test_the_store_gives_back_what_it_was_given(runtime: Runtime, folder: Path, cache: Path, tmp_path: Path) -> None:
    del runtime, cache
    filled(folder)
    store = Store([image()])
    assert not store.exists()
    store.save(folder, Silent())
    store.restore(tmp_path / "next/containerd", Silent())

    assert store.exists()
    assert (tmp_path / "next/containerd/bolt/layer").samefile(folder / "bolt/layer")
    assert (tmp_path / "next/containerd/bolt/meta.db").read_text() == "database"
    assert not (tmp_path / "next/containerd/bolt/meta.db").samefile(folder / "bolt/meta.db")


def test_a_store_is_of_its_images_only(runtime: Runtime, folder: Path, cache: Path) -> None:
    del runtime
    filled(folder)
    Store([image()]).save(folder, Silent())
    assert not Store([image("two")]).exists()
    Store([image("two")]).save(folder, Silent())

    assert not Store([image()]).exists()
    assert len(list((cache / "images").glob("store-*"))) == 1


@pytest.mark.parametrize("harm", [lambda file: file.write_text("other"), lambda file: file.unlink()])
def test_a_store_with_other_databases_than_it_was_given_is_made_anew(
    runtime: Runtime, folder: Path, cache: Path, harm: Callable[[Path], object]
) -> None:
    del runtime
    filled(folder)
    store = Store([image()])
    store.save(folder, Silent())
    (database,) = (cache / "images").glob("store-*/bolt/meta.db")
    harm(database)
    assert not store.exists()
    store.save(folder, Silent())

    assert store.exists()


def test_a_new_lab_loads_all_images_and_keeps_them(
    runtime: Runtime, folder: Path, library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "archive", lambda *_: Path("archive"))
    monkeypatch.setattr(Runtime, "up", lambda self: self.told.append("up") or folder.exists() or filled(folder))
    spoken = Spoken()
    library().fill(runtime, folder, spoken)

    assert runtime.told == ["up", "down", "up"]
    assert spoken.lines == [*(f"loading the image {made.reference}" for made in library().images), KEEPING]


def test_the_next_lab_takes_them_from_the_cache_and_loads_nothing(
    runtime: Runtime, folder: Path, library: Callable[[], Library], tmp_path: Path
) -> None:
    filled(folder)
    Store(library().images).save(folder, Silent())
    for made in library().images:
        runtime.load(made.reference, made.key, tmp_path / "archive")
    spoken, runtime.told = Spoken(), []
    library().prepare(spoken)
    library().fill(runtime, tmp_path / "next/containerd", spoken)

    assert spoken.lines == ["taking images from the cache"]
    assert runtime.told == ["up"]


def test_only_an_image_that_changed_is_loaded_again(
    runtime: Runtime, folder: Path, library: Callable[[], Library], tmp_path: Path
) -> None:
    filled(folder)
    for made in library().images:
        runtime.load(made.reference, made.key, tmp_path / "archive")
    (tmp_path / "kuberay-operator").write_text("another")
    spoken = Spoken()
    library().fill(runtime, folder, spoken)

    operator = "quay.io/kuberay/operator:v1.6.2"
    assert spoken.lines == [f"making the image {operator}", f"loading the image {operator}"]
    assert runtime.told == ["up"]
