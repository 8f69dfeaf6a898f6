"""When AWS and a program say the same in other words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from ...wire import Secret
from ..provider.secrecy import has_unknown

Properties = Mapping[str, Any]


def spelled(live: Any, wanted: Any, *, ordered: bool = False) -> Any:
    """What is, with everything that says the same as ``wanted`` in the words of that."""
    if isinstance(live, Mapping) and isinstance(wanted, Mapping):
        like = cast("Properties", wanted)
        inside = cast("Properties", live).items()
        return {key: spelled(item, like[key], ordered=ordered) if key in like else item for key, item in inside}
    if isinstance(live, list) and isinstance(wanted, list):
        return _listed(cast("Sequence[Any]", live), cast("Sequence[Any]", wanted), ordered=ordered)
    return cast("Any", wanted if _same(live, wanted) else live)


def declared(live: Any, wanted: Any) -> Any:
    """What of ``live`` is spoken of in ``wanted``; of a list all items are, since AWS adds none by itself."""
    if isinstance(live, Mapping) and isinstance(wanted, Mapping):
        like = cast("Properties", wanted)
        return {key: declared(item, like[key]) for key, item in cast("Properties", live).items() if key in like}
    if isinstance(live, list) and isinstance(wanted, list):
        items, others = cast("Sequence[Any]", live), cast("Sequence[Any]", wanted)
        known = [declared(item, other) for item, other in zip(items, others, strict=False)]
        return [*known, *items[len(known) :]]
    return cast("Any", live)


def said(value: Any) -> Any:
    """A value without the members that are null: a program that says null says nothing."""
    if isinstance(value, Mapping):
        inside = cast("Properties", value).items()
        return {key: said(item) for key, item in inside if item is not None}
    if isinstance(value, list):
        return [said(item) for item in cast("Sequence[Any]", value)]
    return replace(value, value=said(value.value)) if isinstance(value, Secret) else value


def texted(value: Any, names: frozenset[str]) -> Any:
    """A value in which what bears one of these names is text."""
    if isinstance(value, Mapping):
        inside = cast("Properties", value).items()
        return {key: str(item).lower() if key in names else texted(item, names) for key, item in inside}
    return [texted(item, names) for item in cast("Sequence[Any]", value)] if isinstance(value, list) else value


def joined(one: Any, other: Any) -> Any:
    """All that either of two values speaks of; the second one's words where both do."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        ours, theirs = cast("Properties", one), cast("Properties", other)
        return {**ours, **{key: joined(ours[key], item) if key in ours else item for key, item in theirs.items()}}
    return other


def _listed(live: Sequence[Any], wanted: Sequence[Any], *, ordered: bool) -> list[Any]:
    left, found = list(live), list[Any]()
    for item in wanted:
        candidates = left[:1] if ordered else left
        match = next((each for each in candidates if declared(spelled(each, item), item) == item), None)
        if match is None:
            break
        left.remove(match)
        found.append(spelled(match, item))
    if len(found) == len(wanted):
        return [*found, *left]
    return [spelled(item, other) for item, other in zip(live, wanted, strict=False)] + list(live[len(wanted) :])


def _same(live: Any, wanted: Any) -> bool:
    if live is None or wanted is None or has_unknown(wanted):
        return False
    if isinstance(live, str) and isinstance(wanted, str):
        return live == wanted or _document(live) == _document(wanted) is not None
    return str(live).lower() == str(wanted).lower()


def _document(text: str) -> Any:
    """The content of a JSON document; None for any other text."""
    try:
        return json.loads(text) if text.lstrip()[:1] in {"{", "["} else None
    except ValueError:
        return None
