"""What the escape hatch has to say: the inverse of how it joins the typed fields."""

from collections.abc import Mapping
from typing import Any

from ...documents import is_mapping, is_sequence
from ..manifest.fields import Manifest
from ..manifest.merge import KEYS
from .same import same

__all__ = ["by_key", "rest"]


def rest(whole: Mapping[str, Any], said: Mapping[str, Any], key: str = "") -> Manifest:
    """What must be merged into ``said`` to make ``whole``, both in the field ``key``; empty where it is all said."""
    left: Manifest = {}
    for name, value in whole.items():
        if name not in said:
            left[name] = value
        elif not same(value, said[name], name, key):
            left[name] = _left(name, value, said[name])
    return {name: value for name, value in left.items() if name not in said or value not in ({}, [])}


def by_key(name: str, listed: Any) -> Mapping[Any, Manifest] | None:
    """The items of a list that Kubernetes merges by a key, by that key; None where they are not told apart by it."""
    if not is_sequence(listed):
        return None
    key = KEYS[name]
    keyed = {item[key]: item for item in listed if is_mapping(item) and isinstance(item.get(key), str | int)}
    return keyed if len(keyed) == len(listed) else None


def _left(name: str, value: Any, said: Any) -> Any:
    if is_mapping(value) and is_mapping(said):
        return rest(value, said, name)
    known, wanted = (by_key(name, said), by_key(name, value)) if name in KEYS else (None, None)
    if known is None or wanted is None:
        return value
    left = {key: rest(item, known.get(key, {}), name) for key, item in wanted.items()}
    # An item is found again by its key.
    return [{KEYS[name]: key, **item} for key, item in left.items() if item]
