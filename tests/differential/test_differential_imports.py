"""Upstream's own samples, and objects of every other kind, are read into specs that are written as the same again."""

from typing import Any

import pytest
from cases import GATES, legal
from comparison import VERSION
from crds import KINDS as ALL
from crds import schema, whole
from import_room import declared, formatted
from oracle import Oracle
from rayform.cli.program import Declared, program
from rayform.components.documents import Document
from rayform.components.ray.reading import KINDS, differences, reading
from test_differential_samples import place, samples

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
def test_every_legal_object_is_written_as_it_was_read(kind: str) -> None:
    for case in legal(20261126, 60, GATES[1], kinds=(kind,)):
        assert list(differences(named(case.manifest), again(case.manifest))) == [], case.number
