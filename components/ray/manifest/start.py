"""Flags of ``ray start`` as the operator takes them: text by text."""

from ..start import RayStartParams, flag_text
from .fields import Manifest

__all__ = ["ray_start_params"]


def ray_start_params(params: RayStartParams | None) -> Manifest:
    """The flags that are given, without dashes in front."""
    if params is None:
        return {}
    flags = {name.replace("_", "-"): value for name, value in vars(params).items() if name != "other"}
    written = {flag: flag_text(value) for flag, value in flags.items() if value is not None and value != {}}
    return written | dict(params.other)
