"""What a judge answers: what is broken, what waits until more is known, and which exemptions were used."""

from collections.abc import Sequence
from typing import NamedTuple

from .config import Exemption
from .rule import Level

__all__ = ["Deferred", "Report", "Use", "Verdict"]


class Verdict(NamedTuple):
    """One rule that one resource breaks, at one place."""

    rule: str
    """The rule."""
    level: Level
    """What happens."""
    urn: str
    """What identifies the resource; empty is the whole stack."""
    subject: str
    """How the resource is called."""
    path: str
    """The place, in the words of who wrote it."""
    asked: str
    """What was asked."""
    possible: str
    """What is possible, or why not."""
    remedy: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.subject}: {self.path}: {self.asked}, {self.possible}; {self.remedy} [{self.rule}]"


class Deferred(NamedTuple):
    """Rules that wait until something is known."""

    rules: tuple[str, ...]
    """The rules."""
    urn: str
    """What identifies the resource."""
    subject: str
    """How the resource is called."""
    path: str
    """What is not known."""

    def __str__(self) -> str:
        rules = ", ".join(self.rules)
        return f"{self.subject}: {self.path} is not known before it is deployed; judged then: {rules}"


class Use(NamedTuple):
    """An exemption that was used."""

    exemption: Exemption
    """The exemption."""
    urn: str
    """The resource."""
    verdict: Verdict
    """What it let pass."""

    def __str__(self) -> str:
        asked = self.exemption
        return f"{self.verdict.subject}: {asked.rule} need not hold until {asked.expires}: {asked.reason}"


class Report(NamedTuple):
    """Everything that was found."""

    verdicts: Sequence[Verdict]
    """Rules that are broken."""
    deferred: Sequence[Deferred] = ()
    """Rules that wait."""
    uses: Sequence[Use] = ()
    """Exemptions that were used."""

    @property
    def stops(self) -> bool:
        """Whether an update must stop."""
        return any(each.level is not Level.ADVISORY for each in self.verdicts)
