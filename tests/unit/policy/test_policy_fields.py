"""The fields that a rule is about: without them nothing breaks it, so the judge need not ask."""

from collections.abc import Iterator
from typing import Any

from rayform.policy import Rule, Subject
from rayform.policy.examples import EXAMPLES
from rayform.policy.opening import VIEWS
from rayform.policy.rules import RULES
from test_policy_violations import ALL

ABOUT_FIELDS = [each for each in RULES if each.fields]
OF_EXAMPLES = [each for example in EXAMPLES.values() for each in example.breaks]
SUBJECTS = [*(each for each in OF_EXAMPLES if isinstance(each, Subject)), *(subject for _, _, subject in ALL)]


def views(rule: Rule) -> Iterator[Any]:
    for subject in SUBJECTS:
        if not rule.kinds or subject.kind in rule.kinds:
            yield from VIEWS[rule.about](subject)


def test_nothing_breaks_a_rule_without_the_fields_that_it_is_about() -> None:
    broken = [
        (rule.id, bool(rule.fields.intersection(each.asked)))
        for rule in ABOUT_FIELDS
        for each in views(rule)
        if list(rule.check(each, rule.parameters.model_validate(EXAMPLES[rule.id].parameters)))
    ]

    assert {rule for rule, _ in broken} == {each.id for each in ABOUT_FIELDS}
    assert [rule for rule, asked in broken if not asked] == []
