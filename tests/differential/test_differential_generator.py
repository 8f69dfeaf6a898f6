"""The generator makes what it says it makes: its word counts for nothing, the CRD's and the operator's do."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache

import pytest
from cases import GATES, Case, cases, legal
from crds import KINDS, schema, whole
from generator import CLUSTERS, MUTATIONS, Draw, Mutation, Subject, made, planned
from oracle import Oracle
from own_paths import own_paths, paths_of

UNREACHABLE = {
    1: "about the status, which the operator writes itself",
    14: "the CRD fills in both bounds",
    87: "about the status, which the operator writes itself",
    122: "the rules of a cluster within a job, under their own numbers",
    133: "the rules of a cluster within a service, under their own numbers",
    149: "the rules of a job within a schedule, under their own numbers",
}
"""The operator's rules that no mutation can break, by number."""
SINCE_1_7 = {*range(20, 24), *range(30, 40), *range(48, 64), *range(70, 87), 141, 144, 145, 147, 148}
"""The operator's rules that the pinned version does not have yet, by number."""

LEGAL = 600
"""How many legal objects are made under each choice of gates."""
NEVER_LEGAL = ".upgradeStrategy"
"""A field of clusters that is refused within another object: its path there."""


def gates_of(mutation: Mutation) -> dict[str, bool]:
    return next(gates for gates in GATES if mutation.fits(frozenset(name for name, on in gates.items() if on)))


def broken(mutation: Mutation, kind: str, gates: dict[str, bool]) -> Iterator[dict[str, object]]:
    on = frozenset(name for name, value in gates.items() if value)
    for number in range(20):
        draw = Draw(f"{mutation.number}:{kind}:{number}")
        manifest = made(draw, planned(draw, on, kind=kind, **mutation.plan))
        mutation.edit(draw, Subject(manifest))
        yield whole(manifest)


@pytest.fixture(scope="module")
def oracles() -> Iterator[Sequence[Oracle]]:
    """One for each choice of gates."""
    with ExitStack() as stack:
        yield [stack.enter_context(Oracle(gates)) for gates in GATES]


@cache
def many() -> tuple[Case, ...]:
    return tuple(case for number, gates in enumerate(GATES) for case in legal(number, LEGAL, gates))


def test_legal_objects_are_legal_under_the_crd() -> None:
    assert [(case.number, case.schema_errors) for case in many() if case.schema_errors] == []


@pytest.mark.parametrize("gates", GATES, ids=lambda gates: "-".join(name for name, on in gates.items() if on))
def test_legal_objects_are_legal_to_the_operator(gates: dict[str, bool], oracles: Sequence[Oracle]) -> None:
    first = GATES.index(gates) * LEGAL
    objects = many()[first : first + LEGAL]
    verdicts = oracles[GATES.index(gates)].verdicts(case.whole for case in objects)
    assert [(case.number, said) for case, said in zip(objects, verdicts, strict=True) if said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_legal_objects_use_every_field_of_rays_own(kind: str) -> None:
    used = {path for case in many() if case.manifest["kind"] == kind for path in paths_of(case.manifest["spec"])}
    unused = set(own_paths(schema(kind).properties["spec"])) - used
    assert {path for path in unused if NEVER_LEGAL not in path} == set()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation.number} {mutation.name}")
def test_a_broken_object_is_refused_for_what_was_broken_if_it_reaches_the_operator(
    mutation: Mutation, oracles: Sequence[Oracle]
) -> None:
    gates = gates_of(mutation)
    objects = [(kind, manifest) for kind in mutation.kinds for manifest in broken(mutation, kind, gates)]
    answers = oracles[GATES.index(gates)].verdicts(manifest for _, manifest in objects)
    assert [said for said in answers if len(said) != 1 or mutation.says not in said[0]] == []
    # Some do not: the CRD refuses them before, and the mutation says so.
    assert {bool(list(schema(kind).errors(manifest))) for kind, manifest in objects} == {mutation.by_crd}


def test_every_rule_of_the_operator_is_broken_by_some_mutation() -> None:
    assert {mutation.number for mutation in MUTATIONS} == set(range(1, 150)) - set(UNREACHABLE) - SINCE_1_7


def test_every_mutation_has_gates_it_can_be_made_under() -> None:
    assert [mutation.name for mutation in MUTATIONS if not gates_of(mutation)] == []


def test_an_object_can_be_made_again_from_its_number() -> None:
    first, second = (list(cases(5, 300, GATES[0])) for _ in range(2))
    assert [case.manifest for case in first] == [case.manifest for case in second]


def test_every_kind_and_every_way_is_drawn() -> None:
    drawn = list(cases(6, 300, GATES[0]))
    assert {case.manifest["kind"] for case in drawn} == set(CLUSTERS)
    assert {"legal", "mixture", "edit"} <= {case.about for case in drawn}
