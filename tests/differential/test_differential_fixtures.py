"""The operator itself judges the fixtures of the rules: what breaks a rule of its own it refuses, the rest it takes."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from comparison import VERSION, numbers, refusing
from crds import KINDS, schema, whole
from oracle import Oracle
from ray_rule_case import Case
from rayform.components.ray.rules import RULES
from stricter import STRICTER
from test_ray_rules import CASES, EDGES

OWN = {rule.id for rule in RULES if numbers(rule)} - set(STRICTER)
"""The operator's own rules, but for those that say no where it does not, each for a reason."""
LONGEST = 1000
"""Characters of a schedule beyond which it is not read here; the operator has no such limit."""


class Judged(NamedTuple):
    manifest: dict[str, Any]
    mine: set[str]
    """The rules that refuse it here."""
    said: list[str]
    """What the operator says."""


def fixtures() -> Iterator[tuple[Case, dict[str, Any]]]:
    for case in CASES:
        yield case, case.manifest(case.broken)
        yield case, case.manifest(case.kept)
    for edge in EDGES:
        yield from ((case, case.manifest(case.broken)) for case, _ in edge.cases)


def reaches(case: Case, manifest: dict[str, Any]) -> bool:
    """Whether the operator of the pinned version would ever see the object."""
    if case.version != VERSION or manifest["kind"] not in KINDS:
        return False
    if len(str(manifest["spec"].get("schedule"))) > LONGEST:
        return False
    return not list(schema(manifest["kind"]).errors(whole(manifest)))


@cache
def judged() -> tuple[Judged, ...]:
    by_gates: dict[tuple[tuple[str, bool], ...], list[tuple[dict[str, Any], set[str]]]] = defaultdict(list)
    for case, manifest in fixtures():
        if reaches(case, manifest):
            mine = {rule.id for rule in refusing(manifest, case.operator)}
            by_gates[tuple(case.operator.gates.items())].append((manifest, mine))
    return tuple(each for gates, asked in by_gates.items() for each in answered(dict(gates), asked))


def answered(gates: dict[str, bool], asked: list[tuple[dict[str, Any], set[str]]]) -> list[Judged]:
    with Oracle(gates) as oracle:
        answers = oracle.verdicts(whole(manifest) for manifest, _ in asked)
    return [Judged(*each, said) for each, said in zip(asked, answers, strict=True)]


def test_many_reach_the_operator() -> None:
    assert sum(bool(each.mine & OWN) for each in judged()) > 150
    assert sum(not each.mine for each in judged()) > 250


def test_what_breaks_a_rule_of_the_operator_is_refused_by_it() -> None:
    assert [(each.mine, each.manifest) for each in judged() if each.mine & OWN and not each.said] == []


def test_what_breaks_none_is_taken_by_it() -> None:
    assert [(each.said, each.manifest) for each in judged() if not each.mine and each.said] == []
