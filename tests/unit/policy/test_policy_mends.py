"""Rules that mend make of a resource what they want, and touch nothing else."""

from collections.abc import Mapping
from typing import Any

import pytest
from law_mends import MENDS
from rayform.policy import Subject
from rayform.policy.rules import RULES

CASES = [(rule, *case) for rule, cases in MENDS.items() for case in cases]
BY_ID = {each.id: each for each in RULES}


@pytest.mark.parametrize(("rule", "subject", "asked", "after"), CASES, ids=[each[0] for each in CASES])
def test_a_resource_is_mended_to_the_letter(
    rule: str, subject: Subject, asked: Mapping[str, Any], after: Mapping[str, Any] | None
) -> None:
    mends = BY_ID[rule].mends
    assert mends is not None
    assert mends(subject, BY_ID[rule].parameters.model_validate(asked)) == after


def test_every_rule_that_mends_is_tried() -> None:
    assert MENDS.keys() == {each.id for each in RULES if each.mends is not None}
