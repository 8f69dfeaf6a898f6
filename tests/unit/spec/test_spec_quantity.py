"""Kubernetes quantities."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from rayform.spec.quantity import Quantity, QuantityError, amount, written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", "4"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+1", "1"),
        ("-1", "-1"),
        ("500m", "0.5"),
        ("1u", "0.000001"),
        ("1n", "0.000000001"),
        ("2k", "2000"),
        ("3M", "3000000"),
        ("1E", "1000000000000000000"),
        ("1Ki", "1024"),
        ("16Gi", "17179869184"),
        ("1.5Ti", "1649267441664"),
        ("1e3", "1000"),
        ("2E-2", "0.02"),
        ("9Ei", "9223372036854775807"),
        ("-1e40", "-9223372036854775807"),
    ],
)
def test_a_quantity_stands_for_a_number(text: str, number: str) -> None:
    assert amount(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "gi", "1gi", "1 Gi", "1GiB", "1Kib", "1K", "0x10", "1e", "NaN", "inf", "1..2"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        amount(text)

    assert str(caught.value) == (
        f"{text!r} asked, it is no Kubernetes quantity; write a number and a unit: 500m, 4, 16Gi"
    )
    assert caught.value.value == text


@pytest.mark.parametrize(("value", "text"), [(4, "4"), (0.5, "0.5"), (1.0, "1.0"), (1e-7, "0.0000001"), ("1Gi", "1Gi")])
def test_a_quantity_is_written_as_text(value: float | str, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize("value", [True, None, [1], float("nan")])
def test_what_is_neither_text_nor_number_is_refused(value: object) -> None:
    with pytest.raises(QuantityError, match="asked, it is no Kubernetes quantity"):
        written(value)


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Quantity).validate_python("-1")

    assert caught.value.errors()[0]["msg"] == "Value error, -1 asked, a quantity is 0 or more; raise it"


@given(st.integers(0, 10**6), st.sampled_from(["", "m", "k", "M", "Ki", "Mi", "Gi", "Ti", "e2"]))
def test_order_is_kept_within_a_unit(number: int, unit: str) -> None:
    assert amount(f"{number}{unit}") < amount(f"{number + 1}{unit}")
