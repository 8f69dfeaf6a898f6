"""A stack without rayform, judged as the engine has it judged: nothing of it passes in silence."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi.runtime.proto import analyzer_pb2
from raw_others import RAW_OTHERS, SCALER
from raw_stack import RAW_RAY, Raw
from rayform.policy import RULES
from rayform.policy.analyzer import Analyzer

RAW = (*RAW_RAY, *RAW_OTHERS)
LATER = " is not known before it is deployed; judged then: "


def analyzer(*, preview: bool = True) -> Analyzer:
    made = Analyzer(RULES, "0")
    made.configure_stack(analyzer_pb2.AnalyzerStackConfigureRequest(dry_run=preview))
    return made


def request(token: str, name: str, inputs: Mapping[str, Any]) -> Any:
    made = analyzer_pb2.AnalyzeRequest(type=token, urn=f"urn:pulumi:dev::raw::{token}::{name}", name=name)
    made.properties.update(dict(inputs))
    return made


def rules_of(response: Any, *, waiting: bool = False) -> set[str]:
    told = [each for each in response.diagnostics if (LATER in each.message) is waiting]
    named = [each.message.partition(LATER)[2].split(", ") if waiting else [each.policyName] for each in told]
    return {name for names in named for name in names}


@pytest.mark.parametrize("raw", RAW, ids=[f"{each.token.rpartition(':')[2]}-{each.name}" for each in RAW])
def test_what_a_raw_resource_breaks_is_told_and_what_is_not_known_waits(raw: Raw) -> None:
    judging = analyzer()
    # What stands before it takes all of a ceiling but a few.
    response = judging.analyze(request(raw.token, raw.name, raw.inputs))

    assert set(raw.told) <= rules_of(response)
    assert set(raw.waits) <= rules_of(response, waiting=True)


def test_an_update_does_not_pass_what_still_waits() -> None:
    raw = next(each for each in RAW if each.waits)
    response = analyzer(preview=False).analyze(request(raw.token, raw.name, raw.inputs))
    levels = {each.enforcementLevel for each in response.diagnostics if LATER in each.message}

    assert analyzer_pb2.MANDATORY in levels


def test_an_autoscaler_is_seen_with_what_it_scales() -> None:
    scaler = request("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "scaler", SCALER)
    stack = [request(each.token, each.name, each.inputs) for each in RAW if each.name == "scaled"]
    response = analyzer().analyze_stack(analyzer_pb2.AnalyzeStackRequest(resources=map(resource, [*stack, scaler])))

    assert "gpus-autoscaled" in rules_of(response)


def resource(asked: Any) -> Any:
    return analyzer_pb2.AnalyzerResource(type=asked.type, urn=asked.urn, name=asked.name, properties=asked.properties)


def test_a_second_cluster_of_another_provider_counts_with_the_first() -> None:
    judging = analyzer()
    spec = next(each.inputs for each in RAW_RAY if each.name == "neuron")
    told = [rules_of(judging.analyze(request("kubernetes:ray.io/v1:RayCluster", name, spec))) for name in "abcd"]

    assert ["gpus-per-stack" in each for each in told] == [False, False, False, True]


def test_a_renamed_resource_counts_anew() -> None:
    judging = analyzer()
    for name in ("old", "new"):
        inputs: dict[str, Any] = {"spec": {"replicas": 20, "template": GPUS}}
        last = judging.analyze(request("kubernetes:apps/v1:Deployment", name, inputs))

    assert "gpus-per-stack" in rules_of(last)


GPUS = {"spec": {"containers": [{"name": "a", "resources": {"limits": {"nvidia.com/gpu": 8}}}]}}


def test_the_stack_breaks_more_than_forty_rules() -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for raw in RAW:
        for rule in raw.told:
            told[rule].append(raw.name)

    assert len(told) >= 50
    assert len({rule.id for rule in RULES} & told.keys()) == len(told)
