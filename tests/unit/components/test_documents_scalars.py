"""Unquoted scalars mean what they mean to Kubernetes' own tools."""

import pytest
from rayform.components.documents import documents


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", True),
        ("Y", True),
        ("On", True),
        ("TRUE", True),
        ("no", False),
        ("n", False),
        ("off", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+1", 1),
        ("1_000", 1000),
        ("0644", 420),
        ("0o644", 420),
        ("0x1F", 31),
        ("-0b11", -3),
        ("09", 9),
        ("1.0", 1),
        ("1e3", 1000),
        (".5", 0.5),
        ("5.", 5),
        ("-.5e-1", -0.05),
        ("9223372036854775807", 9223372036854775807),
        ("9223372036854775808", 9223372036854775808.0),
        ("1e400", "1e400"),
        ("1:30", "1:30"),
        ("2026-01-01", "2026-01-01"),
        ("1.2.3", "1.2.3"),
        ("500m", "500m"),
        (".", "."),
        (".5_0", ".5_0"),
        ("-", "-"),
        ("yEs", "yEs"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("! 5", "5"),
        ("!!int '5'", 5),
        ("!!float 5", 5),
        ("!!bool yes", True),
        ("!!null ''", None),
        ("!!timestamp 2026-01-01", "2026-01-01"),
        ("!!seq []", []),
        ("!!map {}", {}),
    ],
)
def test_a_scalar_is_read_as_go_reads_it(written: str, value: object) -> None:
    if written == "-":
        written = "'-'"
    (document,) = documents("f.yaml", f"apiVersion: v1\nkind: X\nvalue: {written}\n".encode())
    read = document.value["value"]
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("written", "key"), [("1", "1"), ("1_0", "10"), ("yes", "true"), ("No", "false"), ("1.5", "1.5"), ("'yes'", "yes")]
)
def test_a_key_is_always_text(written: str, key: str) -> None:
    (document,) = documents("f.yaml", f"apiVersion: v1\nkind: X\nvalue: {{{written}: 0}}\n".encode())
    assert document.value["value"] == {key: 0}


def test_a_very_long_number_is_text() -> None:
    (document,) = documents("f.yaml", f"apiVersion: v1\nkind: X\nvalue: {'9' * 5000}\n".encode())
    assert document.value["value"] == "9" * 5000
