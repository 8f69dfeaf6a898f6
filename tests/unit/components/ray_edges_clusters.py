"""Clusters on either side of each rule: numbers at their limits, parts that are missing, words nearly right."""

from typing import Any

from ray_builders import GONE
from ray_rule_case import OPEN_1_7, Edge, H, W, env

__all__ = ["EDGES", "head", "newer"]

AUTOSCALED = {"spec enableInTreeAutoscaling": True}
V1 = {**AUTOSCALED, "spec autoscalerOptions": {"version": "v1"}}
V2 = {**AUTOSCALED, "spec autoscalerOptions": {"version": "v2"}}
POD = f"{W} template spec"
MAIN = f"{POD} containers 0"


def head(**variables: str) -> dict[str, Any]:
    return {f"{H} env": env(**variables)}


def newer(rule: str, broken: list[dict[str, Any]], kept: list[dict[str, Any]]) -> Edge:
    return Edge(rule, broken, kept, version="1.7.0", gates=OPEN_1_7)


GROUPS = (
    Edge("min-replicas-negative", kept=[{f"{W} minReplicas": 0}, {f"{W} minReplicas": None}]),
    Edge("max-replicas-negative", kept=[{f"{W} maxReplicas": 0, f"{W} minReplicas": 0}, {f"{W} maxReplicas": GONE}]),
    Edge(
        "replica-bounds-crossed",
        [{f"{W} minReplicas": 5}, {f"{W} minReplicas": GONE, f"{W} maxReplicas": -1}],
        [
            {f"{W} minReplicas": 4},
            {f"{W} minReplicas": 2147483647, f"{W} maxReplicas": GONE},
            {f"{W} minReplicas": None},
        ],
    ),
    Edge(
        "replicas-out-of-bounds",
        [
            {f"{W} replicas": 5},
            {f"{W} replicas": 1, f"{W} minReplicas": 2},
            {f"{W} replicas": -1, f"{W} minReplicas": GONE},
        ],
        [
            {f"{W} replicas": 4},
            {f"{W} replicas": 2, f"{W} minReplicas": 2},
            {f"{W} replicas": 0, f"{W} minReplicas": 2},
            {f"{W} replicas": 2147483647, f"{W} maxReplicas": GONE},
            {f"{W} replicas": 1, f"{W} minReplicas": GONE},
        ],
    ),
    Edge("hosts-not-positive", [{f"{W} numOfHosts": -1}], [{f"{W} numOfHosts": 1}, {f"{W} numOfHosts": None}, {}]),
    Edge("idle-timeout-negative", kept=[{f"{W} idleTimeoutSeconds": None}, {}, {f"{W} idleTimeoutSeconds": 0}]),
    Edge(
        "idle-timeout-needs-v2",
        [{f"{W} idleTimeoutSeconds": 60, **V1}, {f"{W} idleTimeoutSeconds": 60, **head(RAY_enable_autoscaler_v2="0")}],
        [
            {f"{W} idleTimeoutSeconds": None},
            *({f"{W} idleTimeoutSeconds": 60, **head(RAY_enable_autoscaler_v2=value)} for value in ("1", "true")),
        ],
    ),
    newer("priority-needs-v2", [], [{f"{W} priority": 0}]),
    Edge("group-suspend-gate", [{f"{W} suspend": True}], gates={"RayJobDeletionPolicy": False}),
    Edge("group-suspend-gate", kept=[{f"{W} suspend": True}], gates={"RayJobDeletionPolicy": True}),
    Edge("group-suspend-autoscaling", [{**AUTOSCALED, f"{W} suspend": True}], [{**AUTOSCALED, f"{W} suspend": False}]),
    Edge(
        "group-names-twice",
        [{f"spec workerGroupSpecs {at}": {"groupName": name} for at, name in enumerate("aba")}],
        [{f"spec workerGroupSpecs {at}": {"groupName": name} for at, name in enumerate("abc")}],
    ),
    Edge("group-name-form", [{f"{W} groupName": "g" * 64}], [{f"{W} groupName": ""}, {f"{W} groupName": "g" * 63}]),
    Edge(
        "label-value",
        [{f"{W} labels": {"zone": "a b"}}],
        [{f"{W} labels": {"zone": 1}}, {f"{W} labels": {"zone": None}}],
    ),
    Edge("label-key", [{f"{W} labels": {"a b": "x"}}], [{f"{W} labels": {"a b": None}}]),
    Edge("start-labels", kept=[{f"{W} rayStartParams": {"labels": None}}]),
    Edge(
        "resources-twice",
        [
            {f"{W} resources": {"CPU": "4"}, f"{W} rayStartParams": {flag: "1"}}
            for flag in ("num-cpus", "num-gpus", "memory", "resources")
        ],
        [{f"{W} resources": {"CPU": None}, f"{W} rayStartParams": {"num-cpus": "1"}}],
    ),
    Edge(
        "logical-amount",
        [{f"{W} resources": {"CPU": value}} for value in ("-1", "many", "")],
        [{f"{W} resources": {"CPU": value}} for value in ("0", "0.5", None)],
    ),
    Edge(
        "head-runs-tasks",
        [
            {"spec headGroupSpec rayStartParams": {"num-cpus": "1"}},
            {"spec headGroupSpec rayStartParams": GONE, f"{W} maxReplicas": GONE},
            {
                "spec headGroupSpec rayStartParams": GONE,
                "spec workerGroupSpecs 1": {"groupName": "no", "maxReplicas": 0},
            },
        ],
        [
            {"spec headGroupSpec rayStartParams": GONE, "spec headGroupSpec resources": {"CPU": "0"}},
            {"spec headGroupSpec rayStartParams": GONE, f"{W} maxReplicas": 0},
        ],
    ),
)
PODS = (
    Edge(
        "amount-unparseable",
        [{f"{MAIN} resources": {side: {"cpu": "lots", "memory": "1"} for side in ("limits", "requests")}}],
        [
            {"spec autoscalerOptions": {"version": "v2"}},
            {f"{MAIN} resources limits cpu": None},
            {f"{MAIN} resources limits cpu": ["1"]},
            {f"{MAIN} resources limits cpu": "-1"},
        ],
    ),
    Edge(
        "amount-negative", kept=[{f"{MAIN} resources limits cpu": "lots"}, {f"{MAIN} resources requests": {"cpu": "1"}}]
    ),
    Edge(
        "request-over-limit",
        [{f"{MAIN} resources requests": {"cpu": "8001m"}}],
        [{f"{MAIN} resources requests": {"cpu": "lots"}}, {f"{MAIN} resources requests": {"hugepages-2Mi": "1Gi"}}],
    ),
    Edge(
        "device-request",
        [{f"{MAIN} resources requests nvidia.com/gpu": "3"}],
        [{f"{MAIN} resources requests nvidia.com/gpu": None}, {f"{MAIN} resources requests cpu": "4"}],
    ),
    Edge(
        "amount-missing",
        [{f"{MAIN} resources": {"limits": {"memory": "64Gi"}}}],
        [
            {f"{MAIN} resources": {"limits": {"memory": "64Gi", "cpu": "8"}}},
            {f"{MAIN} resources": {"limits": {"memory": "64Gi"}, "requests": {"cpu": "8"}}},
            {f"{POD} containers": []},
        ],
    ),
    Edge(
        "shared-memory",
        kept=[
            {f"{POD} volumes": [{"name": "shm", "emptyDir": {"sizeLimit": "65Gi"}}, {"name": "b", "secret": {}}]},
            {
                f"{MAIN} volumeMounts": [{"name": "shm", "mountPath": "/dev/shmem"}],
                f"{POD} volumes": [{"name": "shm", "emptyDir": {"sizeLimit": "65Gi"}}],
            },
            {
                f"{MAIN} volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],
                f"{POD} volumes": [{"name": "shm", "emptyDir": {"sizeLimit": "65Gi"}}],
                f"{MAIN} resources limits memory": GONE,
            },
        ],
    ),
    Edge(
        "gpu-unseen",
        [{f"{MAIN} resources limits {name}": "1"} for name in ("gpu.intel.com/i915", "gpu.intel.com/xe")],
        [{f"{MAIN} resources limits nvidia.com/gpu.shared": "1", f"{W} resources": {"GPU": "1"}}],
    ),
    Edge("image-missing", [{f"{MAIN} image": ""}], [{f"{POD} containers": []}]),
    Edge(
        "image-version",
        [
            {f"{MAIN} image": image}
            for image in ("ray-llm:2.59.0", "x.io/rayproject/ray-ml:2.59", "ray:2.59.0@sha256:0")
        ],
        [{f"{MAIN} image": image} for image in ("mine:2.59.0", "ray", "ray:latest", "2.59.0", "ray:v2.60.0-py312")],
    ),
    Edge(
        "dashboard-port",
        [{f"{H} ports": [{"name": "gcs-server", "containerPort": 6379}]}],
        [{f"{H} ports": []}, {f"{H} ports": [{"name": "metrics"}, {"name": "dashboard"}]}],
    ),
    Edge("pull-policy-unknown", kept=[{f"{H} imagePullPolicy": ""}]),
)
AUTH = (
    Edge(
        "kubernetes-token-needs-ray-version",
        [{"spec rayVersion": "2.54.0", "spec authOptions": {"mode": "token", "enableK8sTokenAuth": True}}],
        [
            {"spec rayVersion": "2.54.0", "spec authOptions": {"mode": "disabled", "enableK8sTokenAuth": True}},
            {"spec rayVersion": "2.54.0", "spec authOptions": {"mode": "token"}},
            {"spec rayVersion": "2.55", "spec authOptions": {"mode": "token", "enableK8sTokenAuth": True}},
        ],
    ),
    Edge(
        "kubernetes-token-with-secret",
        kept=[
            {"spec authOptions": {"mode": "disabled", "enableK8sTokenAuth": True, "secretName": "t"}},
            {"spec authOptions": {"mode": "token", "enableK8sTokenAuth": True}},
        ],
    ),
    Edge(
        "kubernetes-token-without-mode", kept=[{"spec authOptions": {"mode": "disabled", "enableK8sTokenAuth": False}}]
    ),
    Edge("auth-without-mode", kept=[{"spec authOptions": {"mode": "disabled", "secretName": "token"}}]),
    Edge(
        "auth-off", [{"spec authOptions": {"mode": "disabled"}}], [{"spec authOptions": {"enableK8sTokenAuth": True}}]
    ),
    Edge("auth-off", kept=[{"spec authOptions": {"mode": "disabled", "enableK8sTokenAuth": True}}]),
    Edge(
        "token-needs-ray-version",
        [
            {"spec rayVersion": version}
            for version in ("two", "2", "02.60.0", f"2.{'9' * 1001}", f"2.{2**64}", "", "2.51.9")
        ],
        [
            {"spec rayVersion": v}
            for v in ("2.52", "v2.60.0-rc1", " 2.60.0", f"2.{2**64 - 1}", f"2.{'0' * 998}60", "2.052.0")
        ],
    ),
    Edge(
        "ray-vulnerable",
        [{"spec rayVersion": "0.9"}, {"spec rayVersion": "2.55.9"}],
        [{"spec rayVersion": "2.56"}],
    ),
)
AUTOSCALER = (
    Edge(
        "v2-without-autoscaling",
        [head(RAY_enable_autoscaler_v2="1"), head(RAY_enable_autoscaler_v2="true")],
        [{**AUTOSCALED, **head(RAY_enable_autoscaler_v2="1")}, head(RAY_enable_autoscaler_v2="yes")],
    ),
    Edge(
        "autoscaler-version-twice",
        kept=[
            {"spec autoscalerOptions": {"version": "v2"}, **head(RAY_enable_autoscaler_v2="1")},
            {**AUTOSCALED, **head(RAY_enable_autoscaler_v2="1")},
            {**AUTOSCALED, "spec autoscalerOptions": {}, **head(RAY_enable_autoscaler_v2="1")},
            V2,
        ],
    ),
    Edge(
        "v2-restart-policy",
        [{**V2, f"{POD} restartPolicy": "Always"}],
        [
            {**V1, f"{POD} restartPolicy": "Always"},
            {"spec autoscalerOptions": {"version": "v2"}, f"{POD} restartPolicy": "Always"},
        ],
    ),
    Edge(
        "autoscaled-restart-policy",
        kept=[
            {**V2, f"{POD} restartPolicy": "Always"},
            {"spec autoscalerOptions": {"version": "v1"}, f"{POD} restartPolicy": "Always"},
        ],
    ),
    Edge(
        "autoscaler-idle-negative",
        [{"spec autoscalerOptions": {"idleTimeoutSeconds": -1}}],
        [{"spec autoscalerOptions": {"idleTimeoutSeconds": each}} for each in (0, "1")],
    ),
    Edge("replicas-autoscaled", [{**AUTOSCALED, f"{W} replicas": 1, f"{W} minReplicas": GONE}], [{f"{W} replicas": 3}]),
    Edge("replicas-autoscaled", kept=[{**AUTOSCALED, f"{W} replicas": 2, f"{W} minReplicas": 2}]),
    Edge(
        "autoscaling-unbounded",
        [{**AUTOSCALED, f"{W} maxReplicas": 2147483647}, {**AUTOSCALED, f"{W} maxReplicas": GONE}],
        [
            {**AUTOSCALED, f"{W} maxReplicas": 2147483646},
            {"spec enableInTreeAutoscaling": False, f"{W} maxReplicas": GONE},
        ],
    ),
    newer(
        "autoscaler-start-command",
        [{"spec autoscalerOptions": {"env": env(A="1", KUBERAY_GEN_AUTOSCALER_START_CMD="x")}}],
        [{"spec autoscalerOptions": {"env": env(A="1")}}],
    ),
)
EDGES = (*GROUPS, *PODS, *AUTH, *AUTOSCALER)
"""Edges of rules about groups, pods, authentication and the autoscaler."""
