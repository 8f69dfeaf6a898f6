"""What an unquoted YAML scalar means to Kubernetes' own tools.

They read YAML as Go does, not as Python does: ``yes`` and ``y`` are true, ``0644`` and ``0o644`` are octal, ``1_000``
is a thousand, ``1:30`` and ``2026-01-01`` are text, and a number without a fraction is whole however it is written.
"""

import re
from math import isfinite

__all__ = ["Scalar", "ScalarError", "plain", "tagged", "unknown_tag"]

Scalar = str | int | float | bool | None
"""A value without parts."""

_TAGS = "tag:yaml.org,2002:"
_WORDS: dict[str, bool | None] = {
    **{form: True for word in ("y", "yes", "true", "on") for form in (word, word.title(), word.upper())},
    **{form: False for word in ("n", "no", "false", "off") for form in (word, word.title(), word.upper())},
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_NUMERIC = re.compile(r"[-+.0-9]")
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BASES = (16, 8, 2, 10)
_LONGEST = 400


class ScalarError(ValueError):
    """A scalar that no Kubernetes object can hold."""


def plain(text: str) -> Scalar:
    """The value of an unquoted scalar; infinities and ``.nan`` are refused, as JSON has none."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMERIC.match(text) or len(text) > _LONGEST:
        return text
    if _NO_NUMBER.fullmatch(text):
        raise ScalarError(f"{text} is no number that JSON can hold; quote it, or write a finite one")
    number = _number(text if text.startswith(".") else text.replace("_", ""))
    return text if number is None else number


def tagged(tag: str, text: str) -> Scalar:
    """The value of a scalar with a tag of YAML's own; any other tag, and a text the tag does not fit, are refused."""
    name = tag.removeprefix(_TAGS)
    if tag == "!" or name in ("str", "timestamp"):
        return text
    if name not in _KINDS or not tag.startswith(_TAGS):
        raise ScalarError(unknown_tag(tag))
    value = plain(text)
    if name == "float" and isinstance(value, int) and not isinstance(value, bool):
        return value
    if type(value) is not _KINDS[name]:
        raise ScalarError(f"{text!r} is not what the tag {_shown(tag)} says; remove the tag or mend the value")
    return value


def unknown_tag(tag: str) -> str:
    """Why a tag is refused."""
    return f"the tag {_shown(tag)} is unknown to Kubernetes; remove it and write the plain value"


_KINDS: dict[str, type] = {"bool": bool, "int": int, "float": float, "null": type(None)}


def _number(text: str) -> int | float | None:
    if integer := _INTEGER.fullmatch(text):
        sign, *digits = integer.groups()
        value = next(int(part, base) for part, base in zip(digits, _BASES, strict=True) if part)
        if value < 2**63:
            return -value if sign == "-" else value
    if not _DECIMAL.fullmatch(text):
        return None
    number = float(text)
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**63 else number


def _shown(tag: str) -> str:
    return f"!!{tag.removeprefix(_TAGS)}" if tag.startswith(_TAGS) else tag
