"""What ``pulumi.com/waitFor`` asks: ``condition=…``, ``jsonpath=…``, or a JSON array of them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jsonpath_rfc9535

from .parts import items

Object = Mapping[str, Any]

_JSONPATH = re.compile(r"jsonpath=\{(?P<path>.+)\}(?:=(?P<value>[^=]+))?", re.DOTALL)


class WaitForError(ValueError):
    """An expression that nothing can be awaited by."""


@dataclass(frozen=True)
class Condition:
    """Something an object can satisfy."""

    text: str
    """What is awaited, in words."""
    holds: Callable[[Object], bool]
    """Whether an object satisfies it."""


def parsed(annotation: str) -> list[Condition]:
    """The conditions of a waitFor annotation; all must hold."""
    expressions = json.loads(annotation) if annotation.lstrip().startswith("[") else [annotation]
    return [_condition(str(expression)) for expression in expressions]


def _condition(expression: str) -> Condition:
    if expression.startswith("condition="):
        kind, _, status = expression.removeprefix("condition=").partition("=")
        return Condition(expression, lambda live: _status(live, kind) == (status or "True").lower())
    if match := _JSONPATH.fullmatch(expression):
        return Condition(expression, _jsonpath(match["path"].strip(), match["value"]))
    raise WaitForError(f"{expression}: expected condition=TYPE[=STATUS] or jsonpath={{PATH}}[=VALUE]")


def _status(live: Object, kind: str) -> str | None:
    conditions = items(live, "status", "conditions")
    return next((str(each.get("status")).lower() for each in conditions if each.get("type") == kind), None)


def _jsonpath(path: str, value: str | None) -> Callable[[Object], bool]:
    try:
        query = jsonpath_rfc9535.compile(path if path.startswith("$") else f"${path}")
    except jsonpath_rfc9535.JSONPathError as error:
        raise WaitForError(f"jsonpath={{{path}}}: {error}") from error

    def holds(live: Object) -> bool:
        found = query.find(dict(live))
        if not found:
            return False
        return value is None or _text(found[0].value) == value

    return holds


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) or value is None else str(value)
