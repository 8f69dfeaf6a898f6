"""Seeded violations: what breaks a rule is caught wherever it stands, in every kind and beside anything else."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from law_room import judged_by
from rayform.policy.examples.example import cron, job, ray, service
from rayform.policy.examples.places import GROUP, HEAD, WORKER
from rayform.policy.subject import Subject

MAKERS = {
    "RayCluster": (ray, "spec"),
    "RayJob": (job, "spec rayClusterSpec"),
    "RayService": (service, "spec rayClusterConfig"),
    "RayCronJob": (cron, "spec jobTemplate rayClusterSpec"),
}
IN = "containers 0"
POD: dict[str, dict[str, Any]] = {
    "host-namespaces": {"hostIPC": True},
    "host-paths": {"volumes": [{"name": "a", "hostPath": {"path": "/"}}]},
    "volume-kinds": {"volumes": [{"name": "a", "nfs": {"server": "a", "path": "/"}}]},
    "host-ports": {f"{IN} ports": [{"containerPort": 1, "hostPort": 1}]},
    "privileged": {f"{IN} securityContext privileged": True},
    "privilege-escalation": {f"{IN} securityContext allowPrivilegeEscalation": True},
    "root-user": {f"{IN} securityContext runAsUser": 0},
    "capabilities": {f"{IN} securityContext capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}},
    "seccomp": {f"{IN} securityContext seccompProfile": {"type": "Unconfined"}},
    "proc-mount": {f"{IN} securityContext procMount": "Unmasked"},
    "sysctls": {"securityContext sysctls": [{"name": "kernel.msgmax", "value": "1"}]},
    "image-pinned": {f"{IN} image": "rayproject/ray"},
    "secret-in-plain": {f"{IN} env 0": {"name": "WANDB_API_KEY", "value": "x"}},
    "device-claims": {"resourceClaims": [{"name": "gpu", "resourceClaimName": "mine"}]},
    "gpus-per-pod": {f"{IN} resources": {"limits": {"nvidia.com/gpu": 16, "cpu": 1, "memory": "1Gi"}}},
    "container-limits": {f"{IN} resources": {}},
    "memory-request-is-limit": {f"{IN} resources requests memory": "1Mi"},
    "service-account": {"automountServiceAccountToken": True, "serviceAccountName": "default"},
}
OF_GROUP: dict[str, dict[str, Any]] = {
    "replicas-bounded": {"maxReplicas": 2**31 - 1},
    "gpus-per-group": {"maxReplicas": 90},
    "gpus-per-cluster": {"numOfHosts": 40},
    "idle-timeout": {"idleTimeoutSeconds": 86400},
}
SEED = 6


def violations() -> Iterator[tuple[str, str, Subject]]:
    """Every rule in every kind and place, with one other change that is harmless."""
    chance = random.Random(SEED)  # noqa: S311 - the same violations again
    harmless = ({"metadata annotations": {"a": "b"}}, {"metadata labels team": "x"}, {f"{GROUP} rayStartParams": {}})
    for kind, (made, cluster) in MAKERS.items():
        for place in (HEAD, WORKER, GROUP):
            for rule, edits in (OF_GROUP if place == GROUP else POD).items():
                where = place.replace("spec", cluster, 1)
                broken = {f"{where} {path}": value for path, value in edits.items()}
                beside = chance.choice(harmless[:2] if kind != "RayCluster" else harmless)
                # The head of an autoscaled cluster gets an account of its own from the operator.
                if (rule, place) != ("service-account", HEAD):
                    yield f"{kind} {place.split()[1]} {rule}", rule, made({**broken, **beside})


ALL = list(violations())


@pytest.mark.parametrize(("rule", "subject"), [each[1:] for each in ALL], ids=[each[0] for each in ALL])
def test_a_violation_is_caught(rule: str, subject: Subject) -> None:
    assert rule in judged_by(rule, subject, {})


def test_there_are_many_violations() -> None:
    assert len(ALL) >= 150
