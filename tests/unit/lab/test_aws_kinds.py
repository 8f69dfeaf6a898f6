"""Every type on simulated AWS: what is asked is what is there, what changes is changed, what is deleted is gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from aws_cases import CASES
from aws_provider_ground import Case, Ground
from aws_provider_room import Engine, Thing, simulated
from rayform.lab.engine.aws.agreement import declared, spelled
from rayform.lab.engine.aws.kind import Kind
from rayform.lab.engine.aws.kinds.table import KINDS


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")  # before it begins: a policy of AWS's own is attached
        with simulated() as (_, endpoint):
            for name, value in (("ENDPOINT_URL", endpoint), ("ACCESS_KEY_ID", "any"), ("SECRET_ACCESS_KEY", "none")):
                patch.setenv(f"AWS_{name}", value)
            patch.setenv("AWS_REGION", "us-east-1")
            yield Ground(Engine())


@pytest.fixture(scope="module")
def engine(ground: Ground) -> Engine:
    return ground.engine


@pytest.fixture(scope="module", params=CASES)
def life(request: pytest.FixtureRequest, ground: Ground, engine: Engine) -> Iterator[tuple[Case, Thing]]:
    case = CASES[request.param]
    thing = engine.create(case.type, "thing", **case.inputs(ground))
    yield case, thing
    engine.delete(thing)  # which may be gone already


def agrees(kind: Kind, name: str, imported: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether an input is found by its id alone, where AWS tells it and it is not what it would be anyway."""
    paths = [path for path in kind.untold if path.partition(".")[0] == name]
    if paths == [name] or given.get(name) in (None, {}, [], kind.defaults.get(name)):
        return True
    told = declared(spelled(imported.get(name), given[name]), given[name])
    return bool(told == given[name] or (paths and told == without(given[name], paths)))


def without(value: Mapping[str, Any], paths: Sequence[str]) -> Mapping[str, Any]:
    return {key: item for key, item in value.items() if key not in {path.rpartition(".")[2] for path in paths}}


def test_what_is_asked_is_what_is_there(life: tuple[Case, Thing], engine: Engine) -> None:
    _, thing = life
    found = engine.read(thing)

    assert engine.compare(thing).differences == []
    assert found is not None
    assert found.inputs == thing.inputs
    assert found.outputs == thing.outputs


def test_what_is_there_is_found_by_its_id_alone(life: tuple[Case, Thing], engine: Engine) -> None:
    case, thing = life
    found, kind = engine.imported(thing), KINDS[case.type]

    assert found is not None
    assert found.id == thing.id
    assert [name for name in kind.inputs if not agrees(kind, name, found.inputs, thing.inputs)] == []


def test_what_changes_is_changed_in_place(life: tuple[Case, Thing], engine: Engine) -> None:
    case, thing = life
    retagged = {"tags": {"team": "ai", "more": "x"}} if KINDS[case.type].tagging and case.retagged else {}
    for name, value in {**case.edits, **retagged}.items():
        found = engine.compare(thing, **{name: value})
        assert {str(each.steps[0]) for each in found.differences} - {"tagsAll"} == {name}
        assert found.replaces == []
        thing = engine.update(thing, **{name: value})
        assert engine.compare(thing).differences == []
        live = engine.read(thing)
        assert live is not None
        assert live.inputs == thing.inputs


def test_what_is_deleted_is_gone(life: tuple[Case, Thing], engine: Engine) -> None:
    case, thing = life
    engine.delete(thing)

    # The default security group of a network goes with the network.
    assert (engine.read(thing) is None) is bool(KINDS[case.type].delete)
