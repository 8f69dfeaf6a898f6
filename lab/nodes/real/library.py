"""The images of the node: made when they are nowhere, else taken from where they are nearest."""

from collections.abc import Callable
from pathlib import Path

from ...progress import Progress
from ...toolchain import TOOLS
from ..images import Image, operator_image, pause_image, ray_image
from .containerd import Containerd
from .store import Store

OPERATOR = "kuberay-operator"
PAUSE = "pause"


class Library:
    """The images that every lab has: the pause program, KubeRay's operator and Ray."""

    def __init__(self, program: Callable[[str], Path]) -> None:
        operator = operator_image(program(OPERATOR), TOOLS[OPERATOR].version)
        self.images: tuple[Image, ...] = (pause_image(program(PAUSE)), operator, ray_image())
        self._store = Store(self.images)

    def prepare(self, progress: Progress) -> None:
        """Make every image that the cache lacks, unless it keeps what containerd made of them."""
        if not self._store.exists():
            for image in self.images:
                image.archive(progress)

    def fill(self, containerd: Containerd, folder: Path, progress: Progress) -> None:
        """Make ``containerd``, whose root is ``folder``, run and have every image as the cache has it."""
        new = not folder.exists()
        if new and self._store.exists():
            self._store.restore(folder, progress)
        containerd.up()
        keys = containerd.images()
        missing = [image for image in self.images if keys.get(image.reference) != image.key]
        for image in missing:
            archive = image.archive(progress)
            with progress.step(f"loading the image {image.reference}"):
                containerd.load(image.reference, image.key, archive)
        if new and missing:
            containerd.down()
            self._store.save(folder, progress)
            containerd.up()
