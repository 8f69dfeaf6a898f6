"""Rules on either side of their tables and conditions, entry by entry."""

from collections.abc import Mapping
from typing import Any

import pytest
from law_edges_more import MORE
from law_room import judged_by
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
