"""A real API server, asked by dry-run, agrees with the tests' reading of the CRDs, and with rayform on Ray's fields."""

import re
from collections.abc import Generator
from functools import cache

import pytest
from api_server import ApiServer
from cases import GATES, Case, cases, edits
from comparison import VERSION, refusing
from crds import KINDS, schema
from own_paths import own_paths
from rayform.components.ray.rules import Operator

pytestmark = pytest.mark.engine

SEED = 20260118
COUNT = 1000
OPERATOR = Operator.assumed(VERSION, GATES[1])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Generator[list[tuple[Case, str]]]:
    """Objects with what the API server says of each."""
    objects = [*cases(SEED, COUNT, GATES[1]), *edits(SEED, COUNT, GATES[1])]
    with ApiServer(tmp_path_factory.mktemp("state") / "lab") as server:
        yield [(case, server.refuses(case.manifest)) for case in objects]


@cache
def own(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """Ray's own fields of a kind, and those of them that have fields of Ray's own."""
    paths = frozenset(own_paths(schema(kind).properties["spec"]))
    return paths, frozenset(path.rpartition(".")[0].removesuffix("[]") for path in paths)


def of_ray(kind: str, error: str) -> bool:
    """Whether an error is about a field of Ray's own, or about one that is none."""
    path = re.sub(r"\[\d+\]", "[]", error.partition(":")[0]).removeprefix(".spec").removeprefix(".")
    fields, objects = own(kind)
    return path.removesuffix("[]") in fields or path.rpartition(".")[0].removesuffix("[]") in objects


def test_many_are_taken_and_many_are_refused(asked: list[tuple[Case, str]]) -> None:
    refused = sum(bool(said) for _, said in asked)
    assert len(asked) == 2 * COUNT
    assert 0.1 * COUNT < refused < COUNT
    assert {case.manifest["kind"] for case, said in asked if said} == set(KINDS)


def test_the_crds_are_read_as_the_api_server_reads_them(asked: list[tuple[Case, str]]) -> None:
    assert [
        (case.number, said, case.schema_errors) for case, said in asked if bool(said) != bool(case.schema_errors)
    ] == []


def test_what_the_api_server_refuses_of_rays_own_fields_is_refused(asked: list[tuple[Case, str]]) -> None:
    passed = [
        (case.number, said)
        for case, said in asked
        if any(of_ray(case.manifest["kind"], error) for error in case.schema_errors)
        and not refusing(case.manifest, OPERATOR)
    ]
    assert passed == []


def test_some_of_it_is_refused_by_rules_of_shape_alone(asked: list[tuple[Case, str]]) -> None:
    rules = {rule.id for case, said in asked if said for rule in refusing(case.manifest, OPERATOR)}
    assert {"field-misspelt", "field-missing", "field-type", "field-value", "manager-unknown"} <= rules
