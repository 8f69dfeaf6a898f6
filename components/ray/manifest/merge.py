"""How the escape hatch ``pod`` joins what the typed fields say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .fields import Manifest

__all__ = ["contradictions", "merged"]

# The keys by which Kubernetes itself merges these lists; all other lists are one value.
_KEYS = {
    "containers": "name",
    "initContainers": "name",
    "volumes": "name",
    "env": "name",
    "volumeMounts": "mountPath",
    "ports": "containerPort",
    "imagePullSecrets": "name",
    "hostAliases": "ip",
    "volumeDevices": "devicePath",
}


def merged(base: Mapping[str, Any], fragment: Mapping[str, Any]) -> Manifest:
    """Both together: mappings by key, the lists of Kubernetes by theirs, the fragment's word where both have one."""
    both = dict(base)
    for key, value in fragment.items():
        both[key] = _joined(key, both[key], value) if key in both else value
    return both


def contradictions(base: Mapping[str, Any], fragment: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place where both say something and it is not the same: the path, the typed word, the fragment's."""
    for key in fragment.keys() & base.keys():
        yield from _differences(key, base[key], fragment[key], f"{path}.{key}" if path else key)


def _joined(key: str, ours: Any, theirs: Any) -> Any:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return merged(ours, theirs)
    if not _mergeable(key, ours, theirs):
        return theirs
    name = _KEYS[key]
    wanted = {item.get(name): item for item in theirs}
    joined = [merged(item, wanted.pop(item.get(name), {})) for item in ours]
    return joined + list(wanted.values())


def _differences(key: str, ours: Any, theirs: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        yield from contradictions(ours, theirs, path)
    elif _mergeable(key, ours, theirs):
        known = {item.get(_KEYS[key]): item for item in ours}
        for item in theirs:
            name = item.get(_KEYS[key])
            yield from contradictions(known.get(name, {}), item, f"{path}[{name}]")
    elif ours is not theirs and ours != theirs:
        yield path, ours, theirs


def _mergeable(key: str, *lists: Any) -> bool:
    return key in _KEYS and all(
        isinstance(items, Sequence) and not isinstance(items, str) and all(isinstance(item, Mapping) for item in items)
        for items in lists
    )
