"""What a resource says, and where it says what."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from law_reading import Reading, called

__all__ = ["WORDS"]

_SAID: Final[dict[str, Any]] = {"a": "B", "c": {"d": ["e", "F", {"g": "h"}, 1], "i": 2}}


def _places(value: Any) -> Callable[[ModuleType], Any]:
    return lambda module: list(module.places(value))


def _outermost(value: Any, *found: Any) -> Callable[[ModuleType], Any]:
    """What is found of a value, where these things are looked for."""

    def sought(_: object, each: object) -> str:
        return "it" if each in found else ""

    return lambda module: list(module.outermost(value, sought))


WORDS: Final = (
    Reading("words", called("words", _SAID), ("a\nc\nb\nd\ni\ne f\ng\nh", ("B", "e", "F", "h"))),
    Reading("words", called("words", {"a": [{"b": 1}, ["C"]], "d": None}), ("a\nd\nb\nc", ("C",))),
    Reading("words", called("words", dict[str, Any]()), ("", ())),
    Reading("words", _places({"a": {"b": [1]}}), [(("a",), {"b": [1]}), (("a", "b"), [1]), (("a", "b", 0), 1)]),
    Reading("words", _places("ab"), []),
    Reading("words", _places(["ab"]), [((0,), "ab")]),
    Reading("words", _outermost({"a": {"b": 1}, "c": 1}, {"b": 1}, 1), [(("a",), "it"), (("c",), "it")]),
    Reading("words", _outermost({"a": {"b": 1, "c": 1}}, 1), [(("a", "b"), "it"), (("a", "c"), "it")]),
)
"""Each of them."""
