"""Which rules hold: of a kind of resource, and of those that look at one view the ones that its fields may break."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .opening import HAVING, VIEWS
from .rule import Rule
from .subject import Subject
from .unknown import NotKnownError

__all__ = ["Held", "OfKind", "Rules"]

Rules = Sequence[tuple[Rule, Any]]
"""Rules, each with its parameters."""


class Held:
    """The rules about one view."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        """Every one of them."""
        self._fields = frozenset[str]().union(*(rule.fields for rule, _ in rules))
        self._by_fields: dict[frozenset[str], Rules] = {}

    def of(self, view: Any) -> Rules:
        """Those that a view may break."""
        if not self._fields:
            return self.rules
        try:
            asked = self._fields.intersection(view.asked)
        except NotKnownError:
            return self.rules  # whichever of them reads it will wait
        if asked not in self._by_fields:
            self._by_fields[asked] = [each for each in self.rules if not each[0].fields or each[0].fields & asked]
        return self._by_fields[asked]


class OfKind:
    """The rules about one kind of resource."""

    def __init__(self, kind: str, rules: Iterable[tuple[Rule, Any]]) -> None:
        about: dict[str, list[tuple[Rule, Any]]] = {}
        for rule, parameters in rules:
            if kind in (rule.kinds or HAVING.get(rule.about, (kind,))):
                about.setdefault(rule.about, []).append((rule, parameters))
        self.views: Sequence[tuple[Callable[[Subject], Iterable[Any]], Held]] = [
            (views, Held(about[name])) for name, views in VIEWS.items() if name in about
        ]
        """What opens each view that they look at, and those about it."""
        self.tallies: Rules = about.get("tally", ())
        """Those about sums."""
