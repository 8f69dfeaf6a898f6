"""The law before the engine: what a mandatory rule would refuse of an object that a program is about to declare.

Programs meet it when ``rayform:policy`` is set for their stack, and so do their unit tests. Sums over a stack are the
policy pack's: a program may well declare what it will not deploy.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from rayform.components.documents import is_mapping, is_sequence
from rayform.spec.refusal import Refusal

from .adopted import ADOPTED
from .config import Config, read_config
from .judge import Judge
from .rule import Level
from .rules import RULES
from .subject import Subject, of_manifest
from .unknown import UNKNOWN, NotKnownError, guarded, has_unknowns

__all__ = ["refusals"]

_ALONE = [each for each in (*RULES, *ADOPTED) if each.about != "tally"]


def refusals(manifest: Mapping[str, Any], policy: str) -> list[Refusal]:
    """What a policy refuses of an object, in which outputs may stand for what is not known.

    ``policy`` is a preset or a file. What an exemption covers is let pass; an output is judged by the policy pack, when
    it is known.

    Raises:
        RefusedError: the policy cannot be read.
    """
    plain = _plain(manifest)
    props = guarded(plain) if has_unknowns(plain) else plain
    asked = _config(policy, _changed(policy))
    report = Judge(_ALONE, asked).resource(_mended(replace(of_manifest(props, typed=True), plain=plain), asked))
    return [
        Refusal(each.path, each.asked, each.possible, f"{each.remedy} [{each.rule}]")
        for each in report.verdicts
        if each.level is not Level.ADVISORY
    ]


def _mended(subject: Subject, asked: Config) -> Subject:
    """The object as the policy pack will have mended it: what it mends is not refused."""
    for rule in _ALONE:
        if rule.mends and asked.levels[rule.id] is Level.REMEDIATE and (not rule.kinds or subject.kind in rule.kinds):
            with suppress(NotKnownError):
                after = rule.mends(subject, asked.parameters[rule.id])
                subject = subject if after is None else replace(subject, props=after)
    return subject


def _plain(value: Any) -> Any:
    if is_mapping(value):
        return {name: _plain(each) for name, each in value.items()}
    if is_sequence(value):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float) else UNKNOWN


@lru_cache(maxsize=8)
def _config(policy: str, changed: float) -> Config:
    del changed
    return read_config((*RULES, *ADOPTED), policy)


def _changed(policy: str) -> float:
    """When a file was written last, so that a changed one is read again; 0 for what is none."""
    file = Path(policy)
    return file.stat().st_mtime if file.is_file() else 0.0
