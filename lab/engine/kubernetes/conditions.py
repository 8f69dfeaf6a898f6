"""What ``pulumi.com/waitFor`` asks: ``condition=…``, ``jsonpath=…``, or a JSON array of them, read as upstream does."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonpath_rfc9535

from .parts import items, part

Missing = Callable[[Mapping[str, Any]], str | None]
"""Says what an object lacks; None when it lacks nothing."""

_QUOTES = frozenset("'\"")


class WaitForError(ValueError):
    """An expression that nothing can be awaited by."""


def wait_for(annotation: str) -> Missing:
    """What a waitFor annotation asks of an object; of several expressions all must hold."""
    try:
        expressions = json.loads(annotation)
    except ValueError:
        expressions = [annotation]
    if not isinstance(expressions, list) or not expressions:
        raise WaitForError(f"pulumi.com/waitFor: {annotation}: give one expression, or a JSON array of them")
    judges = [_judge(str(each)) for each in expressions]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - parsed JSON

    def missing(live: Mapping[str, Any]) -> str | None:
        return next(filter(None, (judge(live) for judge in judges)), None)

    return missing


def _judge(expression: str) -> Missing:
    if expression.startswith("condition="):
        kind, _, status = expression.removeprefix("condition=").partition("=")
        return lambda live: _condition(live, expression, kind, status or "True")
    if expression.startswith("jsonpath="):
        return _jsonpath(expression, expression.removeprefix("jsonpath="))
    raise WaitForError(
        f'pulumi.com/waitFor: {expression}: expected "condition=TYPE[=STATUS]" or "jsonpath={{PATH}}[=VALUE]"'
    )


def _condition(live: Mapping[str, Any], expression: str, kind: str, status: str) -> str | None:
    found = (each for each in items(live, "status", "conditions") if str(each.get("type")).lower() == kind.lower())
    condition = next(found, None)
    if condition is None:
        return expression
    generation = part(live, "metadata").get("generation", 0)
    observed = condition.get("observedGeneration", part(live, "status").get("observedGeneration", generation))
    if observed < generation:
        return f"generation {generation} to be observed, now {observed}"
    there = str(condition.get("status"))
    return None if there.lower() == status.lower() else f"{expression}, now {there}"


def _jsonpath(expression: str, text: str) -> Missing:
    path, value = _split(text)
    try:
        query = jsonpath_rfc9535.compile(path if path.startswith("$") else f"${path}")
    except jsonpath_rfc9535.JSONPathError as error:
        raise WaitForError(f"pulumi.com/waitFor: {expression}: {error}") from error

    def missing(live: Mapping[str, Any]) -> str | None:
        found = query.find_one(dict(live))
        if found is None:
            return expression
        if value is None:
            return None
        if isinstance(found.value, dict | list):
            raise WaitForError(f"pulumi.com/waitFor: {expression}: selects an object or a list, which has no value")
        there = found.value if isinstance(found.value, str) else json.dumps(found.value)
        return None if there == value else f"{expression}, now {there}"

    return missing


def _split(text: str) -> tuple[str, str | None]:
    """The path within braces and the value after them."""
    end = next(_ends(text), None) if text.startswith("{") else None
    if end is None:
        raise WaitForError(f"pulumi.com/waitFor: jsonpath={text}: wrap the path in braces: jsonpath={{PATH}}[=VALUE]")
    path, rest = text[1:end].strip(), text[end + 1 :]
    if not rest:
        return path, None
    if not rest.startswith("=") or rest == "=" or "=" in rest[1:] or rest.startswith("={"):
        raise WaitForError(f"pulumi.com/waitFor: jsonpath={text}: after the braces only =VALUE is possible, a literal")
    return path, rest[1:]


def _ends(text: str) -> Iterator[int]:
    """Where the first brace is closed again; braces within quotes do not count."""
    depth, quote, escaped = 0, "", False
    for index, character in enumerate(text):
        if quote:
            quote = quote if escaped or character != quote else ""
            escaped = character == "\\" and not escaped
        elif character in _QUOTES:
            quote = character
        else:
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth == 0:
                yield index
