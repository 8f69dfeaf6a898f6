"""Rules on either side of their tables and conditions, entry by entry."""

from collections.abc import Mapping
from typing import Any

import pytest
from law_edges_more import MORE
from law_places import PLACES
from law_room import judged, judged_by
from rayform.policy import Subject

CASES = [
    (rule, subjects, example.parameters, breaks)
    for rule, example in MORE
    for side, breaks in ((example.breaks, True), (example.keeps, False))
    for subjects in side
]


@pytest.mark.parametrize(
    ("rule", "subjects", "parameters", "breaks"), CASES, ids=[f"{each[0]}-{each[3]}" for each in CASES]
)
def test_an_edge_is_on_its_side(
    rule: str, subjects: Subject | tuple[Subject, ...], parameters: Mapping[str, Any], *, breaks: bool
) -> None:
    assert (rule in judged_by(rule, subjects, parameters)) is breaks


@pytest.mark.parametrize(("rule", "subject", "places"), PLACES, ids=[each[0] for each in PLACES])
def test_the_place_is_told_where_it_was_written(rule: str, subject: Subject, places: list[tuple[str, str]]) -> None:
    told = [(each.path, each.asked) for each in judged(subject).verdicts if each.rule == rule]

    assert [each for each in told if each in places] == places
