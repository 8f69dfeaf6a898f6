"""The ground of the Ray image: a minimal Debian of the release that this machine runs."""

import platform
import shutil
from pathlib import Path

from ...progress import Progress
from . import mirror, rootfs
from .kept import kept, key

# bash and coreutils are in the minimal system; KubeRay's probes call wget, Ray asks ps, users' pip wants certificates.
_PACKAGES = ("ca-certificates", "procps", "python3-minimal", "python3-venv", "wget")
_LEFT_OUT = ("usr/share/doc", "usr/share/info", "usr/share/lintian", "usr/share/locale", "usr/share/man")
_EMPTIED = ("var/cache/apt", "var/lib/apt/lists", "var/log", *_LEFT_OUT)
_DOWNLOAD_REMEDY = "check that apt can install packages on this machine, and run the command again"


def base_key() -> str:
    """What tells this base from another."""
    return key(Path(__file__).read_bytes(), mirror.suite(), platform.machine())


def base_layer(progress: Progress) -> Path:
    """The base as a layer: Debian with Python, wget and ps, and a user ``ray`` as upstream's image has it."""

    def make(destination: Path) -> None:
        root = destination.with_name("root")
        source = mirror.mirror()
        with progress.step(f"making the image's base of {source.suite} packages, about a minute"):
            _bootstrap(root, source)
            _trim(root)
            rootfs.layer(destination, root)

    return kept("base", base_key(), make, progress)


def _bootstrap(root: Path, source: mirror.Mirror) -> None:
    asked = (
        "--variant=minbase",
        f"--include={','.join(_PACKAGES)}",
        f"--components={','.join(source.components)}",
    )
    stage = "debootstrap", "--foreign", *asked, source.suite, root, source.url
    rootfs.apart("downloading the image's base", root.parent, *stage, env=mirror.proxy(), remedy=_DOWNLOAD_REMEDY)
    # Nobody needs this tree after a power failure: without waiting for the disk it takes half the time.
    settings = "\n".join(["force-unsafe-io", *(f"path-exclude=/{folder}/*" for folder in _LEFT_OUT)])
    (root / "etc/dpkg/dpkg.cfg.d").mkdir(parents=True, exist_ok=True)
    (root / "etc/dpkg/dpkg.cfg.d/rayform").write_text(f"{settings}\n")
    rootfs.inside("installing the image's base", root, "/debootstrap/debootstrap", "--second-stage")
    # As upstream: uid 1000 in group users (100), which pods under Pod Security "restricted" name by number.
    who = ("--uid", "1000", "--gid", "100", "--create-home", "--shell", "/bin/bash", "ray")
    rootfs.inside("making the image's user", root, "useradd", *who)


def _trim(root: Path) -> None:
    for folder in _EMPTIED:
        shutil.rmtree(root / folder, ignore_errors=True)
        (root / folder).mkdir(parents=True, exist_ok=True)
