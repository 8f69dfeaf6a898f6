"""One law: Python, the policy pack and CEL in a real API server say the same of generated Ray objects."""

from collections.abc import Generator

import pytest
from api_server import ApiServer
from lawful import IDS, Law, mutated
from rayform.policy.examples import EXAMPLES
from rayform.policy.subject import Subject

pytestmark = pytest.mark.engine

SEED = 20261126
COUNT = 400
Verdicts = tuple[set[str], set[str], set[str]]


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Generator[Law]:
    with ApiServer(tmp_path_factory.mktemp("state") / "lab") as server:
        yield Law(server)


@pytest.fixture(scope="module")
def verdicts(law: Law) -> list[Verdicts]:
    """What each of the three says, of every object that the API server takes at all."""
    return [told for each in mutated(SEED, COUNT) if (told := law.told(each)) is not None]


def test_the_three_agree(verdicts: list[Verdicts]) -> None:
    assert [(cel ^ python, cel ^ pack) for cel, python, pack in verdicts if not cel == python == pack] == []


def test_every_rule_is_broken_by_some_and_kept_by_others(verdicts: list[Verdicts]) -> None:
    assert len(verdicts) > COUNT / 2
    assert set().union(*(cel for cel, _, _ in verdicts)) == IDS
    assert set.intersection(*(cel for cel, _, _ in verdicts)) == set()


@pytest.mark.parametrize("rule", sorted(IDS))
def test_the_api_server_refuses_what_breaks_a_rule_and_takes_what_keeps_it(law: Law, rule: str) -> None:
    def told(subjects: object) -> list[bool]:
        listed = [each for each in subjects if isinstance(each, Subject) and each.is_ray]
        return [rule in (law.by_cel({**each.props, "metadata": {"name": "one"}}) or set()) for each in listed]

    assert set(told(EXAMPLES[rule].breaks)) == {True}
    assert set(told(EXAMPLES[rule].keeps)) <= {False}
