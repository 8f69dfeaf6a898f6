"""Python code laid out as its usual formatter lays it out: on one line where that fits, else part by part."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias
from unicodedata import east_asian_width

__all__ = ["WIDTH", "Code", "Parts", "laid_out", "quoted"]

WIDTH = 88
"""The most characters of a line, as ``black`` and ``ruff format`` have it when nobody says."""
_STEP = "    "
_CLOSING = re.compile(r'"{3,}|"+\Z')  # quotes that would end the literal, or run into its end
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Parts(NamedTuple):
    """Something with parts in brackets: a call, a list, a dictionary."""

    opening: str
    """What stands before them: ``Head(``, ``[`` or ``{``."""
    parts: Sequence[tuple[str, "Code"]]
    """Each part, with what stands before it: ``cpu=``, nothing, or ``"key": ``."""
    closing: str
    """The bracket behind them."""


Code: TypeAlias = str | Parts
"""An expression."""


def laid_out(code: Code, before: str = "", indent: str = "", after: str = "") -> str:
    """The expression behind what stands before it on its line."""
    flat = _flat(code)
    if isinstance(code, str) or ("\n" not in flat and _width(f"{indent}{before}{flat}{after}") <= WIDTH):
        return f"{before}{flat}{after}"
    inner = indent + _STEP
    lines = [f"{inner}{laid_out(part, name, inner, ',')}" for name, part in code.parts]
    return "\n".join([f"{before}{code.opening}", *lines, f"{indent}{code.closing}{after}"])


def quoted(text: str) -> str:
    """A text as a literal, on lines of its own where it has several."""
    if text.count("\n") > 1 and all(letter.isprintable() or letter == "\n" for letter in text):
        body = _CLOSING.sub(lambda quotes: r"\"" * len(quotes[0]), text.replace("\\", "\\\\"))
        return f'"""\\\n{body}"""'
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{''.join(_letter(letter, quote) for letter in text)}{quote}"


def _flat(code: Code) -> str:
    if isinstance(code, str):
        return code
    return f"{code.opening}{', '.join(f'{name}{_flat(part)}' for name, part in code.parts)}{code.closing}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _letter(letter: str, quote: str) -> str:
    if letter == quote:
        return f"\\{letter}"
    if letter in _ESCAPES or letter.isprintable():
        return _ESCAPES.get(letter, letter)
    return ascii(letter)[1:-1]
