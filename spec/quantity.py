"""Kubernetes quantities: ``500m`` of a CPU, ``16Gi`` of memory.

Syntax after the Kubernetes API conventions: a decimal number, then a binary suffix (Ki to Ei), a decimal one
(n, u, m, k, M, G, T, P, E) or an exponent (e3, E-2). The scheduler counts CPU in thousandths and everything else in
units, both rounded up.
"""

import re
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BeforeValidator

from .refusal import UnfitError

__all__ = ["Cpus", "Memory", "Quantity", "QuantityError", "amount", "is_plausible", "millis", "units", "written"]

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,3}))?")
_BINARY = {f"{letter}i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", start=1)}
_DECIMAL = {letter: Decimal(1000) ** power for power, letter in enumerate("kMGTPE", start=1)}
_SMALL = {"n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3")}
_LEAST_MEMORY, _MOST_CPUS = 2**20, 2**16
_MOST = Decimal(2**63 - 1)
"""Beyond it Kubernetes takes a quantity for this (``apimachinery``, ``ParseQuantity``)."""
_FACTORS = _BINARY | _DECIMAL | _SMALL | {None: Decimal(1)}


class QuantityError(UnfitError):
    """Something that is no Kubernetes quantity."""

    def __init__(self, value: object) -> None:
        self.value = value
        # Anything else may hold more than should be shown.
        shown = repr(value) if isinstance(value, str | int | float) else f"a value of type {type(value).__name__}"
        super().__init__(f"{shown} asked", "it is no Kubernetes quantity", "write a number and a unit: 500m, 4, 16Gi")


@lru_cache(maxsize=1024)
def amount(text: str) -> Decimal:
    """The number a quantity stands for, in units of one (CPUs, bytes); a text that is none is refused."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise QuantityError(text)
    number, suffix, exponent = match.groups()
    whole = Decimal(number).scaleb(int(exponent)) if exponent else Decimal(number) * _FACTORS[suffix]
    return max(-_MOST, min(whole, _MOST))


def millis(quantity: object) -> int:
    """The quantity in thousandths, rounded up."""
    return _rounded(_amount(quantity) * 1000)


def units(quantity: object) -> int:
    """The quantity in units, such as bytes, rounded up."""
    return _rounded(_amount(quantity))


def _amount(quantity: object) -> Decimal:
    if isinstance(quantity, bool) or not isinstance(quantity, str | int | float | Decimal):
        raise QuantityError(quantity)
    return amount(str(quantity))


def _rounded(number: Decimal) -> int:
    return int(number.to_integral_value(rounding=ROUND_CEILING))


def written(value: object) -> str:
    """The quantity as text: ``4`` for 4, ``0.5`` for 0.5, any text as it is; what is no quantity is refused."""
    kind = value.__class__
    if kind is str or kind is int or kind is float:
        return _text(value)
    raise QuantityError(value)


@lru_cache(maxsize=1024, typed=True)
def _text(value: str | float) -> str:
    text = value if isinstance(value, str) else format(Decimal(str(value)), "f")
    if amount(text) < 0:
        raise UnfitError(f"{text} asked", "a quantity is 0 or more", "raise it")
    return text


@lru_cache(maxsize=1024)
def is_plausible(name: str, text: str) -> bool:
    """Whether there can be so many ``cpu``, or so much ``memory``: less than a mebibyte lacks its unit."""
    try:
        known = amount(text)
    except QuantityError:
        return True  # wrong in another way
    return not 0 < known < _LEAST_MEMORY if name == "memory" else name != "cpu" or known < _MOST_CPUS


def _plausible(name: str, remedy: str) -> BeforeValidator:
    def check(value: object) -> str:
        text = written(value)
        if not is_plausible(name, text):
            raise UnfitError(f"{text} of {name} asked", "a unit is missing or wrong", remedy)
        return text

    return BeforeValidator(check, json_schema_input_type=str | int | float)


if TYPE_CHECKING:
    Quantity: TypeAlias = str | int | float
    Cpus: TypeAlias = str | int | float
    Memory: TypeAlias = str | int | float
else:
    Quantity = Annotated[str, BeforeValidator(written, json_schema_input_type=str | int | float)]
    """An amount as a number or as text with a Kubernetes unit, kept as text; negative amounts are refused."""
    Cpus = Annotated[str, _plausible("cpu", "write 4, 0.5 or 500m")]
    """CPUs as a quantity, fewer than 65,536."""
    Memory = Annotated[str, _plausible("memory", "write 16Gi")]
    """Memory as a quantity, a mebibyte at least."""
