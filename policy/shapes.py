"""Values of manifests that anybody may have written: lists of texts, texts in base 64, ranges of addresses."""

import base64
import binascii
import ipaddress
from typing import Any

from rayform.components.documents import is_sequence

__all__ = ["decoded", "is_everybody", "texts"]


def texts(value: Any) -> list[str]:
    """The texts of a list; what is none of it counts as empty."""
    return [each for each in value if isinstance(each, str)] if is_sequence(value) else []


def decoded(words: str) -> str:
    """What a text in base 64 says; the text itself where it is none."""
    try:
        return base64.b64decode(words, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return words


def is_everybody(cidr: str) -> bool:
    """Whether a range of addresses is the Internet, or so large a part of it that a few make the whole."""
    try:
        return ipaddress.ip_network(cidr, strict=False).prefixlen < 8
    except ValueError:
        return False
