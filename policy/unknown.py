"""Values that are not known before they are deployed, and values that must not be shown.

A rule must not take an unknown value for an absent one. So an unknown stops the rule that reads it, and that rule
alone: it is deferred, told, and judged again when the value is known. A rule that does not read it is judged at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn, SupportsIndex

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.view import Path

__all__ = ["NO_SECRETS", "UNKNOWN", "NotKnownError", "Secrets", "Unknown", "guarded", "has_unknowns", "picked", "raw"]

_HIDDEN: Final = "[secret]"
_SHORTEST = 4  # characters; shorter secrets stand in every second word


class Unknown:
    """A value that is not known yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "[unknown]"


UNKNOWN: Final = Unknown()
"""Stands for every value that is not known yet."""


class NotKnownError(Exception):
    """A rule read what is not known yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where the value stands."""
        super().__init__(".".join(map(str, path)))


Met = Callable[[Path], Any]
"""What becomes of a reader of what is not known, by where it stands: it is stopped, or has something instead."""


class _Guarded(dict[str, Any]):
    """A mapping some of whose values are not known: reading one of those stops the reader."""

    __slots__ = ("met", "path")

    def __init__(self, content: Mapping[str, Any], path: Path, met: Met) -> None:
        super().__init__(content)
        self.path = path
        self.met = met

    def __getitem__(self, key: str) -> Any:
        return self._known(key, super().__getitem__(key))

    # With an iterator of its own it is copied item by item, each of them read.
    def __iter__(self) -> Iterator[str]:
        return super().__iter__()

    def get(self, key: str, default: Any = None) -> Any:
        return self._known(key, super().get(key, default))

    # Typed loosely, as a view of them is more than rules need.
    def values(self) -> Any:
        return [value for _, value in self.items()]

    def items(self) -> Any:
        return [(key, self._known(key, value)) for key, value in super().items()]

    def raw(self) -> dict[str, Any]:
        """The content, without reading it."""
        return dict(super().items())

    def _known(self, key: str, value: Any) -> Any:
        return self.met((*self.path, key)) if value.__class__ is Unknown else value


class _GuardedList(list[Any]):
    """A list some of whose items are not known."""

    __slots__ = ("met", "path")

    def __init__(self, content: list[Any], path: Path, met: Met) -> None:
        super().__init__(content)
        self.path = path
        self.met = met

    def __iter__(self) -> Iterator[Any]:
        for index, value in enumerate(super().__iter__()):
            yield self.met((*self.path, index)) if value.__class__ is Unknown else value

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        value: Any = super().__getitem__(index)
        return self.met(self.path) if value.__class__ is Unknown else value

    def __contains__(self, value: object) -> bool:
        return any(each == value for each in self)


def _stop(path: Path) -> NoReturn:
    raise NotKnownError(path)


def has_unknowns(value: Any) -> bool:
    """Whether something in the value is not known."""
    if is_mapping(value):
        return any(map(has_unknowns, value.values()))
    return any(map(has_unknowns, value)) if is_sequence(value) else value.__class__ is Unknown


def guarded(value: Any, path: Path = (), met: Met = _stop) -> Any:
    """The value with every mapping and list in it watched over."""
    if is_mapping(value):
        return _Guarded({key: guarded(each, (*path, key), met) for key, each in value.items()}, path, met)
    if is_sequence(value):
        return _GuardedList([guarded(each, (*path, index), met) for index, each in enumerate(value)], path, met)
    return value


def picked(source: Mapping[str, Any], names: Iterable[str], others: Mapping[str, Any]) -> Mapping[str, Any]:
    """Some values of a mapping over others, without reading any of them: what is not known stays so."""
    there = raw(source)
    content = {**raw(others), **{name: there[name] for name in names if name in there}}
    for each in (source, others):
        if isinstance(each, _Guarded):
            return _Guarded(content, each.path, each.met)
    return content


def raw(watched: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content of a mapping, without reading it."""
    return watched.raw() if isinstance(watched, _Guarded) else watched


@dataclass(frozen=True, slots=True)
class Secrets:
    """What of a resource must not be shown: the texts, and the places."""

    texts: tuple[str, ...] = ()
    """Every secret value, as text."""
    places: tuple[Path, ...] = ()
    """Where secrets stand."""

    def hidden(self, told: str, path: Path) -> str:
        """The words without what must not be shown; about a secret place nothing is told."""
        if any(path[: len(place)] == place for place in self.places):
            return f"{_HIDDEN} asked"
        for each in self.texts:
            if len(each) >= _SHORTEST:
                told = told.replace(each, _HIDDEN)
        return told


NO_SECRETS: Final = Secrets()
"""Nothing that must not be shown."""
