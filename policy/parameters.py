"""Parameters that several rules have, each with a default of its own."""

from collections.abc import Sequence

from pydantic import Field, create_model
from rayform.spec.model import Count, Listed, Spec

__all__ = ["Amount", "Most", "Names", "amount", "most", "names"]


class Most(Spec):
    """The most there may be."""

    most: Count
    """The most there may be."""


class Amount(Spec):
    """The most there may be, of what is not counted in wholes."""

    most: float = Field(ge=0)
    """The most there may be."""


class Names(Spec):
    """What may be, or must be, by name."""

    names: Listed[str]
    """What may be, or must be, by name; a trailing ``*`` stands for anything that begins so."""

    def has(self, name: str) -> bool:
        """Whether a name is one of them."""
        return any(name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in self.names)


def most(default: int) -> type[Most]:
    """A most with this default."""
    return create_model("Most", __base__=Most, most=(Count, default))


def amount(default: float) -> type[Amount]:
    """An amount with this default."""
    return create_model("Amount", __base__=Amount, most=(float, Field(default, ge=0)))


def names(*default: str) -> type[Names]:
    """Names with this default."""
    chosen: Sequence[str] = default
    return create_model("Names", __base__=Names, names=(Listed[str], tuple(chosen)))
