"""What was promised to be refused, each by the rules that refuse it: nothing is missing, nothing is there unasked."""

import re
from typing import get_args

import pytest
from ray_builders import changed, cluster_manifest, job_manifest, schedule_manifest, service_manifest
from ray_promises import EDITS, NOBODY, NOT_SEEN, OF_THE_CRD, OF_THE_OPERATOR, TRANSITIONS
from rayform.components.ray.edits import Effect, edits
from rayform.components.ray.manifest import Manifest
from rayform.components.ray.rules import RULES, Operator, Rule, Severity, findings
from rayform.components.ray.rules.view import ClusterView, JobView
from rayform.components.versions import BatchScheduler
from test_ray_rules import CASES, Case

BY_ID = {rule.id: rule for rule in RULES}


def numbers(rule: Rule) -> list[int]:
    own = rule.source.startswith("operator ") and "(" not in rule.source
    return [int(number) for number in re.findall(r"\d+", rule.source)] if own else []


def inside(case: Case, kind: str) -> Manifest:
    """The broken object of a case within another kind, with what the operator would see of its annotations."""
    inner = case.manifest(case.broken)
    metadata = {"metadata annotations": inner["metadata"].get("annotations", {})}
    if kind == "RayJob":
        return changed(job_manifest(), {"spec rayClusterSpec": inner["spec"], **metadata})
    if kind == "RayService":
        return changed(service_manifest(), {"spec rayClusterConfig": inner["spec"], **metadata})
    return changed(schedule_manifest(), {"spec jobTemplate": inner["spec"]})


def found(manifest: Manifest, operator: Operator) -> set[str]:
    return {each.rule.id for each in findings(manifest, operator)}


@pytest.mark.parametrize("number", range(1, 150))
def test_each_of_the_operators_rules_is_a_rule_here_or_has_a_reason_why_not(number: int) -> None:
    here = [rule.id for rule in RULES if number in numbers(rule)]

    assert bool(here) != (number in OF_THE_OPERATOR)


@pytest.mark.parametrize(("what", "rules"), [*NOBODY.items(), *OF_THE_CRD.items()])
def test_what_was_promised_is_refused_by_a_rule(what: str, rules: str) -> None:
    assert [name for name in rules.split() if name not in BY_ID] == [], what


def test_a_rule_that_refuses_nothing_of_the_operators_is_promised_by_name() -> None:
    named = {name for rules in (*NOBODY.values(), *OF_THE_CRD.values()) for name in rules.split()}

    assert {rule.id for rule in RULES if not numbers(rule)} - named == set()


def test_the_crds_eleven_rules_are_all_there() -> None:
    assert sum(int(what.split()[0]) for what in (*OF_THE_CRD, *TRANSITIONS) if what[0].isdigit()) == 11


@pytest.mark.parametrize(("old", "new"), TRANSITIONS.values(), ids=TRANSITIONS)
def test_a_field_that_must_not_change_is_refused_as_an_edit(old: Manifest, new: Manifest) -> None:
    assert [edit.effect for edit in edits(old, new)] == [Effect.REFUSED]


@pytest.mark.parametrize(("old", "new", "effect"), EDITS.values(), ids=EDITS)
def test_what_no_single_object_shows_is_told_of_an_edit(old: Manifest, new: Manifest, effect: Effect) -> None:
    assert effect in {edit.effect for edit in edits(old, new)}


@pytest.mark.parametrize(("rule", "word"), NOT_SEEN.values(), ids=NOT_SEEN)
def test_what_no_object_shows_at_all_is_told_in_a_message(rule: str, word: str) -> None:
    assert word in f"{BY_ID[rule].possible} {BY_ID[rule].remedy}"


@pytest.mark.parametrize("kind", ["RayJob", "RayService"])
@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.of == "cluster" and BY_ID[case.rule].subject is ClusterView],
    ids=lambda case: case.rule,
)
def test_rules_of_a_cluster_hold_within_other_kinds(case: Case, kind: str) -> None:
    assert case.rule in found(inside(case, kind), case.operator)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.of == "job" and BY_ID[case.rule].subject is JobView],
    ids=lambda case: case.rule,
)
def test_rules_of_a_job_hold_within_a_schedule(case: Case) -> None:
    assert case.rule in found(inside(case, "RayCronJob"), case.operator) or case.rule == "deletion-self"


def test_what_cannot_work_is_an_error_and_what_only_costs_is_a_warning() -> None:
    warned = {rule.id for rule in RULES if rule.severity is Severity.WARNING}

    assert [rule for rule in warned if numbers(BY_ID[rule])] == []


def test_a_valid_object_is_valid_with_every_scheduler_that_can_place_it() -> None:
    placed = {
        scheduler: found(cluster_manifest(), Operator.assumed(batch_scheduler=scheduler))
        for scheduler in get_args(BatchScheduler)
    }

    assert placed == {
        name: {"kai-queue-missing"} if name == "kai-scheduler" else set() for name in get_args(BatchScheduler)
    }
