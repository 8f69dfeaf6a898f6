"""Every rule of the law against its examples."""

import pytest
from law_room import judged, judged_by
from rayform.policy.examples import EXAMPLES
from rayform.policy.examples.bases import AWS, KUBERNETES, RAY
from rayform.policy.examples.example import aws, kube
from rayform.policy.rules import RULES

BY_RULE = pytest.mark.parametrize("rule", [each.id for each in RULES])
STACK_WIDE = {each.id for each in RULES if each.about == "stack"}


@BY_RULE
def test_what_breaks_a_rule_is_found(rule: str) -> None:
    example = EXAMPLES[rule]
    missed = [
        index for index, each in enumerate(example.breaks) if rule not in judged_by(rule, each, example.parameters)
    ]

    assert missed == []


@BY_RULE
def test_what_keeps_a_rule_is_let_be(rule: str) -> None:
    example = EXAMPLES[rule]
    verdicts = [rule in judged_by(rule, each, example.parameters) for each in example.keeps]

    assert verdicts == [False] * len(example.keeps)


@BY_RULE
def test_a_rule_has_two_examples_in_each_direction(rule: str) -> None:
    assert len(EXAMPLES[rule].breaks) >= 2
    assert len(EXAMPLES[rule].keeps) >= 2


def test_every_example_is_of_a_rule() -> None:
    assert set(EXAMPLES) == {each.id for each in RULES}


@pytest.mark.parametrize("kind", sorted({**RAY, **KUBERNETES}.keys() - {"Release"}))
def test_a_valid_object_breaks_no_rule(kind: str) -> None:
    told = {verdict.rule for verdict in judged(kube(kind)).verdicts}

    assert told - STACK_WIDE == set()


@pytest.mark.parametrize("token", sorted(AWS))
def test_a_valid_resource_of_aws_breaks_no_rule(token: str) -> None:
    assert judged(aws(token)).verdicts == []


def test_no_two_rules_have_one_name() -> None:
    names = [each.id for each in RULES]

    assert len(names) == len(set(names))
    assert len(names) >= 60
