"""What the rules say of a file's Ray objects, each finding with the line it is about."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rayform.components.documents import Document
from rayform.components.ray.rules import Operator, Severity, findings
from rayform.components.ray.rules.path import written
from rayform.components.ray.rules.yaml_words import in_yaml
from rayform.components.ray.serve_schema import said_by_ray

__all__ = ["RAYS_WORD", "Verdict", "is_ray", "verdicts"]

RAYS_WORD = "serve-schema"
"""What stands instead of a rule where Ray itself refuses a Serve configuration."""


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
    """The rule, by its id, or ``RAYS_WORD``."""
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
    yield from sorted([*found, *_by_ray(document)], key=lambda verdict: verdict.line)


def _by_ray(document: Document) -> Iterator[Verdict]:
    """What the Ray that is installed here says; it is no rule of rayform's."""
    said = said_by_ray(document.value)
    severity, place = Severity.ERROR if said.sure else Severity.WARNING, ("spec", "serveConfigV2")
    for refusal in said.refusals:
        told = f"{refusal.path.removeprefix('serve_config_v2').removeprefix('.')}: {refusal.asked}, {refusal.possible}"
        yield _row(document, RAYS_WORD, severity.value, place, told.removeprefix(": "), refusal.remedy)


def _verdict(document: Document, rule: Any, path: Sequence[str | int], refusal: Any) -> Verdict:
    told = in_yaml(f"{refusal.asked}, {refusal.possible}")
    return _row(document, rule.id, rule.severity.value, path, told, in_yaml(refusal.remedy))


def _row(document: Document, rule: str, severity: str, path: Sequence[str | int], message: str, remedy: str) -> Verdict:
    line = document.line_of(path)
    return Verdict(document.file, line, document.kind, document.name, rule, severity, written(path), message, remedy)
