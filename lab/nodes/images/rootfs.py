"""A tree of files that will be an image's: programs run inside it, layers made of it.

Everything runs in mount and process namespaces of its own: whatever happens, no mount and no process is left.
"""

from pathlib import Path

from ..command import run

_APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
_ENTER = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"'
_ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
_MADE_AT_RUN_TIME = ("dev", "proc", "run", "sys", "tmp")


def apart(doing: str, *argv: str | Path, env: dict[str, str], remedy: str) -> None:
    """Run ``argv`` where its mounts and processes end with it."""
    run(doing, *_APART, "--mount-proc", *argv, env={**_ENVIRONMENT, **env}, remedy=remedy)


def inside(doing: str, root: Path, *argv: str) -> None:
    """Run ``argv`` with ``root`` as its root folder."""
    run(doing, *_APART, "sh", "-c", _ENTER, root, *argv, env=_ENVIRONMENT)


def layer(destination: Path, root: Path, part: str = ".") -> None:
    """Write ``destination``: a layer of ``part`` of the tree, without what is only there while something runs."""
    left_out = [f"--exclude=./{folder}/*" for folder in _MADE_AT_RUN_TIME]
    order = ("--sort=name", "--numeric-owner", "--format=posix", "--pax-option=delete=atime,delete=ctime")
    run("packing the image", "tar", "--create", "--file", destination, *order, "--directory", root, *left_out, part)


def unpacked(root: Path, source: Path) -> None:
    """Make ``root`` the tree that the layer ``source`` holds."""
    root.mkdir()
    run("unpacking the image's base", "tar", "--extract", "--numeric-owner", "--file", source, "--directory", root)
