"""A tree of files that will be an image's: programs run inside it, layers made of it.

Everything runs in mount and process namespaces of its own: whatever happens, no mount and no process is left.
"""

from pathlib import Path

from ..command import run

# Whoever kills the caller ends this too.
_APART = (
    *("setpriv", "--pdeathsig", "KILL", "--"),
    *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"),
)
_ENTER = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"'
_ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
_MADE_AT_RUN_TIME = ("dev", "proc", "run", "sys", "tmp")


def apart(doing: str, place: Path, *argv: str | Path, env: dict[str, str], remedy: str) -> None:
    """Run ``argv``, which writes to ``place``, where its mounts and processes end with it."""
    run(doing, *_APART, "--mount-proc", *argv, env={**_ENVIRONMENT, **env}, place=place, remedy=remedy)


def inside(doing: str, root: Path, *argv: str) -> None:
    """Run ``argv`` with ``root`` as its root folder."""
    run(doing, *_APART, "sh", "-c", _ENTER, root, *argv, env=_ENVIRONMENT, place=root)


def layer(destination: Path, root: Path, part: str = ".") -> None:
    """Write ``destination``: a layer of ``part`` of the tree, without what is only there while something runs."""
    left_out = [f"--exclude=./{folder}/*" for folder in _MADE_AT_RUN_TIME]
    order = ("--sort=name", "--numeric-owner", "--format=posix", "--pax-option=delete=atime,delete=ctime")
    pack = ("tar", "--create", "--file", str(destination), *order, "--directory", str(root), *left_out, part)
    run("packing the image", *pack, place=root)


def unpacked(root: Path, source: Path) -> None:
    """Make ``root`` the tree that the layer ``source`` holds."""
    root.mkdir()
    unpack = ("tar", "--extract", "--numeric-owner", "--file", str(source), "--directory", str(root))
    run("unpacking the image's base", *unpack, place=root)
