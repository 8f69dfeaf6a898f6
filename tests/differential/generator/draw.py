"""Chance with a seed, so that any object can be made again from its number."""

from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

__all__ = ["Draw"]

T = TypeVar("T")


class Draw(Random):
    """A source of choices."""

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random() < share

    def pick(self, *options: T) -> T:
        """One of the options."""
        return options[int(self.random() * len(options))]

    def some(self, share: float, **fields: Callable[[], Any]) -> dict[str, Any]:
        """Some of these fields, each with a value made for it."""
        return {name: make() for name, make in fields.items() if self.random() < share}

    def word(self) -> str:
        """A short name."""
        return f"{self.pick('alpha', 'beta', 'gamma', 'delta', 'omega')}-{self.randint(0, 99)}"

    def flag(self) -> bool:
        """Yes or no."""
        return self.random() < 0.5
