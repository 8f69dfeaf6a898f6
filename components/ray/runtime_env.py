"""The environment a job's tasks run in, made by Ray when they start."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from rayform.spec.model import Listed, Spec

__all__ = ["RuntimeEnv"]


class RuntimeEnv(Spec):
    """A runtime environment, checked as far as its shape; Ray makes it on every node that runs a task of the job."""

    working_dir: str | None = None
    """The directory tasks run in: a path in the image or the URL of an archive."""
    py_modules: Listed[str] = ()
    """Python modules by URL."""
    py_executable: str | None = None
    """The Python that runs workers."""
    pip: Listed[str] | Mapping[str, Any] = ()
    """Packages for pip, or pip's options in Ray's own form."""
    uv: Listed[str] | Mapping[str, Any] = ()
    """Packages for uv, or uv's options in Ray's own form."""
    conda: str | Mapping[str, Any] | None = None
    """A conda environment by name or in conda's own form."""
    env_vars: Mapping[str, str] = Field(default_factory=dict)
    """Environment variables; they are visible to all who may read the object, so no secrets."""
    excludes: Listed[str] = ()
    """Files of the working directory left out."""
    image_uri: str | None = None
    """A container image tasks run in."""
    config: Mapping[str, Any] = Field(default_factory=dict)
    """How it is set up, such as ``{"setup_timeout_seconds": 600}``."""
    other: Mapping[str, Any] = Field(default_factory=dict)
    """Any other field of a runtime environment by its name."""
