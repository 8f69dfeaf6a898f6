"""From YAML's events to plain values, remembering every line, and stopping at the limits.

PyYAML's own composer recurses without bound, keeps the last of two equal keys and makes Python objects of tags, so only
its scanner is used here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .limits import Limits
from .positions import Lines
from .scalars import ScalarError, plain, tagged, unknown_tag
from .shapes import is_mapping, is_sequence

__all__ = ["Composer", "ComposerError"]

_TAGS = "tag:yaml.org,2002:"
_MERGE = object()


class ComposerError(Exception):
    """The text is no YAML that Kubernetes reads, or too much of it; ``line`` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(slots=True)
class _Anchor:
    """An anchored value, and what it weighs wherever it is repeated."""

    value: Any = None
    values: int = 0
    characters: int = 0
    height: int = 0
    whole: bool = False


class Composer:
    """Reads the documents of one text, one after the other."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.lines = Lines()
        self._parser = yaml.CSafeLoader(text)
        self._limits = limits
        self._values = 0
        self._characters = 0
        self._deepest = 0
        self._anchors: dict[str, _Anchor] = {}

    def documents(self) -> Iterator[tuple[int, Any]]:
        """Each document with its first line; empty ones are null."""
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors = {}
                first = self._next()
                yield _line(first), self._value(first, 0)

    def _next(self) -> Any:
        return self._parser.get_event()

    def _value(self, event: Any, depth: int) -> Any:
        """The value that starts with ``event``, within ``depth`` mappings and sequences."""
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event, depth)
        if event.anchor is None:
            return self._whole(event, depth)
        anchor = self._anchors[event.anchor] = _Anchor()
        values, characters, deepest = self._values, self._characters, self._deepest
        self._deepest = depth
        anchor.value = self._whole(event, depth)
        anchor.values = self._values - values
        anchor.characters = self._characters - characters
        anchor.height = self._deepest - depth
        anchor.whole = True
        self._deepest = max(self._deepest, deepest)
        return anchor.value

    def _whole(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            self._count(event, 1, len(event.value), depth)
            return self._scalar(event)
        self._count(event, 1, 0, depth + 1)
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", f"{_TAGS}map" if mapping else f"{_TAGS}seq"):
            raise _refused(event, unknown_tag(event.tag))
        return self._mapping(depth + 1) if mapping else self._sequence(depth + 1)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        lines: list[int] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            lines.append(_line(event))
            items.append(self._value(event, depth))
        self.lines.record(items, lines)
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        own: dict[str, Any] = {}
        lines: dict[str, int] = {}
        merged: list[dict[str, Any]] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            value = self._value(self._next(), depth)
            if key is _MERGE:
                merged.extend(_mappings(value, event))
            elif key in own:
                raise _refused(event, f"the key {key!r} is there twice, first on line {lines[key]}; keep one")
            else:
                own[key], lines[key] = value, _line(event)
        for mapping in merged:
            for key in [key for key in mapping if key not in own]:
                own[key], lines[key] = mapping[key], self.lines.of(mapping, key)
        self.lines.record(own, lines)
        return own

    def _key(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and event.tag is None and event.implicit[0]:
                return _MERGE
            key = self._value(event, 0)
            if key is not None:
                return ("true" if key else "false") if isinstance(key, bool) else str(key)
        raise _refused(event, "a key must be text; quote it, or mend the indentation")

    def _scalar(self, event: Any) -> Any:
        try:
            if event.tag is not None:
                return tagged(event.tag, event.value)
            return plain(event.value) if event.implicit[0] else event.value
        except ScalarError as error:
            raise _refused(event, str(error)) from error

    def _repeated(self, event: Any, depth: int) -> Any:
        name = event.anchor
        anchor = self._anchors.get(name)
        if anchor is None:
            raise _refused(event, f"*{name} repeats an anchor that is not there; write &{name}")
        if not anchor.whole:
            raise _refused(event, f"*{name} is within what it repeats; write the value out")
        self._count(event, anchor.values, anchor.characters, depth + anchor.height)
        return anchor.value

    def _count(self, event: Any, values: int, characters: int, depth: int) -> None:
        limits = self._limits
        self._values += values
        self._characters += characters
        self._deepest = max(self._deepest, depth)
        if self._values > limits.values:
            raise _refused(event, f"more than {limits.values:,} values, aliases counted in full; split the file")
        if self._characters > limits.characters:
            raise _refused(
                event, f"more than {limits.characters:,} characters, aliases counted in full; split the file"
            )
        if depth > limits.depth:
            raise _refused(
                event, f"more than {limits.depth} levels within each other; no Kubernetes object has so many"
            )


def _mappings(value: Any, event: Any) -> list[dict[str, Any]]:
    several = value if is_sequence(value) else [value]
    if not all(is_mapping(one) for one in several):
        raise _refused(event, "<< merges mappings, this is none; name an anchor of a mapping")
    return several


def _refused(event: Any, problem: str) -> ComposerError:
    return ComposerError(_line(event), problem)


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line
