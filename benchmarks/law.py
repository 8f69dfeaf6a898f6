"""What the law costs: resources judged over the Analyzer's gRPC, against calls that do nothing."""

import itertools
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pairs import Figures, Ratio, paired, ratio
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from rayform.policy import RULES, Subject
from rayform.policy.analyzer.serve import server
from rayform.policy.examples.example import aws, job, kube, ray

RESOURCES = 1000
LINEAR = 2.5
LEVELS = ("advisory", "mandatory", "disabled", "remediate")
"""In the protocol's order."""


def stack() -> Iterator[Subject]:
    """What a stack is made of: one Ray object in ten, workloads, and much that is small."""
    small = [kube("Service"), kube("Role"), kube("ServiceAccount"), kube("NetworkPolicy"), kube("Namespace")]
    ground = [aws("aws:eks/nodeGroup:NodeGroup"), aws("aws:ec2/launchTemplate:LaunchTemplate"), aws("aws:kms/key:Key")]
    return itertools.cycle([ray(), kube("Deployment"), *small, *ground, job(), kube("Deployment"), *small, *ground])


def requests(count: int) -> Sequence[Any]:
    """As many resources as the engine would ask about."""
    return [_request(subject, number) for number, subject in zip(range(count), stack(), strict=False)]


def _request(subject: Subject, number: int) -> Any:
    made = analyzer_pb2.AnalyzeRequest(type=subject.token, urn=f"{subject.urn}-{number}", name=subject.title)
    made.properties.update(dict(subject.props))
    return made


def ceilings() -> Any:
    """Sums without an end: a stack of this size would pass them, and be told so with every resource."""
    made = {}
    for rule in RULES:
        properties = struct_pb2.Struct()
        if rule.about == "tally":
            properties.update({"most": 1e12})
        level = LEVELS.index(rule.level.value)
        made[rule.id] = analyzer_pb2.PolicyConfig(enforcementLevel=level, properties=properties)
    return analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=made)


def measure() -> list[Ratio]:
    """Ratios of judging 1,000 resources to 1,000 empty calls, and of 2,000 to 1,000."""
    serving, port = server()
    serving.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        engine = analyzer_pb2_grpc.AnalyzerStub(channel)
        engine.Configure(ceilings())
        one, two = requests(RESOURCES), requests(2 * RESOURCES)
        nothing = [analyzer_pb2.AnalyzerHandshakeRequest()] * RESOURCES
        empty = paired(lambda: _asked(engine.Handshake, nothing), lambda: _asked(engine.Analyze, one))
        linear = paired(lambda: _asked(engine.Analyze, one), lambda: _asked(engine.Analyze, two))
    serving.stop(None).wait()
    return [
        ratio("1,000 resources judged / empty calls", "of_all_ms", empty),
        ratio("2,000 resources judged / 1,000", "of_all_ms", linear, LINEAR),
    ]


def _asked(call: Any, asked: Sequence[Any]) -> Figures:
    """Many at once, as the engine asks."""
    begun = perf_counter()
    for answer in [call.future(each) for each in asked]:
        answer.result()
    return {"of_all_ms": (perf_counter() - begun) * 1000}
