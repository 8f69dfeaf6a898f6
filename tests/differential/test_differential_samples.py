"""Upstream's own samples get the operator's verdict, or a reason why not."""

from collections import Counter
from functools import cache

import pytest
from comparison import VERSION, refusing
from crds import schema, upstream, whole
from oracle import Oracle
from rayform.components.documents import Document, documents
from rayform.components.ray.rules import Operator

GATES = {"RayCronJob": True, "RayServiceIncrementalUpgrade": True}
OLD = "has a Ray that lets others run code"
REASONS = {"ray-vulnerable": OLD}
"""Rules that refuse a sample which the operator takes, by reason."""


@cache
def samples() -> tuple[Document, ...]:
    """The objects of ray.io in the pinned module, by file."""
    folder = upstream() / "config" / "samples"
    files = sorted(folder.glob("**/*.yaml"))
    read = (documents(str(file.relative_to(folder)), file.read_bytes()) for file in files)
    return tuple(document for found in read for document in found if document.value["apiVersion"] == "ray.io/v1")


@cache
def refused_by_the_operator() -> frozenset[str]:
    with Oracle(GATES) as oracle:
        verdicts = oracle.verdicts(whole(sample.value) for sample in samples())
    return frozenset(place(sample) for sample, said in zip(samples(), verdicts, strict=True) if said)


def place(sample: Document) -> str:
    return f"{sample.file}:{sample.line}"


def test_there_are_as_many_samples_as_upstream_says() -> None:
    kinds = Counter(sample.kind for sample in samples())
    assert kinds == {"RayCluster": 38, "RayJob": 22, "RayService": 14, "RayCronJob": 1}


@pytest.mark.parametrize("sample", samples(), ids=place)
def test_a_sample_is_valid_under_the_closed_schema(sample: Document) -> None:
    assert list(schema(sample.kind).errors(whole(sample.value))) == []


@pytest.mark.parametrize("sample", samples(), ids=place)
def test_a_sample_gets_the_operators_verdict_but_for_reasons(sample: Document) -> None:
    rules = {rule.id for rule in refusing(sample.value, Operator.assumed(VERSION, GATES))}
    assert bool(rules - set(REASONS)) == (place(sample) in refused_by_the_operator())


def test_the_operator_takes_all_of_its_samples() -> None:
    assert refused_by_the_operator() == frozenset()


def test_every_reason_is_needed() -> None:
    operator = Operator.assumed(VERSION, GATES)
    found = {rule.id for sample in samples() for rule in refusing(sample.value, operator)}
    assert set(REASONS) <= found
