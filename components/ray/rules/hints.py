"""What to do about a field that is not there, or holds something else: where it belongs, how it is written."""

from collections import deque
from difflib import get_close_matches

from .fields import Fields

__all__ = ["elsewhere", "in_text"]

_LONGEST = 64  # characters of a name that may be a slip
_INTO = ("autoscalerOptions", "containers", "jobTemplate", "rayClusterConfig", "rayClusterSpec", "spec", "template")
"""The fields into which one is easily written a step too high."""
_RENAMED = {"minWorkers": "minReplicas", "maxWorkers": "maxReplicas", "name": "groupName"}
"""What others call a field."""
_INLINE = ("runtimeEnvYAML", "serveConfigV2")
_AMOUNTS = (("resources", "limits"), ("resources", "requests"))


def elsewhere(name: str, below: Fields) -> str:
    """What to write for a name that is none of these fields: it belongs below one, or is spelt another way."""
    if len(name) > _LONGEST:
        return ""
    if _RENAMED.get(name) in below:
        return f"write {_RENAMED[name]}"
    if place := _below(name, below):
        return f"write it in {place}"
    near = get_close_matches(name, below, n=1)
    return f"write {near[0]}" if near else ""


def _below(name: str, fields: Fields) -> str:
    """The nearest place below these fields where there is one of this name, which everything may have."""
    places = deque((known, fields[known]) for known in _INTO if known in fields and name != "name")
    while places:
        place, field = places.popleft()
        inner: Fields = field.below
        here = f"{place}[]" if field.each is not None else place
        if name in inner:
            return here
        places.extend((f"{here}.{known}", inner[known]) for known in _INTO if known in inner)
    return ""


def in_text(path: tuple[str | int, ...]) -> str:
    """How something else is written where a text belongs."""
    if path[-1] in _INLINE:
        return f"write it as a text: {path[-1]}: | with the rest indented below"
    if path[-2:] in _AMOUNTS:
        return "write it in template.spec.containers[].resources; here are names and texts alone, such as CPU: '4'"
    return "write it as one line, such as python train.py --epochs 3" if path[-1] == "entrypoint" else "write a text"
