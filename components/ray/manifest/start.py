"""Flags of ``ray start`` as the operator takes them: text by text."""

import json
from typing import Any

from ..start import RayStartParams
from .fields import Manifest

__all__ = ["ray_start_params"]


def ray_start_params(params: RayStartParams | None) -> Manifest:
    """The flags that are given, without dashes in front."""
    if params is None:
        return {}
    flags = {name.replace("_", "-"): value for name, value in vars(params).items() if name != "other"}
    return {flag: _text(value) for flag, value in flags.items() if value is not None and value != {}} | dict(
        params.other
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        # The operator puts the text on a shell's command line and strips these quotes where it reads it itself.
        return f"'{json.dumps(value)}'"
    return str(value)
