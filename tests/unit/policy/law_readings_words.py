"""What a resource says, and where it says what."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from law_reading import Reading, called
from rayform.policy.unknown import UNKNOWN, NotKnownError, guarded

__all__ = ["WORDS"]

_SAID: Final[dict[str, Any]] = {"a": "B", "c": {"d": ["e", "F", {"g": "h"}, 1], "i": 2}}


_CALLED: Final[tuple[dict[str, Any], ...]] = (
    *({each: UNKNOWN} for each in ("id", "vpcId", "roleArn", "role", "bucket", "clusterName")),
    *({each: ["x", UNKNOWN]} for each in ("subnetIds", "policyArns", "subnets", "securityGroups")),
)
_INNER: Final[dict[str, Any]] = {"a": [{"id": UNKNOWN}, "c"], "vpcId": UNKNOWN}
_NOT_KNOWN: Final[dict[str, dict[str, Any]]] = {
    "userData": {"vpcId": UNKNOWN, "userData": UNKNOWN},
    "a.0.b": {"a": [{"b": UNKNOWN}]},
    "Idea": {"Idea": UNKNOWN},
    "a.0": {"roleArn": UNKNOWN, "a": [UNKNOWN]},
}


def _stopped(props: dict[str, Any]) -> Callable[[ModuleType], str]:
    """What is not known where it stops who asks what is said."""

    def stopped(module: ModuleType) -> str:
        try:
            module.words(guarded(props))
        except NotKnownError as error:
            return str(error)
        return ""

    return stopped


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
    *(Reading("words", called("words", guarded({"a": "b", **each})), ("a\nb", ("b",))) for each in _CALLED),
    Reading("words", called("words", guarded({"aId": "b", "vpcId": UNKNOWN})), ("aid\nb", ("b",))),
    Reading("words", called("words", guarded(_INNER)), ("a\nc", ("c",))),
    *(Reading("words", _stopped(each), place) for place, each in _NOT_KNOWN.items()),
    Reading("words", _places({"a": {"b": [1]}}), [(("a",), {"b": [1]}), (("a", "b"), [1]), (("a", "b", 0), 1)]),
    Reading("words", _places("ab"), []),
    Reading("words", _places(["ab"]), [((0,), "ab")]),
    Reading("words", _outermost({"a": {"b": 1}, "c": 1}, {"b": 1}, 1), [(("a",), "it"), (("c",), "it")]),
    Reading("words", _outermost({"a": {"b": 1, "c": 1}}, 1), [(("a", "b"), "it"), (("a", "c"), "it")]),
)
"""Each of them."""
