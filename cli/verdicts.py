"""What the rules say of a file's Ray objects, each finding with the line it is about."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rayform.components.documents import Document
from rayform.components.ray.rules import Operator, findings

__all__ = ["Verdict", "is_ray", "verdicts"]

_PLAIN = re.compile(r"[A-Za-z_][\w-]*")


class Verdict(NamedTuple):
    """One rule that one object breaks, at one place."""

    file: str
    """The file as it was named; ``-`` is standard input."""
    line: int
    """The line, counted from 1."""
    kind: str
    """What the object is."""
    name: str
    """The object's name."""
    rule: str
    """The rule, by its id."""
    severity: str
    """``error`` or ``warning``."""
    path: str
    """The place in the object, in the file's own words."""
    message: str
    """What was asked, and what is possible."""
    remedy: str
    """What to do."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.severity}: {self.kind} {self.name}: {self.path}"
        return f"{place}: {self.message}; {self.remedy} [{self.rule}]"


def is_ray(document: Document) -> bool:
    """Whether the object is one of Ray's."""
    return str(document.value["apiVersion"]).startswith("ray.io/")


def verdicts(document: Document, operator: Operator) -> Iterator[Verdict]:
    """Everything that the rules find in an object, in the order of its lines."""
    found = [_verdict(document, *finding) for finding in findings(document.value, operator)]
    yield from sorted(found, key=lambda verdict: verdict.line)


def _verdict(document: Document, rule: Any, path: Sequence[str | int], refusal: Any) -> Verdict:
    return Verdict(
        document.file,
        document.line_of(path),
        document.kind,
        document.name,
        rule.id,
        rule.severity.value,
        _spelled(path),
        f"{refusal.asked}, {refusal.possible}",
        refusal.remedy,
    )


def _spelled(path: Sequence[str | int]) -> str:
    steps = (
        f"[{step}]" if isinstance(step, int) else f".{step}" if _PLAIN.fullmatch(step) else f"[{step!r}]"
        for step in path
    )
    return "".join(steps).removeprefix(".")
