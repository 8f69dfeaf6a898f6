"""Lists of texts, from manifests that anybody may have written."""

from typing import Any

from rayform.components.documents import is_sequence

__all__ = ["texts"]


def texts(value: Any) -> list[str]:
    """The texts of a list; what is none of it counts as empty."""
    return [each for each in value if isinstance(each, str)] if is_sequence(value) else []
