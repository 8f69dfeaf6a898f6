"""What each example that breaks a rule is told, word by word: the place in the author's words, what and why."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from rayform.policy import Judge, Rule, Subject, config
from rayform.policy.examples import EXAMPLES
from rayform.policy.rules import RULES

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
TOLD: Final = json.loads((Path(__file__).parent / "told.json").read_text())
"""By rule, for each of its examples in their order."""


@pytest.mark.parametrize("rule", RULES, ids=[each.id for each in RULES])
def test_what_is_told_of_an_example_is_known_word_by_word(rule: Rule) -> None:
    example = EXAMPLES[rule.id]
    asked = config((rule,), {rule.id: {"enforcementLevel": "mandatory", **example.parameters}})
    sides = [[each] if isinstance(each, Subject) else each for each in example.breaks]
    told = [
        [DAY.sub("a day", str(verdict)) for verdict in Judge((rule,), asked).every(each).verdicts] for each in sides
    ]

    assert told == TOLD[rule.id]
    assert "it could not be judged" not in str(told)


def test_words_are_of_rules() -> None:
    assert TOLD.keys() == {each.id for each in RULES}
