"""Images that hold one static program: KubeRay's operator and the pause program of pods."""

from functools import partial
from pathlib import Path

from ...progress import Progress
from . import archive
from .image import Image
from .kept import digest, key

PAUSE = "rayform.lab/pause:1"
"""The image whose process keeps a pod's namespaces."""

_NOBODY = "65532:65532"


def operator_image(program: Path, version: str) -> Image:
    """``quay.io/kuberay/operator:v<version>``: ``program`` at ``/manager``, as upstream has it."""
    return _image(f"quay.io/kuberay/operator:v{version}", f"kuberay-operator-{version}", program, "manager")


def pause_image(program: Path) -> Image:
    """:data:`PAUSE`: ``program`` at ``/pause``."""
    return _image(PAUSE, "pause", program, "pause")


def _image(reference: str, name: str, program: Path, called: str) -> Image:
    recipe = (Path(__file__).read_bytes(), Path(archive.__file__).read_bytes(), digest(program))
    return Image(reference, name, key(*recipe), partial(_make, reference=reference, program=program, called=called))


def _make(destination: Path, progress: Progress, *, reference: str, program: Path, called: str) -> None:
    del progress
    named, layer = destination.with_name(called), destination.with_name("program.layer")
    named.symlink_to(program)
    archive.program_layer(layer, named)
    archive.write(destination, reference, [layer], archive.Config(user=_NOBODY, entrypoint=(f"/{called}",)))
