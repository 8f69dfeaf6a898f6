"""What a rule is about: without it, nothing breaks the rule, so the judge need not ask."""

from collections.abc import Iterator

import pytest
from rayform.components.ray.rules import RULES, Operator
from rayform.components.ray.rules.fields import SPECS, Field
from rayform.components.ray.rules.kinds import ObjectView
from test_ray_rules import CASES, EDGES

EVERY = [*CASES, *(case for edge in EDGES for case, _ in edge.cases)]


def unasked(view: ObjectView) -> list[str]:
    """The rules that an object breaks although it asks for nothing that they are about."""
    asked = set(view.asked)
    return [
        each.id
        for part in view.parts
        for each in RULES
        if each.about and not each.about & asked and each.subject is type(part) and each.check(part)
    ]


@pytest.mark.parametrize("version", ["1.6.2", "1.7.0"])
def test_no_object_breaks_a_rule_without_what_the_rule_is_about(version: str) -> None:
    operator = Operator.assumed(version)
    manifests = [case.manifest(change) for case in EVERY for change in (case.broken, case.kept)]

    assert [found for each in manifests if (found := unasked(ObjectView(each, operator, native=True)))] == []


def test_rules_of_what_few_objects_ask_for_say_what_it_is() -> None:
    gated = {"RayClusterNetworkPolicy", "GCSFaultToleranceEmbeddedStorage", "RayClusterMTLS", "RayClusterHistoryServer"}

    assert [each.id for each in RULES if each.gate in gated and not each.about] == []


def test_every_field_of_the_newest_version_is_asked_for_by_a_name_that_the_rule_is_about() -> None:
    (about,) = [each.about for each in RULES if each.id == "field-unknown"]
    newest = [path for kind, spec in SPECS.items() for path in new_fields(spec, (kind,))]

    assert len(newest) > 10
    assert [path for path in newest if not about & set(path)] == []


def new_fields(field: Field, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths of the fields that came with the newest version."""
    for name, below in field.below.items():
        if below.since:
            yield (*path, name)
        yield from new_fields(below, (*path, name))
