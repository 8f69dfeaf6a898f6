"""Rules of volumes and mounts."""

from collections.abc import Iterator

from rayform.spec.names import is_dns1123

from .rule import Found, rule
from .view import PodView, entries, items, known, text

_MADE = frozenset({"shared-mem", "ray-logs"})
"""Volumes that the operator adds to Ray's pods itself."""


@rule(
    "volume-name",
    PodView,
    "kubernetes",
    about="volumes",
    typed=True,
    possible="a volume's name has at most 63 lower case letters, digits and dashes, and is its own",
    remedy="choose such a name",
)
def volume_name(pod: PodView) -> list[Found]:
    """Each volume has a name that is a DNS label."""
    return [
        Found(pod.in_spec(*path, "name"), f"{name!r} asked")
        for path, volume in pod.named("volumes")
        if (name := known(volume.get("name"))) is not None and not is_dns1123(name)
    ]


@rule(
    "volume-sources",
    PodView,
    "kubernetes",
    about="volumes",
    typed=True,
    possible="a volume comes from one place",
    remedy="keep one of them, or make two volumes",
)
def volume_sources(pod: PodView) -> list[Found]:
    """A volume has one source."""
    return [
        Found(pod.in_spec(*path), f"{' and '.join(sources)} asked")
        for path, volume in pod.named("volumes")
        if len(sources := [name for name in entries(volume) if name != "name"]) > 1
    ]


@rule(
    "mount-unknown",
    PodView,
    "kubernetes",
    about="volumeMounts",
    possible="what is mounted is a volume of the same pod",
    remedy="add the volume to the pod, or mount one that it has",
)
def mount_unknown(pod: PodView) -> list[Found]:
    """Each mount is of a volume that the pod has."""
    there = {text(volume.get("name")) for volume in items(pod.spec.get("volumes"))}
    return [
        Found(pod.in_spec(where, number, "volumeMounts", index, "name"), f"{name!r} asked")
        for where, number, container in pod.every
        if "volumeMounts" in container
        for index, mount in enumerate(items(container["volumeMounts"]))
        if (name := known(mount.get("name"))) is not None and name not in there and name not in _MADE
    ]


@rule(
    "mount-path",
    PodView,
    "kubernetes",
    about="volumeMounts",
    typed=True,
    possible="a container sees a volume at a path",
    remedy="write such a path",
)
def mount_path(pod: PodView) -> list[Found]:
    """Mounts have a path, and paths below a volume do not lead out of it."""
    return list(_paths(pod))


def _paths(pod: PodView) -> Iterator[Found]:
    for path, mount in pod.listed("volumeMounts"):
        place, below = known(mount.get("mountPath")), text(mount.get("subPath"))
        if place == "":
            yield Found(pod.in_spec(*path, "mountPath"), "nothing asked")
        if below.startswith("/") or ".." in below.split("/"):
            yield Found(pod.in_spec(*path, "subPath"), f"{below!r} asked", "a path below a volume stays below it")
