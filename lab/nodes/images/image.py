"""An image that the lab can make."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...progress import Progress
from .kept import kept


@dataclass(frozen=True)
class Image:
    """An image that the lab can make, under the very name that manifests use.

    Attributes:
        reference: registry, name and tag.
        name: of its file in the cache.
        key: tells it from one of the same name made of something else.
        make: writes its archive to the path it is given, and may use the folder of that path meanwhile.
    """

    reference: str
    name: str
    key: str
    make: Callable[[Path, Progress], None]

    def archive(self, progress: Progress) -> Path:
        """Its archive, made when the cache has none."""

        def make(destination: Path) -> None:
            with progress.step(f"making the image {self.reference}"):
                self.make(destination, progress)

        return kept(self.name, self.key, make, progress)
