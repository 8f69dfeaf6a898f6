"""How rayform says no: refusals are values, and one error carries all of them.

RayformError
├─ RefusedError             one or more refusals, reported together
├─ UnfitError               one value that cannot be where it stands, wherever that is
└─ UnsupportedVersionError  a version outside the tested range
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

__all__ = ["RayformError", "Refusal", "RefusedError", "UnfitError", "UnsupportedVersionError", "require"]

E = TypeVar("E")
_made: dict[type, Any] = {}
"""The errors that Pulumi knows, by those that it does not."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that cannot be: where, what was asked, what is possible, what to do."""

    path: str
    """The field, as its author wrote it: ``workers[gpu].gpus``; empty for the whole."""
    asked: str
    """What was asked, in words."""
    possible: str
    """What is possible, or why the asked is not."""
    remedy: str
    """What to do instead."""

    def __str__(self) -> str:
        said = f"{self.asked}, {self.possible}; {self.remedy}"
        return f"{self.path}: {said}" if self.path else said


class RayformError(Exception):
    """Anything that rayform refuses; the text is a line for each reason.

    Where a Pulumi program runs, it is a ``pulumi.RunError`` too: the engine then shows the text alone, no traceback.
    """

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """An error that Pulumi knows, told without importing Pulumi: no program runs before it was imported."""
        ends = getattr(sys.modules.get("pulumi.errors"), "RunError", None)
        if ends is None or issubclass(cls, ends):
            return super().__new__(cls, *given, **named)
        return _ending(cls, ends).__new__(_ending(cls, ends), *given, **named)


def _ending(error: type[E], ends: type) -> type[E]:
    made: type[E] = _made.setdefault(error, type(error.__name__, (error, ends), {"__module__": error.__module__}))
    return made


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


class UnfitError(RayformError, ValueError):
    """A value that cannot be where it stands; who raises it knows the value alone, who catches it knows the field."""

    def __init__(self, asked: str, possible: str, remedy: str, path: str = "") -> None:
        self.refusal = Refusal(path, asked, possible, remedy)
        super().__init__(str(self.refusal))


class UnsupportedVersionError(RayformError):
    """A version that is not in the table of versions."""

    def __init__(self, product: str, version: str, supported: Sequence[str]) -> None:
        self.product = product
        self.version = version
        self.supported = tuple(supported)
        super().__init__(f"{product}: version {version} asked, known are {', '.join(supported)}; choose one of these")
