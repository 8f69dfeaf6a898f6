"""Images of Ray: the version that their tag tells."""

from functools import lru_cache

from .view import ray_version

__all__ = ["image_version"]

_RAY = ("ray", "ray-ml", "ray-llm")


def image_version(image: object) -> tuple[int, ...] | None:
    """The version in the tag of an image that is called as Ray's own are; other images may count otherwise."""
    return _version(image) if isinstance(image, str) else None


@lru_cache(maxsize=256)
def _version(image: str) -> tuple[int, ...] | None:
    name, _, tag = image.partition("@")[0].rpartition(":")
    return ray_version(tag) if name.rpartition("/")[2] in _RAY else None
