"""One way to break a legal object, known by the number of the rule that the operator then applies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .draw import Draw
from .plan import CLUSTERS
from .subject import Subject

__all__ = ["MUTATIONS", "Mutation", "mutation"]

Edit = Callable[[Draw, Subject], None]


@dataclass(frozen=True)
class Mutation:
    """How one rule is broken."""

    number: int
    """The rule's number in the operator's order."""
    name: str
    """What is done, in words."""
    edit: Edit
    """Does it, in place."""
    says: str
    """A part of what the operator then says."""
    kinds: tuple[str, ...]
    """The kinds it can be done to."""
    plan: Mapping[str, Any] = field(default_factory=dict)
    """What the object must be like before."""
    on: frozenset[str] = frozenset()
    """Gates that must be on."""
    off: frozenset[str] = frozenset()
    """Gates that must be off."""
    by_crd: bool = False
    """Whether the CRD refuses it too, so that the operator never meets it."""

    def fits(self, gates: frozenset[str]) -> bool:
        """Whether the rule holds under these gates."""
        return self.on <= gates and not self.off & gates


MUTATIONS: list[Mutation] = []
"""Every mutation, in the order of its rule."""


def mutation(
    number: int,
    says: str,
    *kinds: str,
    on: str = "",
    off: str = "",
    by_crd: bool = False,
    **plan: Any,
) -> Callable[[Edit], Edit]:
    """Register an edit as the mutation of a rule."""

    def registered(edit: Edit) -> Edit:
        MUTATIONS.append(
            Mutation(
                number,
                edit.__name__.replace("_", " "),
                edit,
                says,
                kinds or CLUSTERS,
                plan,
                frozenset(on.split()),
                frozenset(off.split()),
                by_crd,
            )
        )
        return edit

    return registered
