"""``pulumi.com/waitFor`` as the official provider reads it."""

import json
from typing import Any

import pytest
from rayform.lab.engine.kubernetes.conditions import WaitForError, wait_for

CLUSTER = (
    "jsonpath={$[?@.observedGeneration == $.metadata.generation"
    " && (@.readyWorkerReplicas > $.status.desiredWorkerReplicas"
    " || @.readyWorkerReplicas == $.status.desiredWorkerReplicas)]}"
)
FINISHED = "jsonpath={$[?@.jobDeploymentStatus == 'Complete' || @.jobDeploymentStatus == 'Failed']}"


def live(generation: int = 1, **status: Any) -> dict[str, Any]:
    return {"metadata": {"generation": generation}, "status": status}


def condition(kind: str, status: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "status": status, **more}


@pytest.mark.parametrize(
    ("annotation", "seen", "missing"),
    [
        ("condition=Ready", live(), "condition=Ready"),
        ("condition=Ready", live(conditions=[condition("Ready", "False")]), "condition=Ready, now False"),
        ("condition=ready", live(conditions=[condition("Ready", "true")]), None),
        ("condition=Ready=False", live(conditions=[condition("Ready", "False")]), None),
        (
            "condition=Ready",
            live(2, observedGeneration=1, conditions=[condition("Ready", "True")]),
            "generation 2 to be observed, now 1",
        ),
        (
            "condition=Ready",
            live(2, observedGeneration=1, conditions=[condition("Ready", "True", observedGeneration=2)]),
            None,
        ),
        ("jsonpath={.status.state}", live(), "jsonpath={.status.state}"),
        ("jsonpath={.status.state}", live(state=None), None),
        ("jsonpath={.status.state}=ready", live(state="new"), "jsonpath={.status.state}=ready, now new"),
        ("jsonpath={.status.state}=ready", live(state="ready"), None),
        ("jsonpath={.status.on}=true", live(on=True), None),
        ("jsonpath={.status.count}=3", live(count=3), None),
        ("jsonpath={.status.parts}", live(parts=[]), None),
        ("jsonpath={$.status['a}b']}", live(**{"a}b": 1}), None),
    ],
)
def test_an_expression_says_what_is_missing(annotation: str, seen: dict[str, Any], missing: str | None) -> None:
    assert wait_for(annotation)(seen) == missing


@pytest.mark.parametrize(
    ("seen", "there"),
    [
        (live(3, observedGeneration=3, readyWorkerReplicas=2, desiredWorkerReplicas=2), True),
        (live(3, observedGeneration=3, readyWorkerReplicas=1, desiredWorkerReplicas=2), False),
        (live(3, observedGeneration=3, desiredWorkerReplicas=2), False),
        (live(3, observedGeneration=3), True),
        (live(3, observedGeneration=2, readyWorkerReplicas=2, desiredWorkerReplicas=2), False),
        (live(3), False),
    ],
)
def test_filters_compare_with_the_root(seen: dict[str, Any], *, there: bool) -> None:
    assert (wait_for(CLUSTER)(seen) is None) is there


def test_of_several_expressions_all_must_hold() -> None:
    missing = wait_for(json.dumps(["condition=Ready", FINISHED]))

    assert missing(live(jobDeploymentStatus="Failed")) == "condition=Ready"
    assert missing(live(conditions=[condition("Ready", "True")])) == FINISHED
    assert missing(live(jobDeploymentStatus="Failed", conditions=[condition("Ready", "True")])) is None


@pytest.mark.parametrize(
    ("annotation", "told"),
    [
        ("Ready", 'expected "condition=TYPE[=STATUS]" or "jsonpath={PATH}[=VALUE]"'),
        ("[]", "give one expression, or a JSON array of them"),
        ("jsonpath=.status", "wrap the path in braces: jsonpath={PATH}[=VALUE]"),
        ("jsonpath='{.status}'", "wrap the path in braces: jsonpath={PATH}[=VALUE]"),
        ("jsonpath={.a}=", "after the braces only =VALUE is possible, a literal"),
        ("jsonpath={.a}=b=c", "after the braces only =VALUE is possible, a literal"),
        ("jsonpath={.a}={.b}", "after the braces only =VALUE is possible, a literal"),
    ],
)
def test_what_cannot_be_awaited_is_refused(annotation: str, told: str) -> None:
    with pytest.raises(WaitForError) as refused:
        wait_for(annotation)

    assert str(refused.value) == f"pulumi.com/waitFor: {annotation}: {told}"


def test_a_broken_path_is_refused_with_the_parser_s_words() -> None:
    with pytest.raises(WaitForError, match=r"pulumi\.com/waitFor: jsonpath=\{\.a\[\}: .+"):
        wait_for("jsonpath={.a[}")


def test_a_value_of_an_object_is_refused_when_it_is_met() -> None:
    with pytest.raises(WaitForError) as refused:
        wait_for("jsonpath={.status.a}=x")(live(a={}))

    told = "selects an object or a list, which has no value"
    assert str(refused.value) == f"pulumi.com/waitFor: jsonpath={{.status.a}}=x: {told}"
