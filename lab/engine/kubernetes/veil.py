"""Secrets among an object's properties."""

from collections.abc import Mapping
from typing import Any

from ...wire import Secret
from ..provider import secrecy


def veiled(value: Mapping[str, Any], like: Mapping[str, Any]) -> dict[str, Any]:
    """An object with secrets where ``like`` has them; the data of a Secret is always secret."""
    if value.get("kind") == "Secret":
        return {key: Secret(item) if key in {"data", "stringData"} else item for key, item in value.items()}
    return secrecy.veiled(value, like)
