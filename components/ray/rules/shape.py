"""Rules of shape: what the API server would refuse of Ray's own fields, or drop in silence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .fields import KINDS, NEW, NEWEST, SPECS, Field, Fields
from .hints import elsewhere, in_text
from .kinds import ObjectView
from .native import METADATA, whole
from .rule import Found, Severity, rule
from .view import Path, mapping, text

_TOP: Fields = {"apiVersion": Field("text"), "kind": Field("text"), "metadata": METADATA, "status": Field("mapping")}
_LARGEST = 2**31
_MOST = 50  # strange fields of one object that are told one by one
_WORDS = {
    "text": "a text",
    "switch": "true or false",
    "whole": "a whole number of 32 bits",
    "large": "a whole number of 64 bits",
    "number": "a number",
    "quantity": "an amount such as 1Gi",
    "either": "a whole number or a text",
    **dict.fromkeys(("texts", "wholes", "larges", "objects", "list"), "a list"),
    **dict.fromkeys(("map", "amounts", "object", "mapping"), "a mapping"),
}


class Misfit(NamedTuple):
    """A place that is not as the CRD has it."""

    rule: str
    """The rule it breaks."""
    found: Found
    """The place, in words."""


def _misfits(view: ObjectView) -> list[Misfit]:
    found: list[Misfit] = []
    if view.kind in SPECS:
        spec = whole(view.kind) if view.native else SPECS[view.kind]
        top = {**_TOP, "spec": spec}
        found += [_misspelt((name,), name, top) for name in view.raw if name not in top]
        _of_object(mapping(view.raw.get("spec")), spec, ("spec",), found)
        if view.native:
            _of_object(view.metadata, METADATA, ("metadata",), found)
    return found


def _of_object(part: Mapping[str, Any], field: Field, path: Path, found: list[Misfit]) -> None:
    below, begin, strange = field.below, len(found), False
    for name, value in part.items():
        known = below.get(name)
        if known is None:
            strange = True
        elif value.__class__ is not known.plain and value is not None:
            _of_field(value, known, (*path, name), found)
    if strange:
        # Its own before what is within it.
        found[begin:begin] = _strange(part, path, below)
    if field.needs:
        missing = (name for name in field.needs if part.get(name) is None)
        found += [Misfit("field-missing", Found((*path, name), "nothing asked")) for name in missing]


def _strange(part: Mapping[str, Any], path: Path, below: Fields) -> Iterator[Misfit]:
    names = [name for name in part if name not in below]
    yield from (_misspelt((*path, name), name, below) for name in names[:_MOST])
    if len(names) > _MOST:
        yield Misfit("field-misspelt", Found((*path, names[_MOST]), f"{len(names) - _MOST} more asked from here on"))


def _of_field(value: Any, field: Field, path: Path, found: list[Misfit]) -> None:
    holds = field.holds
    if field.since:
        found.append(Misfit("field-unknown", Found(path, "asked")))
    if value.__class__ is not _USUAL.get(holds) and not _fits(value, holds, path, found):
        return
    if holds == "object":
        _of_object(value, field, path, found)
    elif field.each is not None:
        items: Any = value.items() if field.holds in _MAPS else enumerate(value)
        _of_items(items, field.each, path, found)
        if field.keys:
            found += _twice(value, field.keys, path)
    elif field.values and value not in field.values:
        words = [word for word in field.values if word]
        known = f"{', '.join(words)} {'is' if len(words) == 1 else 'are'} known"
        found.append(Misfit("field-value", Found(path, f"{value!r} asked", known)))


def _fits(value: Any, holds: str, path: Path, found: list[Misfit]) -> bool:
    if not isinstance(value, _PLAIN):
        return False  # not known before it is deployed
    usual = _USUAL.get(holds)
    if isinstance(value, usual) if usual else _NUMBERS[holds](value):
        return True
    possible, remedy = f"it is {_WORDS[holds]}", _remedy(value, holds, path)
    found.append(Misfit("field-type", Found(path, f"{_shown(value)} asked", possible, remedy)))
    return False


def _of_items(items: Iterable[tuple[str | int, Any]], each: Field, path: Path, found: list[Misfit]) -> None:
    plain = each.plain
    for name, item in items:
        if item is not None:
            if item.__class__ is not plain:
                _of_field(item, each, (*path, name), found)
        elif isinstance(name, int):  # the API server drops the entries of a map that are null
            words = _WORDS[each.holds]
            nothing = Found((*path, name), "nothing asked", f"it is {words}", f"write {words}")
            found.append(Misfit("field-type", nothing))


def _twice(items: Sequence[Any], keys: Sequence[str], path: Path) -> Iterator[Misfit]:
    seen: set[tuple[Any, ...]] = set()
    for index, item in enumerate(map(mapping, items)):
        known = tuple(item.get(key, _DEFAULTS.get(key)) for key in keys)
        if all(isinstance(each, str | int) for each in known):
            if known in seen:
                yield Misfit("field-twice", Found((*path, index, keys[0]), f"{' '.join(map(str, known))} asked again"))
            seen.add(known)


def _remedy(value: Any, holds: str, path: Path) -> str:
    if (holds == "text" and isinstance(value, bool | int | float)) or (holds == "either" and isinstance(value, float)):
        return "quote it"
    unquoted = {"switch": ("true", "false"), "whole": (), "large": (), "number": ()}.get(holds)
    if unquoted is not None and isinstance(value, str) and (value in unquoted or (not unquoted and value.isdecimal())):
        return "remove the quotes"
    return in_text(path) if holds == "text" else f"write {_WORDS[holds]}"


_MAPS = ("map", "amounts")
_DEFAULTS = {"protocol": "TCP"}
_PLAIN = (str, bool, int, float, list, dict)
_USUAL: Mapping[str, type] = {
    "text": str,
    "switch": bool,
    "texts": list,
    "wholes": list,
    "larges": list,
    "map": dict,
    "amounts": dict,
    "object": dict,
    "objects": list,
    "mapping": dict,
    "list": list,
}
_NUMBERS: Mapping[str, Callable[[Any], bool]] = {
    "whole": lambda value: _NUMBERS["large"](value) and -_LARGEST <= value < _LARGEST,
    "large": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "either": lambda value: isinstance(value, str | int) and not isinstance(value, bool),
    "any": lambda _: True,
    "quantity": lambda value: isinstance(value, str | int) and not isinstance(value, bool),
}


def _shown(value: Any) -> str:
    # The value itself may be a secret.
    return _SHOWN.get(type(value).__name__, "a mapping")


_SHOWN = {"bool": "true or false", "int": "a number", "float": "a number", "str": "a text", "list": "a list"}


def _misspelt(path: Path, name: str, below: Fields) -> Misfit:
    return Misfit("field-misspelt", Found(path, "asked", remedy=elsewhere(name, below)))


def _of(view: ObjectView, rule_id: str) -> list[Found]:
    if view.misfits is None:
        view.misfits = _misfits(view)
    return [found for broken, found in view.misfits if broken == rule_id] if view.misfits else []


@rule(
    "field-misspelt",
    ObjectView,
    "crd",
    typed=True,
    possible="there is no such field, and the API server refuses it or drops it in silence",
    remedy="remove it",
)
def field_misspelt(view: ObjectView) -> list[Found]:
    """Every field of Ray's own is one that there is."""
    return _of(view, "field-misspelt")


@rule(
    "field-type",
    ObjectView,
    "crd",
    typed=True,
    possible="the API server takes one kind of value",
    remedy="write such a value",
)
def field_type(view: ObjectView) -> list[Found]:
    """Every field of Ray's own holds the kind of value that it takes."""
    return _of(view, "field-type")


@rule(
    "field-value",
    ObjectView,
    "crd",
    typed=True,
    possible="the API server takes a few words only",
    remedy="choose one of them",
)
def field_value(view: ObjectView) -> list[Found]:
    """A field that takes a few words holds one of them."""
    return _of(view, "field-value")


@rule(
    "field-unknown",
    ObjectView,
    f"crd {NEWEST}",
    about=NEW,
    until=NEWEST,
    possible=f"the field came with KubeRay {NEWEST}, and an older one drops it in silence",
    remedy=f"upgrade the operator to {NEWEST}.0 or newer, or leave the field out",
)
def field_unknown(view: ObjectView) -> list[Found]:
    """Fields are known to the operator's version."""
    return [each._replace(asked=f"asked of KubeRay {view.operator.version}") for each in _of(view, "field-unknown")]


@rule(
    "field-missing",
    ObjectView,
    "crd",
    typed=True,
    possible="the API server refuses the object without it",
    remedy="write it",
)
def field_missing(view: ObjectView) -> list[Found]:
    """Fields that must be there are."""
    return _of(view, "field-missing")


@rule(
    "field-twice",
    ObjectView,
    "crd",
    typed=True,
    possible="the API server takes each once",
    remedy="remove one of them, or give it a name of its own",
)
def field_twice(view: ObjectView) -> list[Found]:
    """Items of a list that are known by a name have each its own."""
    return _of(view, "field-twice")


@rule(
    "kind-unknown",
    ObjectView,
    "crd",
    typed=True,
    possible=f"{', '.join(KINDS)} are known",
    remedy="choose one of them",
)
def kind_unknown(view: ObjectView) -> list[Found]:
    """The object is of a kind that there is."""
    return [] if view.kind in KINDS else [Found(("kind",), f"{view.kind!r} asked")]


@rule(
    "version-unknown",
    ObjectView,
    "crd",
    typed=True,
    possible="the API server knows Ray's objects as ray.io/v1",
    remedy="write ray.io/v1",
)
def version_unknown(view: ObjectView) -> list[Found]:
    """The object is of a version that there is."""
    asked = text(view.raw.get("apiVersion"))
    older = asked == "ray.io/v1alpha1" and view.kind != "RayCronJob"
    return [] if asked == "ray.io/v1" or older else [Found(("apiVersion",), f"{asked!r} asked")]


@rule(
    "version-deprecated",
    ObjectView,
    "crd",
    severity=Severity.WARNING,
    typed=True,
    possible="it lacks every field that came after KubeRay 1.1, and KubeRay 1.9 no longer serves it",
    remedy="write ray.io/v1",
)
def version_deprecated(view: ObjectView) -> list[Found]:
    """The object is not of a version that will go."""
    asked = text(view.raw.get("apiVersion"))
    return [Found(("apiVersion",), f"{asked} asked")] if asked == "ray.io/v1alpha1" else []
