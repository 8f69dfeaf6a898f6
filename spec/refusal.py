"""How rayform says no: refusals are values, and one error carries all of them.

RayformError
├─ RefusedError             one or more refusals, reported together
└─ UnsupportedVersionError  a version outside the tested range
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["RayformError", "Refusal", "RefusedError", "UnsupportedVersionError", "require"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that cannot be: where, what was asked, what is possible, what to do."""

    path: str
    """The field, as its author wrote it: ``workers[gpu].gpus``."""
    asked: str
    """What was asked, in words."""
    possible: str
    """What is possible, or why the asked is not."""
    remedy: str
    """What to do instead."""

    def __str__(self) -> str:
        return f"{self.path}: {self.asked}, {self.possible}; {self.remedy}"


class RayformError(Exception):
    """Anything that rayform refuses; the text is a line for each reason."""


class RefusedError(RayformError):
    """A description cannot work; every reason is in ``refusals``, one line each in the text."""

    def __init__(self, subject: str, refusals: Sequence[Refusal]) -> None:
        self.subject = subject
        self.refusals = tuple(refusals)
        super().__init__("\n".join(f"{subject}: {refusal}" for refusal in self.refusals))


def require(subject: str, refusals: Iterable[Refusal]) -> None:
    """Raises :class:`RefusedError` with all the refusals, if there are any."""
    if found := tuple(refusals):
        raise RefusedError(subject, found)


class UnsupportedVersionError(RayformError):
    """A version that is not in the table of versions."""

    def __init__(self, product: str, version: str, supported: Sequence[str]) -> None:
        self.product = product
        self.version = version
        self.supported = tuple(supported)
        super().__init__(f"{product}: version {version} asked, known are {', '.join(supported)}; choose one of these")
