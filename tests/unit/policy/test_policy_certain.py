"""Ray's own rules where something is not known yet: what is broken for certain is told, the rest waits."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from law_room import judged
from rayform.components.ray.rules.view import Path
from rayform.policy import Report, of_manifest
from rayform.policy.examples.bases import RAY
from rayform.policy.examples.example import ray
from rayform.policy.examples.places import HEAD, IN_GROUP, IN_HEAD
from rayform.policy.unknown import UNKNOWN, guarded
from rayform.policy.words import places


def report(manifest: Any, *unknown: Path) -> Report:
    """What is told of an object in which these places are not known."""
    whole = json.loads(json.dumps(manifest))
    for path in unknown:
        here = whole
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = UNKNOWN
    return judged(replace(of_manifest(manifest), props=guarded(whole), plain=whole))


def rules(found: Report) -> set[str]:
    return {each.rule for each in found.verdicts}


def steps(place: str) -> Path:
    return tuple(int(step) if step.isdigit() else step for step in place.split())


def shown(manifest: Any) -> Iterator[tuple[str, set[str]]]:
    """What is told beyond what is told of the whole, by each place of an object's metadata and spec."""
    before = rules(report(manifest))
    for path, _ in places({name: manifest[name] for name in ("metadata", "spec")}):
        yield ".".join(map(str, path)), rules(report(manifest, path)) - before


@pytest.mark.parametrize("kind", RAY)
def test_nothing_is_told_of_a_sound_object_wherever_it_is_not_known(kind: str) -> None:
    found = dict(shown(RAY[kind]))

    assert len(found) > 90
    assert {place: told for place, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("place", "rule", "told"),
    [
        ("spec", "containers-missing", "spec"),
        ("spec headGroupSpec", "containers-missing", "spec.headGroupSpec"),
        (f"{HEAD} containers", "containers-missing", "spec.headGroupSpec.template.spec.containers"),
        ("spec authOptions mode", "auth-off", "spec.authOptions.mode"),
        ("metadata name", "name-form", "metadata.name"),
    ],
)
def test_what_waits_is_named_with_what_it_waits_for(place: str, rule: str, told: str) -> None:
    deferred = report(RAY["RayCluster"], steps(place)).deferred

    assert told in {each.path for each in deferred if rule in each.rules}


@pytest.mark.parametrize("unknown", [f"{IN_GROUP} image", f"{IN_HEAD} image", HEAD, "metadata name"])
def test_what_is_broken_whatever_it_will_be_is_told_at_once(unknown: str) -> None:
    broken = ray({f"{IN_GROUP} resources limits nvidia.com/gpu": "1e3m"}).props

    assert "amount-unparseable" in rules(report(broken, steps(unknown)))


def test_what_an_object_accepts_is_not_known_either() -> None:
    schedule = RAY["RayCronJob"]
    found = report(schedule, ("metadata", "annotations"))
    of_name = report({**schedule, "metadata": {"name": "a_b"}}, ("spec", "suspend"))

    assert "schedule-leaves-jobs" not in rules(found)
    assert [each.path for each in found.deferred if "schedule-leaves-jobs" in each.rules] == ["metadata.annotations"]
    assert "name-form" in rules(of_name)
