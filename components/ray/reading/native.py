"""Ray's own languages read back: runtime environments and Serve's configuration, typed where that loses nothing."""

import re
from typing import Any, TypeVar

from rayform.spec.model import Spec

from ...documents import ComposerError, Limits, is_mapping, is_sequence, parsed
from ..manifest.native import native_text
from .fields import Words, attempt, spec_within
from .same import same

__all__ = ["native"]

S = TypeVar("S", bound=Spec)
_BOUNDS = Limits(values=20_000)
# Where a text has one of these in quotes, it is kept as it is for nothing.
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


def native(spec: type[S], key: str, text: Any) -> S | Any:
    """The spec that the text of the field ``key`` describes; the text itself where a spec would not say all of it."""
    if not isinstance(text, str) or _COMMENT.search(text):
        return text
    try:
        value = parsed(text, _BOUNDS)
    except ComposerError:
        return text
    said = attempt(spec, _words(spec, value)) if is_mapping(value) else None
    return said if said is not None and same(native_text(said), text, key) else text


def _words(spec: type[Spec], value: dict[str, Any]) -> Words:
    known = {name: _word(spec, name, value[name]) for name in spec.model_fields if name in value and name != "other"}
    return {**known, "other": {name: inner for name, inner in value.items() if name not in known}}


def _word(spec: type[Spec], name: str, value: Any) -> Any:
    within = spec_within(spec, name)
    if within is None:
        return value
    if is_sequence(value):
        return [_words(within, item) if is_mapping(item) else item for item in value]
    return _words(within, value) if is_mapping(value) else value
