"""Upstream's own samples under the law: nothing of them is refused but for a reason, counted sample by sample."""

from collections import Counter
from functools import cache
from typing import Final

import pytest
from crds import upstream
from rayform.components.documents import Document, documents
from rayform.policy import RULES, Judge, Level, config, of_manifest

REASONS: Final = {
    "capabilities": (81, "no container drops what it may do"),
    "privilege-escalation": (81, "no container says that it stays what it is"),
    "root-user": (81, "no pod says that it does not run as root"),
    "seccomp": (81, "no pod says which calls of the kernel it may make"),
    "ray-version": (74, "an old Ray, or none named"),
    "ray-vulnerable": (72, "an old Ray that lets others run code"),
    "service-account": (69, "pods get a token that they do not need"),
    "memory-request-is-limit": (51, "less memory asked for than used"),
    "job-cleans-up": (15, "the cluster of a job stays when it is done"),
    "container-limits": (5, "containers without an end"),
    "container-requests": (4, "containers that ask for nothing"),
    "image-pinned": (4, "an image of no version"),
    "ingress-to-ray": (4, "a dashboard for whoever finds the Ingress"),
    "replicas-bounded": (3, "no most"),
    "gpus-per-cluster": (2, "hundreds of accelerators"),
    "gpus-per-group": (2, "hundreds of accelerators"),
    "gpus-per-namespace": (2, "hundreds of accelerators"),
    "ray-service-public": (2, "a Service that the cloud opens to the world"),
    "gpu-not-counted": (1, "half a GPU, by an annotation"),
}
"""Mandatory rules that samples break: how many samples, and what those do."""


@cache
def samples() -> tuple[Document, ...]:
    """Every object in the pinned module's samples, Ray's own and what stands beside them."""
    files = sorted((upstream() / "config" / "samples").glob("**/*.yaml"))
    return tuple(document for file in files for document in documents(file.name, file.read_bytes()))


@cache
def broken() -> tuple[frozenset[str], ...]:
    """The mandatory rules that each sample breaks, alone in its stack."""
    return tuple(
        frozenset(
            verdict.rule
            for verdict in Judge(RULES, config(RULES)).every([of_manifest(sample.value)]).verdicts
            if verdict.level is not Level.ADVISORY
        )
        for sample in samples()
    )


def test_there_are_many_samples_of_many_kinds() -> None:
    assert len(samples()) >= 100
    assert len({sample.kind for sample in samples()}) >= 15


def test_each_refusal_of_a_sample_has_its_reason_and_each_reason_its_samples() -> None:
    assert Counter(rule for each in broken() for rule in each) == {rule: count for rule, (count, _) in REASONS.items()}


def test_what_stands_beside_ray_and_runs_nothing_is_let_be() -> None:
    refused = {sample.kind for sample, rules in zip(samples(), broken(), strict=True) if rules}
    with_pods = {"RayCluster", "RayJob", "RayService", "RayCronJob", "Deployment", "StatefulSet", "Pod"}
    assert refused - with_pods == {"Ingress", "HTTPRoute"}


@pytest.mark.parametrize("rule", REASONS)
def test_a_reason_is_about_a_mandatory_rule(rule: str) -> None:
    assert [each.level for each in RULES if each.id == rule] == [Level.MANDATORY]
