"""Every type on simulated AWS: what is asked is what is there, what changes is changed, what is deleted is gone."""

from collections.abc import Iterator

import pytest
from aws_cases import NETWORK, REST, Case, Ground
from aws_provider_room import Engine, simulated
from rayform.lab.engine.aws.kinds.table import KINDS

CASES = [pytest.param(case, id=case.type.rpartition(":")[2]) for case in (*NETWORK, *REST)]


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch, simulated() as (_, endpoint):
        for name, value in (("ENDPOINT_URL", endpoint), ("ACCESS_KEY_ID", "any"), ("SECRET_ACCESS_KEY", "none")):
            patch.setenv(f"AWS_{name}", value)
        patch.setenv("AWS_REGION", "us-east-1")
        yield Ground(Engine())


@pytest.fixture
def engine(ground: Ground) -> Engine:
    return ground.engine


@pytest.mark.parametrize("case", CASES)
def test_what_is_asked_is_what_is_there(case: Case, ground: Ground, engine: Engine) -> None:
    given = case.inputs(ground)
    thing = engine.create(case.type, "thing", **given)
    try:
        assert engine.compare(thing).differences == []
        found = engine.read(thing)
        assert found is not None
        assert {name: found.inputs[name] for name in given} == given
        assert found.outputs == thing.outputs
        imported = engine.imported(thing)
        assert imported is not None
        told = {name for name in given if name not in KINDS[case.type].untold}
        assert {name: imported.outputs.get(name) for name in told} == {name: thing.outputs[name] for name in told}
    finally:
        engine.delete(thing)
    assert (engine.read(thing) is None) is bool(KINDS[case.type].delete)
    engine.delete(thing)  # which is gone already


EDITS = [
    pytest.param(case, name, value, id=f"{case.type.rpartition(':')[2]}.{name}")
    for case in (*NETWORK, *REST)
    for name, value in {
        **case.edits,
        **({"tags": {"team": "ai", "more": "x"}} if KINDS[case.type].tagging else {}),
    }.items()
]


@pytest.mark.parametrize(("case", "name", "value"), EDITS)
def test_what_changes_is_changed_in_place(case: Case, name: str, value: object, ground: Ground, engine: Engine) -> None:
    thing = engine.create(case.type, "thing", **case.inputs(ground))
    try:
        found = engine.compare(thing, **{name: value})
        assert {str(each.steps[0]) for each in found.differences} - {"tagsAll"} == {name}
        assert found.replaces == []
        updated = engine.update(thing, **{name: value})
        assert engine.compare(updated).differences == []
        live = engine.read(updated)
        assert live is not None
        assert live.inputs == updated.inputs
    finally:
        engine.delete(thing)
