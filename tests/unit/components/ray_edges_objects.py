"""Jobs and whole objects on either side of each rule."""

from typing import Any

from ray_builders import GONE
from ray_rule_case import Edge, H, N, W, rule

__all__ = ["EDGES", "SELECTED"]

SELECTED = {N: GONE, "spec clusterSelector": {"ray.io/cluster": "shared"}}
SIDECAR = {"spec submissionMode": "SidecarMode"}


def deletes(*rules: dict[str, Any], **older: dict[str, Any]) -> dict[str, Any]:
    return {
        "spec shutdownAfterJobFinishes": GONE,
        "spec deletionStrategy": {**({"deletionRules": list(rules)} if rules else {}), **older},
    }


def jobs(name: str, broken: list[dict[str, Any]], kept: list[dict[str, Any]]) -> Edge:
    return Edge(name, broken, kept, of="job")


JOBS = (
    jobs("ttl-negative", [], [{"spec ttlSecondsAfterFinished": value} for value in (0, None, "1")]),
    jobs(
        "ttl-needs-shutdown",
        [{"spec ttlSecondsAfterFinished": 1, "spec shutdownAfterJobFinishes": GONE}],
        [{"spec ttlSecondsAfterFinished": value, "spec shutdownAfterJobFinishes": GONE} for value in (0, None)],
    ),
    jobs("suspend-selected", [], [{"spec suspend": True}]),
    jobs("retry-selected", [{**SELECTED, "spec backoffLimit": 1}], [{"spec backoffLimit": 1}, SELECTED]),
    jobs("retry-selected", [], [{**SELECTED, "spec backoffLimit": None}]),
    jobs(
        "retry-interactive",
        [{"spec submissionMode": "InteractiveMode", "spec backoffLimit": 1}],
        [
            {"spec submissionMode": "InteractiveMode"},
            {"spec submissionMode": "InteractiveMode", "spec backoffLimit": None},
            {"spec backoffLimit": 1},
        ],
    ),
    jobs("retry-negative", [], [{"spec backoffLimit": value} for value in (0, None, "x")]),
    jobs("deadline-not-positive", [], [{"spec activeDeadlineSeconds": 1}, {"spec activeDeadlineSeconds": None}, {}]),
    jobs(
        "cluster-outlives-job",
        [{"spec shutdownAfterJobFinishes": GONE}],
        [
            {**SELECTED, "spec shutdownAfterJobFinishes": GONE},
            {"spec clusterSelector": {"ray.io/cluster": "a"}, "spec shutdownAfterJobFinishes": GONE},
            {N: GONE, "spec shutdownAfterJobFinishes": GONE},
        ],
    ),
    jobs("selector-name", [{**SELECTED, "spec clusterSelector": {"a": "b"}}], [{"spec clusterSelector": {"a": None}}]),
    jobs("selector-sidecar", [{**SIDECAR, **SELECTED}], [SIDECAR]),
    jobs(
        "sidecar-submitter",
        [{**SIDECAR, "spec submitterConfig": {}}],
        [{**SIDECAR, "spec submitterPodTemplate": None, "spec submitterConfig": None}],
    ),
    jobs(
        "sidecar-restart-policy",
        [{**SIDECAR, f"{N} headGroupSpec template spec restartPolicy": "Always"}],
        [
            {f"{N} headGroupSpec template spec restartPolicy": "Always"},
            {**SIDECAR, f"{N} headGroupSpec template spec restartPolicy": ""},
            {**SIDECAR, N: GONE},
        ],
    ),
    jobs(
        "runtime-env-yaml",
        [{"spec runtimeEnvYAML": text} for text in ("- a", "a: {", f"a: {'[' * 50 + ']' * 50}", f"a: {'x' * 2**20}")],
        [
            {"spec runtimeEnvYAML": text}
            for text in ("", "a: 1", f"a: {'[' * 49 + ']' * 49}", f"a: {'x' * (2**20 - 1)}")
        ],
    ),
    jobs(
        "runtime-env-yaml",
        [{"spec runtimeEnvYAML": f"a: [{'1,' * 19_998}]"}],
        [{"spec runtimeEnvYAML": f"a: [{'1,' * 19_997}]"}],
    ),
    jobs(
        "entrypoint-missing",
        [{"spec entrypoint": " "}, {"spec entrypoint": "", "spec submissionMode": "HTTPMode"}],
        [
            {"spec entrypoint": ["python"]},
            {"spec entrypoint": "", "spec submissionMode": "InteractiveMode"},
            {"spec entrypoint": "", "spec submitterPodTemplate": {"spec": {"containers": [{"command": ["a"]}]}}},
        ],
    ),
    jobs(
        "entrypoint-missing",
        [{"spec entrypoint": "", "spec submitterPodTemplate": {"spec": {"containers": [{}, {"command": ["a"]}]}}}],
        [],
    ),
    jobs(
        "metadata-needs-ray-version",
        [{"spec metadata": {"a": "b"}, f"{N} rayVersion": "nightly"}],
        [{f"{N} rayVersion": "nightly"}, {**SELECTED, "spec metadata": {"a": "b"}}, {"spec metadata": {"a": "b"}}],
    ),
    jobs("submitter-restart-policy", [{"spec submitterPodTemplate": {}}], [{"spec submitterPodTemplate": None}, {}]),
    jobs(
        "submitter-image-missing", [], [{"spec submitterPodTemplate": {"spec": {"containers": [{"image": "a"}, {}]}}}]
    ),
    jobs(
        "deletion-both-forms",
        [deletes(rule("DeleteCluster", "FAILED"), onSuccess={"policy": "DeleteSelf"})],
        [deletes(onSuccess={"policy": "DeleteCluster"}, onFailure={"policy": "DeleteCluster"})],
    ),
    jobs(
        "deletion-empty", [deletes(onFailure={"policy": "DeleteSelf"}), deletes(onSuccess={"policy": "DeleteSelf"})], []
    ),
    jobs("deletion-selected", [], [deletes(rule("DeleteCluster", "FAILED"))]),
    jobs(
        "deletion-workers-autoscaling",
        [],
        [{**deletes(rule("DeleteCluster", "FAILED")), f"{N} enableInTreeAutoscaling": True}],
    ),
    jobs(
        "deletion-condition",
        [deletes({"policy": "DeleteSelf", "condition": {"jobStatus": "FAILED", "jobDeploymentStatus": "Failed"}})],
        [deletes({"policy": "DeleteSelf", "condition": {"jobDeploymentStatus": "Failed"}})],
    ),
    jobs(
        "deletion-order",
        [
            deletes(rule("DeleteCluster", "FAILED", 2), rule("DeleteSelf", "FAILED", 1)),
            deletes(rule("DeleteWorkers", "FAILED", 1), rule("DeleteSelf", "FAILED", 0)),
            deletes(
                rule("DeleteWorkers", "FAILED", 3),
                rule("DeleteWorkers", "FAILED", 0),
                rule("DeleteCluster", "FAILED", 2),
            ),
        ],
        [
            deletes(rule("DeleteCluster", "FAILED", 1), rule("DeleteSelf", "FAILED", 1)),
            deletes(rule("DeleteCluster", "FAILED", 2), rule("DeleteSelf", "SUCCEEDED", 1)),
            deletes(
                {"policy": "DeleteCluster", "condition": {"ttlSeconds": 2}},
                {"policy": "DeleteSelf", "condition": {"ttlSeconds": 1}},
            ),
            deletes(
                rule("DeleteWorkers", "FAILED", 2),
                rule("DeleteCluster", "FAILED", 2),
                rule("DeleteWorkers", "FAILED", 3),
            ),
        ],
    ),
    jobs(
        "deletion-ttl-negative",
        [],
        [deletes({"policy": "DeleteSelf", "condition": {"jobStatus": "FAILED", "ttlSeconds": None}})],
    ),
    jobs("deletion-twice", [], [deletes({"policy": "DeleteSelf"}, {"policy": "DeleteSelf"})]),
    jobs("deletion-self", [], [deletes(rule("DeleteCluster", "FAILED"))]),
)
WHOLE = (
    Edge(
        "name-length",
        [{"metadata name": "a" * 54}],
        [{"metadata name": "a" * 53}, {"kind": "RayThing", "metadata name": "a" * 63}],
    ),
    Edge("name-length", [{"kind": "RayThing", "metadata name": "a" * 64}]),
    Edge("name-length", [{"metadata name": "a" * 42}], [{"metadata name": "a" * 41}], "schedule", "1.6.2"),
    Edge("name-length", [{"metadata name": "a" * 37}], [{"metadata name": "a" * 36}], "schedule", "1.7.0"),
    Edge(
        "upgrade-type",
        [{"spec upgradeStrategy": {"type": "none"}}],
        [{"spec upgradeStrategy": {"type": each}} for each in ("None", "Recreate", None)],
    ),
    Edge("upgrade-nested", kept=[{"spec upgradeStrategy": {"type": "None"}}]),
    Edge(
        "upgrade-owned",
        [{"metadata labels ray.io/originated-from-crd": "RayService", "spec upgradeStrategy": {"type": "None"}}],
        [
            {"metadata labels ray.io/originated-from-crd": "RayJob"},
            {"metadata labels ray.io/originated-from-crd": "RayJob", "spec upgradeStrategy": {}},
        ],
    ),
    Edge(
        "upgrade-owned",
        kept=[
            {
                "metadata labels ray.io/originated-from-crd": "RayJob",
                "spec upgradeStrategy": {"type": "None"},
                "spec rayClusterConfig upgradeStrategy": {"type": "None"},
            }
        ],
        of="service",
    ),
    Edge(
        "accepts-unknown",
        [{"metadata annotations rayform/accepts": "hosts-not-positive"}],
        [{"metadata annotations rayform/accepts": ", "}],
    ),
    Edge("hosts-not-positive", [{f"{W} numOfHosts": 0, "metadata annotations rayform/accepts": "hosts-not-positive"}]),
    Edge(
        "kueue-group-name",
        kept=[
            {
                "metadata labels kueue.x-k8s.io/queue-name": "a",
                "spec jobTemplate rayClusterSpec workerGroupSpecs 0 groupName": "head",
            }
        ],
        of="schedule",
    ),
    Edge("kueue-selected", kept=[{"metadata labels kueue.x-k8s.io/queue-name": "a"}], of="job"),
    Edge("volcano-selected", kept=[SELECTED], of="job", scheduler="yunikorn"),
    Edge("field-unknown", kept=[{"spec tlsOptions": None}]),
    Edge(
        "field-unknown",
        [
            {"spec " + path: value}
            for path, value in (
                ("networkPolicy", {}),
                ("tlsOptions", {}),
                ("historyServerOptions", {}),
                ("headGroupSpec ingressOptions", {}),
                ("autoscalerOptions", {"command": []}),
                ("autoscalerOptions", {"args": []}),
                ("workerGroupSpecs 0 priority", 0),
                ("gcsFaultToleranceOptions", {"backend": "redis"}),
                ("gcsFaultToleranceOptions", {"storage": {}}),
            )
        ],
    ),
    Edge(
        "head-exposed",
        kept=[{"spec headGroupSpec serviceType": "ClusterIP", "spec headGroupSpec enableIngress": False}],
    ),
    Edge("head-exposed", [{f"{H} x": 1, "spec headGroupSpec serviceType": "NodePort"}]),
)
EDGES = (*JOBS, *WHOLE)
"""Edges of rules about jobs and whole objects."""
