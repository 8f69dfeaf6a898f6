"""How a description is refused: each reason a value, all of them in one error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .errors import InfraError

__all__ = ["Refusal", "RefusedError", "require"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that cannot be: where, what was asked, what is possible, what to do."""

    path: str
    """The field, as its author wrote it: ``instance_types[1]``."""
    asked: str
    """What was asked, in words."""
    possible: str
    """What is possible, or why the asked is not."""
    remedy: str
    """What to do instead."""

    def __str__(self) -> str:
        return f"{self.path}: {self.asked}, {self.possible}; {self.remedy}"


class RefusedError(InfraError):
    """A description cannot work; every reason is in ``refusals``, one line each in the text."""

    def __init__(self, subject: str, refusals: Sequence[Refusal]) -> None:
        self.subject = subject
        """What refuses: the component's type and name."""
        self.refusals = tuple(refusals)
        """Every reason."""
        super().__init__("\n".join(f"{subject}: {refusal}" for refusal in self.refusals))


def require(subject: str, refusals: Iterable[Refusal]) -> None:
    """Raises :class:`RefusedError` with all the refusals, if there are any."""
    if found := tuple(refusals):
        raise RefusedError(subject, found)
