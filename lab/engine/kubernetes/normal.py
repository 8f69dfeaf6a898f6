"""The same object in the same words, however it was written: so that only what matters counts as different."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from ..provider.secrecy import has_unknown
from .parts import Object, built_in, part

READ_ONLY = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "uid",
)
"""Metadata that only the API server writes."""

_QUANTITIES = frozenset({"capacity", "hard", "limits", "requests"})
_SUFFIXES = {
    **{suffix: Fraction(1024) ** power for power, suffix in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)},
    **{
        suffix: Fraction(1000) ** power
        for power, suffix in enumerate(("n", "u", "m", "", "k", "M", "G", "T", "P", "E"), -3)
    },
}


def normalized(manifest: Mapping[str, Any]) -> Object:
    """The object as the API server will keep it: a Secret's text as data, nothing that only the server writes."""
    result = dict(manifest)
    if isinstance(result.get("metadata"), Mapping):
        result["metadata"] = {key: item for key, item in part(result, "metadata").items() if key not in READ_ONLY}
    kind = (result.get("apiVersion"), result.get("kind"))
    if kind == ("v1", "Secret") and not has_unknown(result):
        return _with_data(result)
    if kind == ("apiextensions.k8s.io/v1", "CustomResourceDefinition"):
        result.pop("status", None)
    return result


def comparable(manifest: Mapping[str, Any]) -> Object:
    """The object with its quantities as numbers, for kinds whose quantities the API server writes anew."""
    if not built_in(str(manifest.get("apiVersion"))):
        return dict(manifest)
    return cast("Object", _with_numbers(manifest))


def _with_data(secret: Object) -> Object:
    texts = part(secret, "stringData")
    data = {key: _recoded(value) for key, value in part(secret, "data").items()}
    data |= {key: base64.b64encode(str(value).encode()).decode() for key, value in texts.items()}
    rest = {key: value for key, value in secret.items() if key not in {"data", "stringData"}}
    return {**rest, "data": data} if "data" in secret or texts else rest


def _recoded(value: Any) -> Any:
    try:
        return base64.b64encode(base64.b64decode("".join(value.splitlines()), validate=True)).decode()
    except (binascii.Error, AttributeError, ValueError):
        return value  # the API server says what is wrong with it


def _with_numbers(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        inside = cast("Mapping[str, Any]", value).items()
        if key in _QUANTITIES:
            return {name: _number(item) for name, item in inside}
        return {name: _with_numbers(item, name) for name, item in inside}
    return [_with_numbers(item) for item in cast("Sequence[Any]", value)] if isinstance(value, list) else value


def _number(value: Any) -> Any:
    text = str(value)
    digits = text.rstrip("KMGTPEikmun")
    try:
        return Fraction(digits) * _SUFFIXES[text[len(digits) :]]
    except (ValueError, KeyError):
        return value
