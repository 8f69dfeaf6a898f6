"""Expressions are laid out as the formatter lays them out, and mean what they were made of."""

import ast
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_room import formatted
from rayform.cli.expressions import expression
from rayform.cli.layout import laid_out, quoted

TEXTS = st.text(max_size=40) | st.text(alphabet="ab\n\"'\\", max_size=60) | st.text(alphabet="語a ", max_size=60)
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(TEXTS)
def test_a_text_is_what_was_quoted(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES)
def test_any_value_is_laid_out_as_the_formatter_does(value: Any) -> None:
    code = laid_out(expression(value), "value = ") + "\n"

    assert ast.literal_eval(code.removeprefix("value = ")) == value
    assert formatted(code) == code


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("a", '"a"'),
        ('say "a"', "'say \"a\"'"),
        ('it\'s "a"', "'it\\'s \"a\"'"),
        ("a\n", '"a\\n"'),
        ("a\nb\n", '"""\\\na\nb\n"""'),
        ('\n\n"""', '"""\\\n\n\n\\"\\"\\""""'),
        ("a\nb\n\x1b", '"a\\nb\\n\\x1b"'),
    ],
)
def test_texts_are_quoted_as_people_do(text: str, literal: str) -> None:
    assert quoted(text) == literal
