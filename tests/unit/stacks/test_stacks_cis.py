"""The CIS EKS Benchmark: every item that infrastructure code decides is held by the stack for production as it is."""

from pathlib import Path

import pytest
from cis_eks import ITEMS, Item, matrix
from rayform.lab.testing import Recorded
from stack_programs import deployed

SECURITY = Path(__file__).parents[3] / "SECURITY.md"


@pytest.fixture(scope="module")
def prod() -> Recorded:
    return deployed("prod")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.number)
def test_an_item_is_held(prod: Recorded, item: Item) -> None:
    assert item.holds(prod), item.held


def test_all_that_infrastructure_code_decides_is_there_once() -> None:
    assert len({item.number for item in ITEMS}) == len(ITEMS) == 28


def test_the_matrix_is_the_one_that_is_published() -> None:
    assert matrix() in SECURITY.read_text()
