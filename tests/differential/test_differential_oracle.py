"""The oracle answers for the operator, and for nobody else."""

from typing import Any

import pytest
from cases import GATES
from crds import whole
from generator import Draw, made, planned
from oracle import Oracle
from ray_builders import cluster, service
from rayform.components.ray.manifest import ray_service
from rayform.components.ray.rules import Operator, refusals


def job(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "train"}, "spec": spec}


def test_a_legal_object_is_answered_with_nothing() -> None:
    with Oracle({}) as oracle:
        assert oracle.verdicts([job(clusterSelector={"ray.io/cluster": "a"})]) == [[]]


def test_answers_come_in_the_order_of_the_questions_however_many() -> None:
    names = ["train" if number % 3 else "1train" for number in range(500)]
    objects = [job(clusterSelector={"ray.io/cluster": "a"}) | {"metadata": {"name": name}} for name in names]
    with Oracle({}) as oracle:
        answers = oracle.verdicts(objects)
    assert [len(said) for said in answers] == [0 if name == "train" else 1 for name in names]


@pytest.mark.parametrize(("on", "answers"), [(True, 0), (False, 1)])
def test_gates_are_given_to_the_validators(on: bool, answers: int) -> None:
    policies = {name: {"policy": "DeleteSelf"} for name in ("onSuccess", "onFailure")}
    with Oracle({"RayJobDeletionPolicy": on}) as oracle:
        (said,) = oracle.verdicts([job(clusterSelector={"ray.io/cluster": "a"}, deletionStrategy=policies)])
    assert len(said) == answers


def test_what_go_cannot_decode_is_refused() -> None:
    with Oracle({}) as oracle:
        assert oracle.verdicts([job(suspend="yes")]) == [
            ["json: cannot unmarshal string into Go struct field RayJobSpec.spec.suspend of type bool"]
        ]


def test_another_kind_is_refused() -> None:
    with Oracle({}) as oracle:
        assert oracle.verdicts([{"kind": "ConfigMap"}]) == [['kind "ConfigMap" is not of ray.io']]


def test_a_panic_of_the_operator_is_an_answer_and_the_next_question_is_answered() -> None:
    gates = GATES[1]
    draw = Draw("panic")
    service = made(draw, planned(draw, frozenset(gates), kind="RayService", upgrade="none"))
    crash = service | {"spec": service["spec"] | {"upgradeStrategy": {}}}
    with Oracle(gates) as oracle:
        answers = oracle.verdicts([crash, service])
    assert answers == [["the operator panics: runtime error: invalid memory address or nil pointer dereference"], []]


@pytest.mark.parametrize(
    ("steps", "taken"),
    [
        ({}, True),
        ({"max_surge_percent": 10}, True),
        ({"max_surge_percent": 100, "step_size_percent": 100}, True),
        ({"max_surge_percent": 101}, False),
        ({"step_size_percent": 101}, False),
        ({"interval_seconds": 0}, False),
        ({"gateway_class_name": ""}, False),
    ],
)
def test_an_upgrade_step_by_step_is_taken_by_both_or_refused_by_both(steps: dict[str, Any], taken: bool) -> None:
    gates = {"RayServiceIncrementalUpgrade": True}
    options = {"gateway_class_name": "istio", "step_size_percent": 10, "interval_seconds": 10, **steps}
    strategy = {"type": "NewClusterWithIncrementalUpgrade", "cluster_upgrade_options": options}
    spec = service(upgrade_strategy=strategy, ray_cluster_config=cluster(autoscaling=True))
    manifest = ray_service("chat", spec)
    with Oracle(gates) as oracle:
        (said,) = oracle.verdicts([whole(manifest)])
    mine = refusals(manifest, Operator.assumed("1.6.2", gates))

    assert (not said, not mine) == (taken, taken), (said, mine)
