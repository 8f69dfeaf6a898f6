"""The Ray image: upstream's name, user, home and paths, made of wheels."""

import shutil
from pathlib import Path

from ...errors import LabError
from ...progress import Progress
from . import archive, rootfs, wheels
from .base import base_key, base_layer
from .image import Image
from .kept import key

RAY = "2.60.0"
"""The version of Ray for which wheels are pinned."""

_PINS = Path(__file__).with_name("pins")
# Where upstream's image has its Python, so that absolute paths in users' manifests hold here too.
_PYTHON = "home/ray/anaconda3"
_PATH = f"/{_PYTHON}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NOT_FOR_PYTHON = ("ray/jars", "ray/cpp")


def ray_image(version: str = RAY) -> Image:
    """``docker.io/rayproject/ray:<version>`` with ``ray[default,serve]``; refused when no wheels are pinned for it."""
    pins = _PINS / f"ray-{version}.txt"
    if not pins.is_file():
        pinned = ", ".join(sorted(path.stem.removeprefix("ray-") for path in _PINS.glob("*.txt")))
        raise LabError(f"ray image: version {version} asked, wheels are pinned for {pinned}; ask for one of these")

    def make(destination: Path, progress: Progress) -> None:
        _make(destination, version, pins, progress)

    recipe = (Path(__file__), *(Path(str(module.__file__)) for module in (archive, rootfs, wheels)), pins)
    return Image(
        reference=f"docker.io/rayproject/ray:{version}",
        name=f"ray-{version}",
        key=key(base_key(), *(path.read_bytes() for path in recipe)),
        make=make,
    )


def _make(destination: Path, version: str, pins: Path, progress: Progress) -> None:
    base, root = base_layer(progress), destination.with_name("root")
    rootfs.unpacked(root, base)
    python = (root / "usr/bin/python3").readlink().name.removeprefix("python")
    with progress.step(f"downloading the wheels of Ray {version}"):
        wheels.download(pins, python, root / "wheels")
    with progress.step(f"installing Ray {version} into the image"):
        shutil.copy(pins, root / "wheels/pins.txt")
        _install(root)
    layer = destination.with_name("ray.layer")
    rootfs.layer(layer, root, f"./{_PYTHON}")
    archive.write(destination, f"docker.io/rayproject/ray:{version}", [base, layer], _CONFIG)


_CONFIG = archive.Config(
    user="1000:100",
    working_dir="/home/ray",
    command=("/bin/bash",),
    env={
        "PATH": _PATH,
        "HOME": "/home/ray",
        "LANG": "C.UTF-8",
        "RAY_USAGE_STATS_ENABLED": "0",  # the lab's pods reach nobody to report to
    },
)


def _install(root: Path) -> None:
    python = f"/{_PYTHON}/bin/python"
    quietly = ("--quiet", "--no-compile", "--no-cache-dir", "--disable-pip-version-check")
    pinned = ("--no-index", "--no-deps", "--find-links", "/wheels", "--require-hashes", "-r", "/wheels/pins.txt")
    rootfs.inside("making the image's Python", root, "python3", "-m", "venv", f"/{_PYTHON}")
    rootfs.inside("installing Ray into the image", root, python, "-m", "pip", "install", *quietly, *pinned)
    for packages in (root / _PYTHON).glob("lib/python3*/site-packages"):
        for folder in (*_NOT_FOR_PYTHON, "numpy/**/tests"):
            for path in packages.glob(folder):
                shutil.rmtree(path)
    # Every Ray process would compile for itself otherwise; by content, as layers do not keep times exactly.
    compiled = ("-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", f"/{_PYTHON}/lib")
    rootfs.inside("compiling the image's modules", root, python, *compiled)
    rootfs.inside("giving the image to its user", root, "chown", "--recursive", "1000:100", f"/{_PYTHON}")
