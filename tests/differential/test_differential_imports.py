"""Upstream's own samples, and objects of every other kind, are read into specs that are written as the same again."""

from collections.abc import Iterator
from typing import Any

import pytest
from cases import GATES, edits, legal
from comparison import VERSION, refusing
from crds import KINDS as ALL
from crds import schema, whole
from import_room import declared, formatted
from oracle import Oracle
from rayform.cli.program import Declared, program
from rayform.components.documents import Document
from rayform.components.ray.reading import KINDS, differences, reading, same
from rayform.components.ray.rules import Operator
from rayform.components.ray.rules.fields import KINDS as FIELDS
from rayform.components.ray.rules.fields import Fields
from structural import Structural
from test_differential_samples import place, samples

UNREAD: dict[str, str] = {
    "is no such name": "Kubernetes refuses the Service or the pod that gets the name",
    "greater than or equal to": "less than nothing means nothing",
    "serviceType": "Kubernetes knows four types of Services",
    "redisPassword.value": "Kubernetes refuses a variable with a value and a source",
    "redisUsername.value": "Kubernetes refuses a variable with a value and a source",
    "metadata.name": "an object without a name is none",
    "template.spec.containers": "Kubernetes refuses a container without a name of its own",
}
"""Why some objects that the rules take have no spec, by a part of the refusal."""
GENERATED = {
    "pytorch-resnet-image-classifier/ray-job.pytorch-image-classifier.yaml",
    "pytorch-text-classifier/ray-job.pytorch-distributed-training.yaml",
    "ray-job.kueue-toy-sample.yaml",
}
"""Samples that ask for a new name each time they are created: a program declares one object, and names it."""


def again(manifest: dict[str, Any]) -> dict[str, Any]:
    """The object as rayform writes it after it has read it."""
    found = reading(manifest)
    assert [str(each.refusal) for each in found.unsaid] == []
    return KINDS[manifest["kind"]].write("generated", found.spec)


def named(manifest: dict[str, Any]) -> dict[str, Any]:
    """The object with a name, if it has none."""
    metadata = {key: value for key, value in manifest["metadata"].items() if key != "generateName"}
    return {**manifest, "metadata": {"name": "generated", **metadata}}


@pytest.mark.parametrize("sample", samples(), ids=place)
def test_a_sample_is_written_as_it_was_read(sample: Document) -> None:
    assert list(differences(named(sample.value), again(sample.value))) == []


@pytest.mark.parametrize("sample", samples(), ids=place)
def test_a_sample_is_valid_when_it_is_written_again(sample: Document) -> None:
    assert list(schema(sample.kind).errors(whole(again(sample.value)))) == []


@pytest.mark.parametrize("sample", samples(), ids=place)
def test_the_program_of_a_sample_declares_it(sample: Document) -> None:
    spec = reading(sample.value).spec
    assert spec is not None
    text = program([Declared(sample.kind, "generated", spec)], {"version": VERSION})

    assert [list(differences(named(sample.value), each)) for each in declared(text)] == [[]]
    assert formatted(text) == text


def test_nothing_of_a_sample_is_left_out_but_for_a_reason() -> None:
    found = {sample.file: reading(sample.value).left_out for sample in samples()}

    assert {file: left for file, left in found.items() if left} == dict.fromkeys(
        GENERATED, (("metadata", "generateName"),)
    )


def test_the_operator_takes_every_sample_that_was_written_again() -> None:
    gates = {"RayCronJob": True, "RayServiceIncrementalUpgrade": True}
    with Oracle(gates) as oracle:
        assert [said for said in oracle.verdicts(whole(again(sample.value)) for sample in samples()) if said] == []


@pytest.mark.parametrize("kind", ALL)
def test_every_default_of_rays_own_fields_is_known(kind: str) -> None:
    assert list(defaults(schema(kind).properties["spec"], FIELDS[kind], "spec")) == []


def defaults(node: Structural, fields: Fields, key: str) -> Iterator[str]:
    """Defaults of the CRD that count as a difference."""
    for name in fields.keys() & node.properties.keys():
        below = node.properties[name]
        given = below.schema.get("default")
        if given is not None and not same({name: given}, {}, key):
            yield f"{key}.{name}: {given}"
        yield from defaults(below.items or below, fields[name].below, name)


def test_what_the_rules_take_is_read_unless_no_spec_may_say_it() -> None:
    operator = Operator.assumed(VERSION, GATES[1])
    taken = [
        case
        for case in edits(20261126, 600, GATES[1])
        if not case.schema_errors and not refusing(case.manifest, operator)
    ]
    unsaid = [str(each.refusal) for case in taken for each in reading(case.manifest).unsaid]

    assert len(taken) > 100
    assert [refusal for refusal in unsaid if not any(reason in refusal for reason in UNREAD)] == []
    assert len(unsaid) < len(taken) / 10


@pytest.mark.parametrize("kind", ALL)
def test_every_legal_object_is_written_as_it_was_read(kind: str) -> None:
    for case in legal(20261126, 60, GATES[1], kinds=(kind,)):
        assert list(differences(named(case.manifest), again(case.manifest))) == [], case.number
