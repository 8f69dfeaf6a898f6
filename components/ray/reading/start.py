"""Flags of ``ray start`` read back."""

from typing import Any

from ...documents import is_mapping
from ..start import flag_value

__all__ = ["ray_start_params"]


def ray_start_params(given: Any) -> Any:
    """The flags, each by its field where that writes the same text; None where there are none."""
    if not is_mapping(given):
        return given
    texts = {flag: text for flag, text in given.items() if isinstance(text, str)}
    known = {flag: value for flag, text in texts.items() if (value := flag_value(flag, text)) is not None}
    other = {flag: text for flag, text in given.items() if flag not in known}
    return {**{flag.replace("-", "_"): value for flag, value in known.items()}, "other": other} if given else None
