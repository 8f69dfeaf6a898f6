"""The table agrees with AWS's own models, with pulumi_aws, and with what AWS replaces."""

import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jmespath
import pytest
from aws_cases import CASES
from aws_replacements import DIFFERS, KEPT, REPLACES, SOMETIMES
from botocore.session import get_session
from rayform.lab.engine.aws.calls import Call, Look
from rayform.lab.engine.aws.kind import Kind
from rayform.lab.engine.aws.kinds.table import KINDS

TYPES = [pytest.param(kind, id=kind.type.rpartition(":")[2]) for kind in KINDS.values()]


@cache
def model(service: str) -> Any:
    return get_session().get_service_model(service)


def calls(kind: Kind) -> Iterator[Call]:
    """Every call that the table has for a type."""
    steps: list[Any] = [*kind.create, *kind.delete, *(change.step for change in kind.changes)]
    steps += [kind.tagging.tag, kind.tagging.untag] if kind.tagging else []
    yield from (step for step in steps if isinstance(step, Call))
    yield from (look.call for look in kind.looks if isinstance(look, Look))


def resource_class(kind: Kind) -> Any:
    """The class of pulumi_aws."""
    module, _, name = kind.type.removeprefix("aws:").partition("/")
    return getattr(importlib.import_module(f"pulumi_aws.{module}"), name.partition(":")[2])


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


@pytest.mark.parametrize("kind", TYPES)
def test_every_call_is_one_of_aws_and_says_what_aws_knows(kind: Kind) -> None:
    for call in calls(kind):
        shape = model(call.service or kind.service).operation_model(call.operation).input_shape
        known, words = {member.lower() for member in shape.members}, {**kind.words, **call.words}

        assert set(call.fixed) <= set(shape.members), call.operation
        assert {words.get(name, name).lower() for name in call.only or ()} <= known, call.operation
        assert set(call.inside) <= set(shape.members), call.operation
        if call.tagged:
            assert "TagSpecifications" in shape.members


@pytest.mark.parametrize("kind", TYPES)
def test_inputs_and_outputs_are_those_of_pulumi_aws(kind: Kind) -> None:
    made = resource_class(kind)
    parameters = {camel(name) for name in inspect.signature(made._internal_init).parameters}
    properties = {camel(name) for name, value in vars(made).items() if isinstance(value, property)}

    assert kind.inputs - {"tagsAll"} <= parameters
    assert kind.outputs | kind.written.keys() | kind.inputs <= properties
    assert made.pulumi_type == kind.type


@pytest.mark.parametrize("kind", TYPES)
def test_what_aws_replaces_is_replaced(kind: Kind) -> None:
    taken = {path for path in REPLACES[kind.type] if path.partition(".")[0] in kind.inputs}

    assert kind.replaces == taken | DIFFERS.get(kind.type, frozenset())
    assert not kind.replaces & SOMETIMES.get(kind.type, {}).keys()
    assert kind.kept == KEPT.get(kind.type, frozenset())
    assert kind.defaults.keys() <= kind.optional


def replaced_by_its_own_words(kind: Kind) -> set[str]:
    """The inputs of which pulumi_aws itself says, without an if, that a change makes another resource."""
    module = importlib.import_module(resource_class(kind).__module__)
    said = getattr(module, f"{resource_class(kind).__name__}Args").__init__.__doc__ or ""
    told = re.findall(r":param \S+ (\w+): (.*)", said)
    return {camel(name) for name, text in told if re.search(r"\bChanging this value (will )?forces? a new", text)}


def test_what_pulumi_aws_says_is_replaced_is_among_the_facts() -> None:
    said = {(kind.type, name) for kind in KINDS.values() for name in replaced_by_its_own_words(kind)}

    assert said == {("aws:eks/cluster:Cluster", "bootstrapSelfManagedAddons")}
    assert all(name in REPLACES[kind] for kind, name in said)


@pytest.mark.parametrize("kind", TYPES)
def test_every_input_can_be_changed_or_replaces(kind: Kind) -> None:
    changed = {name for change in kind.changes for name in change.of} | {path.partition(".")[0] for path in kind.untold}
    replaced = {path.partition(".")[0] for path in kind.replaces}

    assert kind.inputs - {"tags", "tagsAll"} - kind.only.keys() <= changed | replaced


def test_every_path_can_be_read() -> None:
    looks = [look for kind in KINDS.values() for look in kind.looks if isinstance(look, Look)]
    paths = [look.path for look in looks if isinstance(look.path, str)]
    paths += [path for kind in KINDS.values() for call in calls(kind) for path in call.learns.values()]

    assert all(jmespath.compile(path) for path in paths)


def test_every_type_is_tried_on_simulated_aws() -> None:
    tried = {case.type for case in CASES.values()}

    assert tried == KINDS.keys()
