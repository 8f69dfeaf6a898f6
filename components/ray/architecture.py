"""Images that are built for other processors than the pool's.

Names after Ray's own images (docs.ray.io, "Ray Docker Images"): ``-aarch64`` ends the tags of those for ARM, and one
that does not say so is for x86.
"""

import re
from collections.abc import Iterator
from typing import Any

from rayform.fit.placement import Architecture, Placement
from rayform.spec.refusal import Refusal

from .parts import Part, RaySpec, parts
from .placement import Pools, placed

__all__ = ["built_for", "ray_image", "strangers"]

_RAY = re.compile(r"(?:docker\.io/)?(?:rayproject|anyscale)/ray(?:-ml|-llm)?:[^@]+")
_WORDS: dict[str, Architecture] = {"aarch64": "arm64", "arm64": "arm64", "amd64": "x86_64", "x86_64": "x86_64"}


def ray_image(version: str, pool: Placement | None) -> str:
    """Ray's own image of a version, for the processors of a pool."""
    suffix = "-aarch64" if pool and pool.architecture == "arm64" else ""
    return f"rayproject/ray:{version}{suffix}"


def built_for(image: str) -> Architecture | None:
    """The processors an image is built for, as far as its name says."""
    words = re.split(r"[-.:/@+]", image)
    for word in words:
        if word in _WORDS:
            return _WORDS[word]
    return "x86_64" if _RAY.fullmatch(image) else None


def strangers(spec: RaySpec, pools: Pools) -> Iterator[Refusal]:
    """Images that do not start on the nodes they are sent to; each is told once."""
    told: set[tuple[str, str]] = set()
    for part in parts(spec):
        pool = placed(part.pod, pools)
        path, image = _image(part)
        needed = built_for(image) if isinstance(image, str) else None
        if pool and pool.architecture and needed and needed != pool.architecture and (path, pool.name) not in told:
            told.add((path, pool.name))
            possible = f"it is built for {needed}, a {pool.node_type} is {pool.architecture}"
            remedy = f"choose an image for {pool.architecture} or a pool of {needed}"
            yield Refusal(path, f"{image} asked for {part.path}", possible, remedy)


def _image(part: Part) -> tuple[str, Any]:
    """The field that names the image of a pod, and what it says; None leaves it to rayform, which knows the pool."""
    if part.pod.image is not None or part.cluster is None:
        return f"{part.path}.image", part.pod.image
    within, _, _ = part.path.rpartition(".workers[")
    within = within or part.path.rpartition(".head")[0]
    return f"{within}.image".removeprefix("."), part.cluster.image
