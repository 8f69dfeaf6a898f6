"""How the law answers: levels, unknowns, secrets, errors, exemptions, sums."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from law_room import judged
from rayform.components.ray.rules import Found
from rayform.policy import RULES, Judge, Level, Subject, config
from rayform.policy.examples.example import ABSENT, cron, kube, ray
from rayform.policy.examples.places import GROUP, IN_DEPLOYMENT, IN_GROUP, IN_HEAD, WORKER
from rayform.policy.rule import Nothing, rule
from rayform.policy.unknown import UNKNOWN, Secrets, guarded
from rayform.spec.refusal import RefusedError

TOO_MANY = {f"{GROUP} maxReplicas": 33}
TODAY = dt.date(2026, 11, 26)


def unknown(subject: Subject) -> Subject:
    return replace(subject, props=guarded(subject.props), plain=subject.props)


def exempt(expires: str, resource: str = "RayCluster train") -> dict[str, Any]:
    entry = {"rule": "gpus-per-group", "resource": resource, "reason": "agreed with finance", "expires": expires}
    return {"exemptions": {"entries": [entry]}}


def test_a_verdict_says_where_what_why_and_what_to_do() -> None:
    verdict = next(each for each in judged(ray(TOO_MANY)).verdicts if each.rule == "gpus-per-group")

    assert str(verdict) == (
        "RayCluster train: spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked, "
        "at most 64 for a group; lower maxReplicas, or the GPUs of a pod [gpus-per-group]"
    )
    assert verdict.level is Level.MANDATORY


def test_a_level_is_as_configured_and_a_disabled_rule_is_silent() -> None:
    advisory = judged(ray(TOO_MANY), {"gpus-per-group": "advisory", "gpus-per-cluster": "disabled"})

    assert [each.level for each in advisory.verdicts if each.rule == "gpus-per-group"] == [Level.ADVISORY]
    assert "gpus-per-cluster" not in {each.rule for each in advisory.verdicts}
    assert not advisory.stops


def test_a_value_that_is_not_known_defers_the_rules_that_read_it() -> None:
    report = judged(unknown(ray({f"{IN_GROUP} resources limits nvidia.com/gpu": UNKNOWN})))
    waiting = {rule for each in report.deferred for rule in each.rules}

    assert {"gpus-per-group", "gpus-per-cluster", "gpus-per-namespace", "cluster-hourly-cost"} <= waiting
    assert "image-pinned" not in waiting
    assert {each.path for each in report.deferred if "gpus-per-group" in each.rules} == {
        "spec.workerGroupSpecs[0].template.spec.containers[0].resources.limits['nvidia.com/gpu']"
    }


def test_an_unknown_does_not_hide_what_is_wrong_beside_it() -> None:
    report = judged(
        unknown(ray({f"{IN_HEAD} image": UNKNOWN, f"{IN_GROUP} image": "rayproject/ray:latest", **TOO_MANY}))
    )

    assert {"image-pinned", "gpus-per-group"} <= {each.rule for each in report.verdicts}
    assert any("image-pinned" in each.rules for each in report.deferred)


@pytest.mark.parametrize("place", ["metadata", f"{WORKER} containers 1"])
def test_an_unknown_stops_nobody_who_tells_of_what_is_wrong_beside_it(place: str) -> None:
    report = judged(unknown(ray({place: UNKNOWN, f"{IN_GROUP} resources limits cpu": "4 cores"})))

    assert "amount-unparseable" in {each.rule for each in report.verdicts}


def test_what_is_known_later_is_judged_then() -> None:
    judge = Judge(RULES, config(RULES))
    first = judge.resource(unknown(ray({f"{GROUP} maxReplicas": UNKNOWN})))
    second = judge.resource(ray(TOO_MANY))

    assert "gpus-per-group" not in {each.rule for each in first.verdicts}
    assert "gpus-per-group" in {each.rule for each in second.verdicts}


def test_a_secret_is_never_told() -> None:
    subject = ray({f"{IN_GROUP} image": "registry.internal/hush:latest"})
    secret = replace(subject, secrets=Secrets(texts=("registry.internal/hush",)))

    told = " ".join(map(str, judged(secret).verdicts))

    assert "image-pinned" in told
    assert "hush" not in told
    assert "[secret]:latest asked" in told


def test_nothing_is_told_of_a_secret_place() -> None:
    path = ("spec", "workerGroupSpecs", 0, "maxReplicas")
    secret = replace(ray(TOO_MANY), secrets=Secrets(places=(path,)))

    assert [each.asked for each in judged(secret).verdicts if each.rule == "gpus-per-group"] == ["[secret] asked"]


@rule("clumsy", Subject, why="w", remedy="r")
def clumsy(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Fails."""
    del asked
    yield Found((), subject.props["hush-hush"])


def test_an_error_in_a_rule_breaks_that_rule_by_name_and_no_other() -> None:
    judge = Judge([clumsy, *RULES], config([clumsy, *RULES]))
    verdicts = {each.rule: each for each in judge.resource(ray(TOO_MANY)).verdicts}

    assert verdicts["clumsy"].level is Level.MANDATORY
    assert verdicts["clumsy"].asked.startswith("KeyError in the rule")
    assert "hush" not in str(verdicts["clumsy"])
    assert "gpus-per-group" in verdicts


def test_the_operator_that_is_deployed_beside_decides_what_ray_objects_may_say() -> None:
    operator = {f"{IN_DEPLOYMENT} image": "quay.io/kuberay/operator:v1.6.2"}
    gate = {f"{IN_DEPLOYMENT} args": ["--feature-gates=RayCronJob=true"]}
    old, new = kube("Deployment", operator), kube("Deployment", {**operator, **gate})

    assert "schedule-gate" in {each.rule for each in judged([old, cron()]).verdicts}
    assert "schedule-gate" not in {each.rule for each in judged([new, cron()]).verdicts}
    assert "schedule-gate" not in {each.rule for each in judged(cron()).verdicts}
    assert "schedule-gate" in {each.rule for each in judged(cron(), {"operator": {"version": "1.6.2"}}).verdicts}


def test_an_error_in_rays_own_rules_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("hush")

    monkeypatch.setattr("rayform.policy.adopted.findings", broken)
    told = [each for each in judged(ray()).verdicts if each.rule == "ray-rules"]

    assert [(each.level, each.asked.partition(",")[0]) for each in told] == [
        (Level.MANDATORY, "ValueError in the rule")
    ]
    assert "hush" not in str(told)


@pytest.mark.parametrize("resource", ["RayCluster train", "train", "ray.io/v1/RayCluster/*", "*"])
def test_an_exemption_lets_pass_and_is_told(resource: str) -> None:
    report = judged(ray(TOO_MANY), exempt("2099-01-01", resource))

    assert "gpus-per-group" not in {each.rule for each in report.verdicts}
    assert [str(each) for each in report.uses] == [
        "RayCluster train: gpus-per-group need not hold until 2099-01-01: agreed with finance"
    ]


def test_an_exemption_is_of_one_rule_and_its_resources() -> None:
    other = judged(ray(TOO_MANY), exempt("2099-01-01", "RayCluster other"))

    assert "gpus-per-group" in {each.rule for each in other.verdicts}
    assert "gpus-per-cluster" in {each.rule for each in judged(ray(TOO_MANY), exempt("2099-01-01")).verdicts}


@pytest.mark.parametrize(("expires", "holds"), [("2026-11-26", True), ("2026-11-25", False)])
def test_an_exemption_ends_with_its_last_day(expires: str, *, holds: bool) -> None:
    report = Judge(RULES, config(RULES, exempt(expires)), TODAY).every([ray(TOO_MANY)])
    told = {each.rule for each in report.verdicts}

    assert ("gpus-per-group" in told) is not holds
    assert ("exemptions" in told) is not holds


def test_a_sum_stops_the_resource_that_would_pass_it_and_no_earlier_one() -> None:
    judge = Judge(RULES, config(RULES, {"gpus-per-stack": {"most": 16}}))
    told = [
        "gpus-per-stack" in {verdict.rule for verdict in judge.resource(each).verdicts}
        for each in (ray(name="a"), ray({"metadata namespace": "b"}, "b"), ray(name="a"), ray(name="c"))
    ]

    assert told == [False, False, False, True]


def test_objects_of_other_makers_count() -> None:
    deployment = kube(
        "Deployment", {"spec replicas": 9, "spec template spec containers 0 resources limits": {"nvidia.com/gpu": 1}}
    )

    assert "gpus-per-stack" in {each.rule for each in judged(deployment, {"gpus-per-stack": {"most": 8}}).verdicts}


def test_ray_rules_are_the_law_too() -> None:
    report = judged(ray({f"{GROUP} minReplicas": 5, "spec authOptions": {"mode": "disabled"}}))
    levels = {each.rule: each.level for each in report.verdicts}

    assert levels["replica-bounds-crossed"] is Level.MANDATORY
    assert levels["auth-off"] is Level.ADVISORY


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"gpus-per-pond": "advisory"}, "gpus-per-pond: asked, there is no such rule"),
        ({"gpus-per-pod": "severe"}, "gpus-per-pod: level 'severe' asked, levels are mandatory"),
        (
            {"gpus-per-pod": {"most": "many"}},
            "gpus-per-pod.most: 'many' asked, it is a whole number; write a whole number",
        ),
        ({"gpus-per-pod": {"least": 1}}, "gpus-per-pod.least: asked, there is no such field; take it out"),
        ({"all": "some"}, "all: level 'some' asked"),
        ({"operator": {"version": "0.1"}}, "operator: asked, KubeRay: version 0.1 asked"),
        (exempt("soon"), "exemptions.entries[0].expires: a text asked, it is a date; write it as 2026-12-31"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(RefusedError) as refused:
        config(RULES, asked)

    assert told in str(refused.value)


def test_objects_that_the_api_server_will_name_are_counted_one_by_one() -> None:
    nameless = ray({"metadata generateName": "train-", "metadata name": ABSENT})
    told = [{each.rule for each in judged([nameless] * count).verdicts} for count in (16, 17)]

    assert ["gpus-per-namespace" in rules for rules in told] == [False, True]
    assert "gpus-per-namespace" not in {each.rule for each in judged([ray()] * 17).verdicts}
