"""Objects nobody planned: two mixed into one, and fields set, lost or repeated by chance within the schema."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from structural import Structural

from .draw import Draw

__all__ = ["edited", "mixed"]

NUMBERS = (-1, 0, 1, 2, 100, 101, 2147483647)
TEXTS = ("", "a", "A_b", "true", "1", "v2", "2.53.0", "nightly", "@daily", "token", "-x-")
ODD = ("yes", 1, 0.5, True, [], {}, ["a"], {"a": "b"}, [{}], None, [None], {"a": None})
_DEEP = 4


def mixed(draw: Draw, first: Any, second: Any) -> Any:
    """One value out of two: of everything that is in both, one or the other."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {
            name: mixed(draw, first.get(name, second.get(name)), second.get(name, first.get(name)))
            for name in {**first, **second}
            if (name in first and name in second) or draw.chance(0.7)
        }
    if isinstance(first, list) and isinstance(second, list) and first and second:
        pairs = [mixed(draw, one, other) for one, other in zip(first, second, strict=False)]
        return pairs + draw.pick([], first[len(pairs) :] + second[len(pairs) :])
    return deepcopy(draw.pick(first, second))


def edited(draw: Draw, manifest: dict[str, Any], schema: Structural) -> dict[str, Any]:
    """The object after a few edits of its spec, in place."""
    for _ in range(draw.pick(1, 2, 3, 5, 8)):
        places = list(_places(manifest["spec"], schema.properties["spec"]))
        # Ray's own fields lie near the root, a pod's far below: the root is chosen as often as any of them.
        part, below = draw.choice(places[:8] if draw.flag() else places)
        _edit(draw, part, below)
    return manifest


def _places(part: Any, below: Structural) -> Iterator[tuple[dict[str, Any], Structural]]:
    """Every object with the schema it follows, outermost first."""
    waiting = [(part, below)]
    for inner, schema in waiting:
        if isinstance(inner, dict):
            yield inner, schema
            waiting += [(value, node) for name, value in inner.items() if (node := schema.below(name))]
        elif isinstance(inner, list) and schema.items:
            waiting += [(item, schema.items) for item in inner]


def _edit(draw: Draw, part: dict[str, Any], below: Structural) -> None:
    lost = draw.choice(list(part)) if part else None
    if draw.chance(0.03):
        part[lost or "unknown"] = deepcopy(draw.choice(ODD))
    elif draw.chance(0.03):
        part[draw.pick("unknown", "Template", "labelz")] = draw.pick("a", {}, 1)
    elif lost is not None and draw.chance(0.25):
        del part[lost]
    elif lost is not None and isinstance(part[lost], list) and part[lost] and draw.flag():
        part[lost].append(deepcopy(draw.choice(part[lost])))
    elif below.properties:
        name = draw.choice(list(below.properties))
        part[name] = _arbitrary(draw, below.properties[name], _DEEP)
    elif below.additional:
        part[draw.pick(*TEXTS)] = _arbitrary(draw, below.additional, _DEEP)


def _arbitrary(draw: Draw, schema: Structural, depth: int) -> Any:
    """A value that the schema mostly allows."""
    kind = schema.schema.get("type", "integer")
    if "enum" in schema.schema:
        return draw.pick(*schema.schema["enum"], "other") if draw.chance(0.9) else "other"
    if kind == "object":
        return _object(draw, schema, depth)
    if kind == "array":
        return [_arbitrary(draw, schema.items, depth - 1) for _ in range(draw.randint(0, 2))] if schema.items else []
    return {"string": draw.pick(*TEXTS), "boolean": draw.flag(), "number": draw.pick(0.5, 1, -1)}.get(
        kind, draw.pick(*NUMBERS)
    )


def _object(draw: Draw, schema: Structural, depth: int) -> dict[str, Any]:
    if schema.additional:
        return {draw.pick(*TEXTS): _arbitrary(draw, schema.additional, depth - 1) for _ in range(draw.randint(0, 2))}
    needed = schema.schema.get("required", [])
    optional = [name for name in schema.properties if draw.random() * len(schema.properties) < 2] if depth > 0 else []
    return {name: _arbitrary(draw, schema.properties[name], depth - 1) for name in dict.fromkeys([*needed, *optional])}
