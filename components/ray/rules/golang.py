"""Amounts of time and whole numbers as Go writes them: what the operator reads from annotations and schedules."""

import re

__all__ = ["duration", "integer"]

_UNITS = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,  # the micro sign
    "\u03bcs": 10**3,  # the Greek letter
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_PART = re.compile(r"(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(ns|us|\u00b5s|\u03bcs|ms|s|m|h)")
_INTEGER = re.compile(r"[-+]?[0-9]{1,30}")
_LARGEST = 2**63 - 1
_LONGEST = 1000  # a text with more characters is no amount of time to any person


def duration(text: str) -> int | None:
    """Nanoseconds of a text such as ``5m``, ``1h30m`` or ``-1.5h``; None where it is no amount of time to Go."""
    if len(text) > _LONGEST:
        return None
    sign, rest = (text[0], text[1:]) if text[:1] in ("-", "+") else ("", text)
    if rest == "0":
        return 0
    total, at = 0, 0
    while part := _PART.match(rest, at):
        whole, fraction, bare, unit = part.groups()
        decimals = fraction or bare or ""
        total += int(whole or 0) * _UNITS[unit] + int(decimals or 0) * _UNITS[unit] // 10 ** len(decimals)
        at = part.end()
    if not rest or at != len(rest) or total > _LARGEST + (sign == "-"):
        return None
    return -total if sign == "-" else total


def integer(text: str) -> int | None:
    """The whole number that a text is; None where it is none to Go, or does not fit 64 bits."""
    value = int(text) if _INTEGER.fullmatch(text) else _LARGEST + 1
    return value if -_LARGEST - 1 <= value <= _LARGEST else None
