from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as some
from rayform.lab.testing import UNKNOWN, Reference, Secret
from rayform.lab.wire import decode_properties, encode_properties

# Whole floats come back as int, and the wire has 53 bits for a number.
numbers = some.integers(-(2**53), 2**53) | some.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: not number.is_integer()
)
leaves = (
    some.none()
    | some.booleans()
    | numbers
    | some.text()
    | some.just(UNKNOWN)
    | some.builds(Reference, some.text(min_size=1), some.none() | some.text(min_size=1))
)
values = some.recursive(
    leaves,
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner) | some.builds(Secret, inner),
    max_leaves=10,
)


@given(some.dictionaries(some.text(), values))
def test_what_is_encoded_is_decoded_to_the_same(properties: dict[str, Any]) -> None:
    assert decode_properties(encode_properties(properties)) == properties


def test_whole_numbers_are_int() -> None:
    wire = Struct()
    wire.update({"whole": 3.0, "part": 1.5})

    plain = decode_properties(wire)

    assert (plain["whole"], type(plain["whole"])) == (3, int)
    assert plain["part"] == 1.5


def test_keys_come_sorted() -> None:
    assert list(decode_properties(encode_properties({"b": 1, "a": 2, "c": 3}))) == ["a", "b", "c"]


def test_an_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError) as caught:
        assert UNKNOWN

    assert str(caught.value) == (
        "UNKNOWN is neither true nor false: its value exists only after the update; compare it with `is`"
    )


def test_an_unknown_equals_nothing_else() -> None:
    assert UNKNOWN != "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    assert repr(UNKNOWN) == "UNKNOWN"


def test_a_reference_to_a_component_has_no_id() -> None:
    wire = encode_properties({"parent": Reference("urn:pulumi:s::p::a:b:C::c")})

    assert decode_properties(wire) == {"parent": Reference("urn:pulumi:s::p::a:b:C::c", None)}
