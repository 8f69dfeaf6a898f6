"""Rules on either side of their tables and conditions, entry by entry."""

import pytest
from law_edges import EDGES
from law_room import judged_by
from rayform.policy import Subject

CASES = [
    (rule, subjects, breaks)
    for rule, example in EDGES.items()
    for side, breaks in ((example.breaks, True), (example.keeps, False))
    for subjects in side
]


@pytest.mark.parametrize(("rule", "subjects", "breaks"), CASES, ids=[f"{each[0]}-{each[2]}" for each in CASES])
def test_an_edge_is_on_its_side(rule: str, subjects: Subject | tuple[Subject, ...], *, breaks: bool) -> None:
    assert (rule in judged_by(rule, subjects, {})) is breaks
