"""rayform and the operator agree on thousands of objects; ``make fuzz`` asks for many more."""

from functools import cache

import pytest
from cases import GATES, cases, legal
from comparison import VERSION, Comparison, compare, numbers, refusing
from rayform.components.ray.rules import RULES, Operator
from stricter import STRICTER

SEED = 20260117
COUNT = 900


@cache
def run() -> Comparison:
    comparison = Comparison()
    for gates in GATES:
        compare(cases(SEED, COUNT, gates), gates, comparison)
    return comparison


def test_most_objects_reach_both_and_many_are_refused_by_both() -> None:
    assert run().judged > 0.9 * COUNT * len(GATES)
    assert run().refused > 0.3 * COUNT * len(GATES)


def test_nothing_that_the_operator_refuses_passes() -> None:
    assert run().passed == []


def test_what_was_broken_on_purpose_is_refused_by_the_rule_of_the_same_number() -> None:
    assert run().unnamed == []


def test_a_verdict_is_the_same_before_and_after_the_crds_defaults() -> None:
    assert run().unsteady == []


def test_only_rules_with_a_reason_refuse_what_the_operator_accepts() -> None:
    assert {rule: run().examples[rule] for rule in run().stricter if rule not in STRICTER} == {}


def test_every_rule_of_the_operator_is_reached() -> None:
    own = {rule.id for rule in RULES if numbers(rule) and not (rule.since and rule.since > "1.6")}
    assert own - set(run().reached) == set()


def test_no_reason_outlives_its_rule() -> None:
    assert set(STRICTER) - {rule.id for rule in RULES} == set()


@pytest.mark.parametrize("gates", GATES, ids=lambda gates: "-".join(name for name, on in gates.items() if on))
def test_legal_objects_are_refused_by_nobody(gates: dict[str, bool]) -> None:
    operator = Operator.assumed(VERSION, gates)
    refused = {rule.id: one.number for one in legal(SEED, 300, gates) for rule in refusing(one.manifest, operator)}
    assert set(refused) == (set() if gates["RayCronJob"] else {"schedule-gate"}), refused
