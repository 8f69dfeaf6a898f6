"""What a resource says anywhere in it: gathered once, so that rules which look for words look where there are some."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.view import Path

__all__ = ["Words", "places", "words"]


class Words(NamedTuple):
    """The names and the texts of a resource."""

    whole: str
    """Every name and every text in small letters, one under the other: texts of one list stand together."""
    texts: tuple[str, ...]
    """Every text that is a value."""


def words(props: Mapping[str, Any]) -> Words:
    """What inputs say; what is not known in them stops who asks."""
    texts: list[str] = []
    names: list[str] = []
    _gather(props, texts, names)
    return Words("\n".join((*names, *texts)).lower(), tuple(texts))


def _gather(value: Any, texts: list[str], names: list[str]) -> None:
    if is_mapping(value):
        names.extend(value)
        parts: Any = value.values()
    else:
        parts = value
    for each in parts:
        if isinstance(each, str):
            texts.append(each)
        elif is_mapping(each) or is_sequence(each):
            _gather(each, texts, names)


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a value, from the outside in: where it stands, and what it is."""
    parts: Any = value.items() if is_mapping(value) else enumerate(value) if is_sequence(value) else ()
    for step, each in parts:
        here = (*path, step)
        yield here, each
        if is_mapping(each) or is_sequence(each):
            yield from places(each, here)
