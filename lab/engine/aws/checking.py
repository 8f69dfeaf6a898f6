"""A resource's inputs before anything is done with them: completed, and compared with what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ...wire import UNKNOWN, Secret
from ..provider.asked import Asked
from ..provider.difference import Comparison, Difference, differences, parsed_path
from ..provider.secrecy import has_unknown, plain
from .agreement import declared, joined, said, spelled
from .kind import Kind

DEFAULTS = "__defaults"
"""The input that says which inputs were completed here."""

_DIGITS = 7
_OFFICIAL = "leave it out, or install the official plugin"


def checked(kind: Kind, asked: Asked, default_tags: Mapping[str, str]) -> dict[str, Any]:
    """The inputs with what is left out and known already: a name, defaults, the provider's tags."""
    given: dict[str, Any] = said(asked.inputs)
    chosen = {name: value for name, value in kind.defaults.items() if name not in given}
    if kind.name and kind.name.property not in given:
        chosen[kind.name.property] = _named(kind, asked)
    tags = {}
    if kind.tagging:
        own: Any = given.get("tags", {})
        tags = {"tagsAll": UNKNOWN if plain(own) is UNKNOWN else _joined(default_tags, own)}
    return {**given, **chosen, **tags, DEFAULTS: sorted(chosen)}


def refusals(kind: Kind, asked: Asked) -> Iterator[tuple[str, str]]:
    """Inputs that are missing, or that the lab's provider does not have."""
    if kind.name and kind.name.property not in asked.inputs and asked.autoname.forbidden:
        yield kind.name.property, "missing, and automatic naming is disabled; give one"
    for name in sorted(kind.required):
        if asked.inputs.get(name) is None:
            yield name, "missing; give one"
    for name, value in sorted(asked.inputs.items()):
        if name not in kind.inputs and name != "region" and not name.startswith("__") and value is not None:
            yield name, f"the lab's provider does not have it; {_OFFICIAL}"
        elif name in kind.only and plain(value) not in (kind.only[name], None):
            yield name, f"the lab's provider only takes {kind.only[name]}; {_OFFICIAL}"


def compared(kind: Kind, asked: Asked) -> Comparison:
    """How the resource, as far as its author had declared it, differs from what is wanted now."""
    state, before, wanted = plain(asked.state), plain(asked.before), plain(asked.inputs)
    skipped = [parsed_path(path) for path in asked.ignored]
    found = [
        each
        for name in sorted(kind.inputs)
        for each in _of_input(kind, name, state, before, wanted)
        if not any(each.within(path) for path in skipped)
    ]
    replaces = [each for each in found if _replaces(kind, each)]
    if kind.waits and state.get(kind.waits.state) in kind.waits.broken:
        replaces.append(Difference((kind.waits.state,), "update", UNKNOWN))
        found.append(replaces[-1])
    return Comparison(found, replaces, bool(replaces) and (kind.once or _same_name(kind, state, asked.inputs)))


def wanted_now(kind: Kind, asked: Asked) -> dict[str, Any]:
    """What is wanted, with what is known where changes are ignored."""
    state, wanted = plain(asked.state), plain(asked.inputs)
    for path in asked.ignored:
        steps = parsed_path(path)
        if steps and steps[0] in kind.inputs:
            wanted = _put(wanted, state, steps)
    return cast("dict[str, Any]", wanted)


def _of_input(
    kind: Kind, name: str, state: Mapping[str, Any], before: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Difference]:
    was, now, known = before.get(name), wanted.get(name), state.get(name)
    if now is None:
        if was is not None and known is not None:
            yield Difference((name,), "delete")
        return
    if known is None:
        if now not in ([], {}):
            yield Difference((name,), "add", now)
        return
    known = spelled(known, now, ordered=name in kind.ordered)
    if name not in kind.maps and name not in {"tags", "tagsAll"}:
        known = declared(known, joined(was, now))
    yield from differences(known, now, (name,))


def _replaces(kind: Kind, difference: Difference) -> bool:
    lost = difference.change == "delete" and difference.steps[0] in kind.kept
    return lost or any(difference.touches(parsed_path(path)) for path in kind.replaces)


def _same_name(kind: Kind, state: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    if kind.name is None or kind.name.property in inputs.get(DEFAULTS, ()):
        return False
    return bool(inputs.get(kind.name.property) == state.get(kind.name.property))


def _named(kind: Kind, asked: Asked) -> str:
    """The name that was made before, else a new one."""
    name = cast("Any", kind.name).property
    if name in (asked.state.get(DEFAULTS) or ()) and isinstance(asked.state.get(name), str):
        return str(asked.state[name])
    return asked.autoname.unique(_DIGITS)[-cast("Any", kind.name).longest :].lstrip("-")


def _joined(default_tags: Mapping[str, str], own: Any) -> Any:
    if isinstance(own, Secret):
        return Secret(_joined(default_tags, own.value))
    return UNKNOWN if has_unknown(own) else {**default_tags, **own}


def _put(wanted: Any, state: Any, steps: Sequence[Any]) -> Any:
    """``wanted`` with what ``state`` has at ``steps``, where both have it."""
    if not steps:
        return state
    step, further = steps[0], steps[1:]
    ours, theirs = _mapping(wanted), _mapping(state)
    if step in ours and step in theirs:
        return {**ours, step: _put(ours[step], theirs[step], further)}
    return wanted


def _mapping(value: Any) -> dict[str, Any]:
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}
