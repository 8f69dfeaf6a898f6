"""Images of Ray: the version that their tag tells."""

import re
from functools import lru_cache

from .view import ray_version

__all__ = ["image_python", "image_version", "is_ray"]

_PYTHON = re.compile(r"-(py3[0-9]+)(?:-|$)")
_RAY = ("ray", "ray-ml", "ray-llm")


def is_ray(image: object) -> bool:
    """Whether an image is called as Ray's own are."""
    return isinstance(image, str) and _named(image)[0].rpartition("/")[2] in _RAY


def image_python(image: object) -> str:
    """The Python in the tag of an image that is called as Ray's own are, such as py311; empty where it says none."""
    return _python(image) if isinstance(image, str) else ""


def image_version(image: object) -> tuple[int, ...] | None:
    """The version in the tag of an image that is called as Ray's own are; other images may count otherwise."""
    return _version(image) if isinstance(image, str) else None


@lru_cache(maxsize=256)
def _version(image: str) -> tuple[int, ...] | None:
    name, tag = _named(image)
    return ray_version(tag) if name.rpartition("/")[2] in _RAY else None


@lru_cache(maxsize=256)
def _python(image: str) -> str:
    found = _PYTHON.search(_named(image)[1]) if is_ray(image) else None
    return found.group(1) if found else ""


def _named(image: str) -> tuple[str, str]:
    """The name of an image, and its tag."""
    whole = image.partition("@")[0]
    name, _, tag = whole.rpartition(":")
    return (name, tag) if name and "/" not in tag else (whole, "")
