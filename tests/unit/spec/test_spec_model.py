"""Specs: frozen, exact, open to outputs where they say so."""

from collections.abc import Mapping

import pulumi
import pytest
from pydantic import Field
from rayform.spec.model import Count, Flag, Listed, PositiveCount, Spec, Wire, is_wire, words
from rayform.spec.names import LabelKey, LabelValue
from rayform.spec.quantity import Quantity
from rayform.spec.refusal import RefusedError


class Thing(Spec):
    """A thing."""

    name: Wire[str] | None = None
    """What it is called."""
    size: Quantity = "1Gi"
    """How large it is,
    and no larger."""
    counts: Listed[Count] = ()
    labels: Mapping[LabelKey, Wire[LabelValue]] = Field(default_factory=dict)
    """What it is known by."""


class Rare(Thing):
    """A thing there is one of."""

    ready: Flag = False
    """Whether it is there."""
    copies: PositiveCount = 1


def refused(**fields: object) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as caught:
        Rare(**fields)
    return [(each.path, f"{each.asked}, {each.possible}; {each.remedy}") for each in caught.value.refusals]


def test_a_spec_is_frozen() -> None:
    with pytest.raises(RefusedError, match=r"^Thing: name: another value asked, a spec stays as it was made; make"):
        Thing().name = "x"


def test_an_unknown_field_is_refused() -> None:
    assert refused(colour="red") == [("colour", "asked, there is no such field; take it out")]


def test_every_wrong_field_is_named_at_once() -> None:
    assert [path for path, _ in refused(name=3, size="big", counts=[-1], ready="yes", copies=0)] == [
        "name",
        "size",
        "counts[0]",
        "ready",
        "copies",
    ]


def test_a_text_is_no_number_and_a_truth_is_none() -> None:
    assert refused(counts=["1"]) == [("counts[0]", "'1' asked, it is a whole number; remove the quotes")]
    assert refused(counts=[True]) == [("counts[0]", "True asked, it is a whole number; write a whole number")]


def test_a_list_is_kept_as_a_tuple() -> None:
    assert Thing(counts=[1, 2]).counts == (1, 2)


def test_an_error_does_not_show_the_value() -> None:
    with pytest.raises(RefusedError) as caught:
        Thing(name=["secret"])

    assert "secret" not in str(caught.value)


def test_an_output_passes_where_a_wire_is_asked() -> None:
    output = pulumi.Output.from_input("later")
    thing = Thing(name=output, labels={"team": output})

    assert thing.name is output
    assert thing.labels["team"] is output


def test_an_output_is_no_plain_value() -> None:
    assert refused(size=pulumi.Output.from_input("1Gi")) == [
        ("size", "an Output asked, it has to be known when the program runs; give the plain value")
    ]


def test_only_outputs_are_wires() -> None:
    assert is_wire(pulumi.Output.from_input(1))
    assert not is_wire("text")


def test_a_wire_may_be_dumped() -> None:
    output = pulumi.Output.from_input("later")

    assert Thing(name=output).model_dump()["name"] is output


def test_the_words_of_a_field_are_those_below_it() -> None:
    assert words(Rare) == {
        "name": "What it is called.",
        "size": "How large it is,\nand no larger.",
        "labels": "What it is known by.",
        "ready": "Whether it is there.",
    }


def test_the_words_are_in_the_json_schema() -> None:
    properties = Rare.model_json_schema()["properties"]

    assert properties["name"]["description"] == "What it is called."
    assert properties["size"]["anyOf"] == [{"type": "string"}, {"type": "integer"}, {"type": "number"}]
