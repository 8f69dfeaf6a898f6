"""Specs within specs: read when they come as mappings, taken as they are when they are made, unknown until then."""

from collections.abc import Mapping
from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from rayform.spec.model import Count, Listed, Spec
from rayform.spec.refusal import RefusedError


class Leaf(Spec):
    """A part."""

    size: Count = 1
    """How large it is."""


class Twig(Spec):
    """What has parts."""

    leaf: Leaf | None = None
    leaves: Listed[Leaf] = ()
    named: Mapping[str, Leaf] = Field(default_factory=dict)


class Round(Spec):
    """A form."""

    kind: Literal["round"] = "round"


class Long(Spec):
    """Another form."""

    kind: Literal["long"] = "long"
    length: Count


def test_a_part_that_is_made_is_taken_as_it_is() -> None:
    leaf = Leaf(size=2)

    assert Twig(leaf=leaf).leaf is leaf


def test_a_part_may_be_written_as_a_mapping() -> None:
    twig = Twig.model_validate({"leaf": {"size": 3}, "leaves": [{}, {"size": 2}], "named": {"a": {"size": 4}}})

    assert twig == Twig(leaf=Leaf(size=3), leaves=[Leaf(), Leaf(size=2)], named={"a": Leaf(size=4)})
    assert [leaf.model_fields_set for leaf in twig.leaves] == [set(), {"size"}]


def test_what_is_wrong_in_parts_is_told_with_its_place() -> None:
    with pytest.raises(RefusedError) as caught:
        Twig.model_validate({"leaf": 3, "leaves": [{"size": -1}], "named": {"a": {"colour": "red"}}})

    assert str(caught.value).splitlines() == [
        "Twig: leaf: a number asked, it is a Leaf; write its fields",
        "Twig: leaves[0].size: -1 asked, it is 0 or more; raise it",
        "Twig: named[a].colour: asked, there is no such field; take it out",
    ]


def test_a_part_is_dumped_with_the_whole() -> None:
    twig = Twig(leaf=Leaf(), leaves=[Leaf(size=2)])

    assert twig.model_dump(exclude_unset=True) == {"leaf": {}, "leaves": ({"size": 2},)}
    assert twig.model_dump(exclude_defaults=True) == {"leaf": {}, "leaves": ({"size": 2},)}
    assert Twig.model_validate_json(twig.model_dump_json()) == twig


def test_a_part_is_in_the_json_schema() -> None:
    leaves = Twig.model_json_schema()["properties"]["leaves"]

    assert leaves["items"]["properties"]["size"]["description"] == "How large it is."


def test_specs_of_a_union_are_told_apart_by_their_kind() -> None:
    forms = TypeAdapter[Round | Long](Annotated[Round | Long, Field(discriminator="kind")])

    assert forms.validate_python({"kind": "long", "length": 2}) == Long(length=2)
    with pytest.raises(ValidationError, match=r"1 validation error.*\nlong\.length\n"):
        forms.validate_python({"kind": "long"})


def test_a_spec_that_is_not_used_costs_nothing() -> None:
    class Seldom(Spec):
        size: Count = 1

    class Whole(Spec):
        seldom: Seldom | None = None

    Whole()

    assert not Seldom.__pydantic_complete__
    assert Whole.model_validate({"seldom": {"size": 2}}).seldom == Seldom(size=2)
