"""What a resource says anywhere in it: gathered once, so that rules which look for words look where there are some."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.view import Path

from .unknown import NotKnownError, raw

__all__ = ["Words", "outermost", "places", "words"]

_IDENTIFIER: Final = re.compile(r"^(?:id|bucket|clusterName|role|securityGroups|subnets)$|(?:Id|Arn)s?$")
"""What it stands under what AWS calls something by itself."""
_WITH_PARTS: tuple[type, ...] = (dict, list)


class Words(NamedTuple):
    """The names and the texts of a resource."""

    whole: str
    """Every name and every text in small letters, each on a line, the texts of one list on one."""
    texts: tuple[str, ...]
    """Every text that is a value."""


def words(props: Mapping[str, Any]) -> Words:
    """What inputs say; what is not known in them stops who asks, unless it is what AWS calls something by itself."""
    try:
        return _said(props)
    except NotKnownError:
        return _said(_without_identifiers(props))


def _said(props: Mapping[str, Any]) -> Words:
    lines: list[str] = []
    texts: list[str] = []
    _gather(props, lines, texts)
    return Words("\n".join(lines).lower(), tuple(texts))


def _without_identifiers(value: Any) -> Any:
    """The value without identifiers that are not known yet: at a first preview most resources of AWS have some."""
    if is_sequence(value):
        return [_without_identifiers(each) for each in value]
    if not is_mapping(value):
        return value
    known = [name for name, each in raw(value).items() if not (_IDENTIFIER.search(name) and not isinstance(each, str))]
    return {name: _without_identifiers(value[name]) for name in known}


def _gather(value: Any, lines: list[str], texts: list[str]) -> None:
    if is_mapping(value):
        lines += value
        for each in value.values():
            if isinstance(each, str):
                lines.append(each)
                texts.append(each)
            elif isinstance(each, _WITH_PARTS):
                _gather(each, lines, texts)
        return
    here = [each for each in value if isinstance(each, str)]
    if here:
        lines.append(" ".join(here))
        texts += here
    for each in value:
        if isinstance(each, _WITH_PARTS):
            _gather(each, lines, texts)


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a value, from the outside in: where it stands, and what it is."""
    parts: Any = value.items() if is_mapping(value) else enumerate(value) if is_sequence(value) else ()
    for step, each in parts:
        here = (*path, step)
        yield here, each
        if is_mapping(each) or is_sequence(each):
            yield from places(each, here)


def outermost(whole: Any, read: Callable[[Path, Any], str]) -> Iterator[tuple[Path, str]]:
    """The places where something is found, and what; within such a place nobody looks again."""
    last: Path | None = None
    for path, value in places(whole):
        inner = last is not None and path[: len(last)] == last
        if not inner and (found := read(path, value)):
            last = path
            yield path, found
