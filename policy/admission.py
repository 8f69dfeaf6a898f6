"""What a namespace that enforces Pod Security "restricted" would not admit: the law's rules after that standard alone.

The operator would make such pods over and over, each refused, and an update would wait for them until its timeout.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from rayform.spec.refusal import Refusal

from .config import config
from .judge import Judge
from .rule import rules_of
from .rules import pod_security
from .subject import of_manifest

__all__ = ["not_admitted"]

_STANDARD: Final = "Pod Security:"


def not_admitted(manifest: Mapping[str, Any]) -> Iterator[Refusal]:
    """What Pod Security "restricted" refuses of the pods that an object becomes, those of the operator included."""
    for each in _judge().resource(of_manifest(manifest, typed=True)).verdicts:
        possible = f'its namespace enforces Pod Security "restricted": {each.possible}'
        yield Refusal(each.path, each.asked, possible, f"{each.remedy} [{each.rule}]")


@cache
def _judge() -> Judge:
    rules = [rule for rule in rules_of(pod_security) if rule.source.startswith(_STANDARD)]
    return Judge(rules, config(rules))
