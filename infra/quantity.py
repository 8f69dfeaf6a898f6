"""Kubernetes quantities as the scheduler counts them: CPU in thousandths, everything else in units, both rounded up."""

import re
from decimal import ROUND_CEILING, Decimal
from typing import Final

from .errors import InfraError

__all__ = ["QuantityError", "millis", "units"]

_QUANTITY: Final = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,3}))?")
_FACTORS: Final = (
    {None: Decimal(1), "n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3")}
    | {letter: Decimal(1000) ** power for power, letter in enumerate("kMGTPE", start=1)}
    | {f"{letter}i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", start=1)}
)


class QuantityError(InfraError):
    """Something that is no Kubernetes quantity."""

    def __init__(self, value: object) -> None:
        self.value = value
        """What was given."""
        super().__init__(f"{value!r} asked, no Kubernetes quantity; write a number and a unit, such as 500m, 4 or 16Gi")


def millis(quantity: object) -> int:
    """The quantity in thousandths, rounded up."""
    return _rounded(_amount(quantity) * 1000)


def units(quantity: object) -> int:
    """The quantity in units, such as bytes, rounded up."""
    return _rounded(_amount(quantity))


def _amount(quantity: object) -> Decimal:
    match = None if isinstance(quantity, bool) else _QUANTITY.fullmatch(str(quantity))
    if match is None:
        raise QuantityError(quantity)
    number, suffix, exponent = match.groups()
    return Decimal(number).scaleb(int(exponent)) if exponent else Decimal(number) * _FACTORS[suffix]


def _rounded(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding=ROUND_CEILING))
