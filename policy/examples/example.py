"""What an example of a rule is, and the words to write one in."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence

from ..subject import Options, Subject, of_manifest
from .bases import AWS, KUBERNETES, RAY

__all__ = ["ABSENT", "Edits", "Example", "aws", "cron", "declared", "job", "kube", "ray", "service", "valid"]

Edits = Mapping[str, Any]
"""What differs from the valid one: by the path, whose steps are parted by spaces."""
ABSENT: Final = object()
"""Stands for something that is not written."""


@dataclass(frozen=True)
class Example:
    """What breaks a rule and what keeps it, at least two of each; each is one resource or several together."""

    breaks: Sequence[Subject | Sequence[Subject]]
    """What breaks it."""
    keeps: Sequence[Subject | Sequence[Subject]]
    """What keeps it."""
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The parameters for which that holds; the others have their defaults."""


def _edited(valid: Mapping[str, Any], edits: Edits) -> dict[str, Any]:
    # Written and read again: parts that are shared in the valid ones are each an own.
    whole: dict[str, Any] = json.loads(json.dumps(valid))
    for path, value in edits.items():
        steps: list[Any] = [int(step) if step.isdigit() else step for step in path.split(" ")]
        last = steps.pop()
        _write(_found(whole, steps), last, value)
    return whole


def _found(whole: Any, steps: Sequence[Any]) -> Any:
    for step in steps:
        if is_mapping(whole):
            whole.setdefault(str(step), {})
        whole = whole[step]
    return whole


def _write(here: Any, last: Any, value: Any) -> None:
    if value is ABSENT:
        here.pop(last, None)
    elif is_sequence(here) and last == len(here):
        here.append(deepcopy(value))
    else:
        here[last] = deepcopy(value)


def _object(kind: str, edits: Edits | None, name: str) -> Subject:
    named = {"metadata name": name} if name else {}
    return of_manifest(_edited({**RAY, **KUBERNETES}[kind], {**(edits or {}), **named}))


def ray(edits: Edits | None = None, name: str = "") -> Subject:
    """A RayCluster."""
    return _object("RayCluster", edits, name)


def job(edits: Edits | None = None, name: str = "") -> Subject:
    """A RayJob."""
    return _object("RayJob", edits, name)


def service(edits: Edits | None = None, name: str = "") -> Subject:
    """A RayService."""
    return _object("RayService", edits, name)


def cron(edits: Edits | None = None, name: str = "") -> Subject:
    """A RayCronJob."""
    return _object("RayCronJob", edits, name)


def kube(kind: str, edits: Edits | None = None, name: str = "") -> Subject:
    """An object of Kubernetes."""
    return _object(kind, edits, name)


def aws(token: str, edits: Edits | None = None, name: str = "prod") -> Subject:
    """A resource of AWS."""
    return Subject(token, f"urn:pulumi:prod::rayform::{token}::{name}", name, _edited(AWS.get(token, {}), edits or {}))


def declared(subject: Subject, **options: Any) -> Subject:
    """The same, as the engine was told of it."""
    return Subject(subject.token, subject.urn, subject.title, subject.props, Options(**options))


def valid(subject: Subject) -> Mapping[str, Any]:
    """The inputs of the valid resource of its kind, which a resource here was made of."""
    known: Mapping[str, Mapping[str, Any]] = {**RAY, **KUBERNETES, **AWS}
    return known.get(subject.kind, {})
