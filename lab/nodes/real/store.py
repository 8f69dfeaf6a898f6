"""What containerd made of the images, kept for the next lab: linking it takes a second, importing a quarter minute.

A copy shares its files with the cache by hard links; containerd writes a file of this kind once and never again. Only
its databases change, so they are really copied.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from ...errors import storing
from ...locks import locked
from ...paths import cache_home
from ...progress import Progress
from ..command import attempt, run
from ..images import Image
from ..images.kept import key

_DATABASES = "*/*.db"
_SEAL = "rayform.sha256"


class Store:
    """containerd's folder as it is once it has taken in ``images``."""

    def __init__(self, images: Iterable[Image]) -> None:
        made_by = attempt("containerd", "--version").stdout
        self._home = cache_home() / "images"
        self._entry = self._home / f"store-{key(made_by, *(f'{image.reference} {image.key}' for image in images))}"

    def exists(self) -> bool:
        """Whether it is kept, and its databases are what they were: with others, containerd would know no image."""
        seal = self._entry / _SEAL
        return seal.is_file() and seal.read_text() == _digest(self._entry)

    def restore(self, folder: Path, progress: Progress) -> None:
        """Make ``folder``, which is not there yet, be what was kept."""
        with self._locked(progress), progress.step("taking images from the cache"), storing(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            _copy(self._entry, folder, folder.parent)

    def save(self, folder: Path, progress: Progress) -> None:
        """Keep ``folder``, of a containerd that has ended; stores of other images go."""
        with self._locked(progress), progress.step("keeping images in the cache"), storing(self._entry):
            for other in self._home.glob("store-*"):
                shutil.rmtree(other)
            (folder / _SEAL).write_text(_digest(folder))
            _copy(folder, self._entry, self._home)

    def _locked(self, progress: Progress) -> AbstractContextManager[None]:
        return locked(self._home / "store.lock", "copying images", progress)


def _digest(folder: Path) -> str:
    content = hashlib.sha256()
    for database in sorted(folder.glob(_DATABASES)):
        content.update(f"{database.relative_to(folder)}\0".encode() + hashlib.sha256(database.read_bytes()).digest())
    return content.hexdigest()


def _copy(source: Path, destination: Path, beside: Path) -> None:
    for leftover in beside.glob("partial-store-*"):
        shutil.rmtree(leftover)
    with tempfile.TemporaryDirectory(prefix="partial-store-", dir=beside) as folder:
        partial = Path(folder) / "store"
        how = "--link" if source.stat().st_dev == beside.stat().st_dev else "--reflink=auto"
        run("copying images", "cp", "--archive", how, source, partial, place=beside)
        for database in source.glob(_DATABASES):
            copy = partial / database.relative_to(source)
            copy.unlink()
            shutil.copy2(database, copy)
        partial.rename(destination)
