"""What to do about a field that is not there, or holds something else: where it belongs, how it is written."""

from collections import deque
from difflib import get_close_matches
from typing import Any

from .fields import Fields

__all__ = ["elsewhere", "in_text"]

_LONGEST = 64  # characters of a name that may be a slip
_SLIP = 0.85  # how alike two names are of which one is a slip of the other
_DEEPEST = 4  # template, spec, containers, and the field
_ANYWHERE = {"annotations", "labels", "metadata", "name", "namespace", "spec", "type", "value"}
"""Names that say nothing of where they belong."""
_RENAMED = {"minWorkers": "minReplicas", "maxWorkers": "maxReplicas", "workers": "workerGroupSpecs"}
"""What Ray's own cluster launcher and blogs call a field."""
_INLINE = ("runtimeEnvYAML", "serveConfigV2")
_AMOUNTS = (("resources", "limits"), ("resources", "requests"))


def elsewhere(name: str, below: Fields) -> str:
    """What to write for a name that is none of these fields: it belongs below one, or is spelt another way."""
    if len(name) > _LONGEST:
        return ""
    if _RENAMED.get(name) in below:
        return f"write {_RENAMED[name]}"
    near = get_close_matches(name, below, n=1)
    place = "" if get_close_matches(name, near, cutoff=_SLIP) else _below(name, below)
    return f"write it in {place}" if place else f"write {near[0]}" if near else ""


def _below(name: str, fields: Fields) -> str:
    """The nearest place below these fields where there is one of this name."""
    if name in _ANYWHERE:
        return ""
    places = deque(((known, field, 1) for known, field in fields.items()))
    while places:
        place, field, depth = places.popleft()
        inner: Fields = (field.each or field).below
        here = f"{place}[]" if field.each is not None and inner else place
        if name in inner:
            return here
        if depth < _DEEPEST:
            places.extend((f"{here}.{known}", one, depth + 1) for known, one in inner.items())
    return ""


def in_text(value: Any, path: tuple[str | int, ...]) -> str:
    """How something is written where a text belongs."""
    if isinstance(value, dict) and path[-1] in _INLINE:
        return f"write it as a text: {path[-1]}: | with the mapping indented below"
    if isinstance(value, dict) and path[-2:] in _AMOUNTS:
        return "write it in template.spec.containers[].resources; here are names and texts alone, such as CPU: '4'"
    if isinstance(value, list) and path[-1] == "entrypoint":
        return "write it as one line, such as python train.py --epochs 3"
    return "write a text"
