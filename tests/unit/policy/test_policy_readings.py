"""What the rules read by, read by itself: what no rule tells in words would be wrong in silence otherwise."""

from importlib import import_module

import pytest
from law_reading import Reading
from law_readings import READINGS


@pytest.mark.parametrize("reading", READINGS, ids=[each.module for each in READINGS])
def test_what_is_read_is_what_stands_there(reading: Reading) -> None:
    assert reading.read(import_module(f"rayform.policy.{reading.module}")) == reading.found
