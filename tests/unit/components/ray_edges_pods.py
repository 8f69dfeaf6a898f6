"""Kubernetes' own fields within pods on either side of each rule."""

from typing import Any

from ray_rule_case import Edge, H, W

__all__ = ["EDGES"]

HEAD = "spec headGroupSpec template spec"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
NUMBERS = ("initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold")
ASKED = {"exec": {"command": ["true"]}}
WAYS = {"exec": {}, "httpGet": {"port": 1}, "sleep": {"seconds": 1}, "tcpSocket": {"port": 1}}


def probe(**fields: Any) -> dict[str, Any]:
    return {f"{H} readinessProbe": {**ASKED, **fields}}


def hook(**ways: Any) -> dict[str, Any]:
    return {f"{H} lifecycle": {"preStop": ways}}


def affinity(**fields: Any) -> dict[str, Any]:
    return {f"{HEAD} affinity": fields}


def near(name: str, **term: Any) -> dict[str, Any]:
    return affinity(**{name: {REQUIRED: [{"topologyKey": "zone", **term}]}})


def preferred(**fields: Any) -> dict[str, Any]:
    return affinity(nodeAffinity={PREFERRED: [{"preference": {}, **fields}]})


def node_term(**term: Any) -> dict[str, Any]:
    return affinity(nodeAffinity={REQUIRED: {"nodeSelectorTerms": [term]}})


def spread(**fields: Any) -> dict[str, Any]:
    constraint = {"topologyKey": "zone", "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule", **fields}
    return {f"{HEAD} topologySpreadConstraints": [constraint]}


def resources(**limits: Any) -> dict[str, Any]:
    return {f"{W} template spec containers 0 resources limits {name}": value for name, value in limits.items()}


RUNNING = (
    Edge("probe-form", [probe(**{name: -1}) for name in NUMBERS], [probe(**{name: 0}) for name in NUMBERS]),
    Edge(
        "probe-form",
        [{f"{H} livenessProbe": {**ASKED, "successThreshold": 2}}],
        [{f"{H} livenessProbe": {**ASKED, "successThreshold": 1}}, probe(successThreshold=2)],
    ),
    Edge(
        "hook-form",
        [hook(), *(hook(**{way: WAYS[way], "exec": {}}) for way in ("httpGet", "sleep", "tcpSocket"))],
        [*(hook(**{way: asked}) for way, asked in WAYS.items()), {f"{H} lifecycle": {"stopSignal": "SIGTERM"}}],
    ),
)
PLACING = (
    Edge(
        "affinity-form",
        [
            near("podAffinity", topologyKey=""),
            near("podAntiAffinity", topologyKey=""),
            node_term(matchFields=[{"key": "metadata.name", "operator": "Is", "values": ["a"]}]),
            node_term(matchExpressions=[{"key": "a", "operator": "In"}]),
            affinity(nodeAffinity={REQUIRED: {"nodeSelectorTerms": []}}),
            preferred(weight=0),
            preferred(weight=101),
        ],
        [
            affinity(),
            affinity(nodeAffinity={}),
            near("podAffinity"),
            near("podAntiAffinity"),
            node_term(matchFields=[{"key": "metadata.name", "operator": "In", "values": ["a"]}]),
            node_term(matchExpressions=[{"key": "a", "operator": None}]),
            preferred(weight=1),
            preferred(weight=100),
            preferred(weight=None),
        ],
    ),
    Edge(
        "spread-form",
        [spread(maxSkew=0), spread(minDomains=0), spread(minDomains=2, whenUnsatisfiable="ScheduleAnyway")],
        [spread(), spread(minDomains=1), spread(maxSkew=None), spread(whenUnsatisfiable="ScheduleAnyway")],
    ),
)
NAMES = (
    Edge("container-name", [{f"{H} name": "Ray"}], [{f"{H} name": None}]),
    Edge("image-form", [{f"{H} image": "Ray"}], [{f"{H} image": "$IMAGE:Tag"}]),
    Edge(
        "port-form",
        [{f"{H} ports": [{"containerPort": 1, "name": "a"}, {"containerPort": 2, "name": "a"}]}],
        [
            {f"{H} ports": [{"containerPort": 1}, {"containerPort": 2}]},
            {
                f"{H} ports": [{"containerPort": 1, "name": "a"}],
                f"{HEAD} containers 1": {"name": "b", "image": "b", "ports": [{"containerPort": 2, "name": "a"}]},
            },
        ],
    ),
    Edge("variable-form", [{f"{H} env": [{"name": "A=B"}]}], [{f"{H} env": [{"name": None}]}]),
    Edge(
        "reference-form",
        [{f"{HEAD} serviceAccountName": "Robot"}],
        [{f"{HEAD} serviceAccountName": "$Robot"}, {f"{HEAD} serviceAccountName": None}],
    ),
    Edge(
        "pod-label-form",
        [
            {"spec headGroupSpec template metadata": {"labels": {"a": "b c"}}},
            {"spec headGroupSpec template metadata": {"labels": {"A/b": ""}}},
        ],
        [
            {"spec headGroupSpec template metadata": {"annotations": {"A/b": "b c"}}},
            {"spec headGroupSpec template metadata": {"labels": {"a": None}}},
        ],
    ),
    Edge(
        "device-fraction",
        [resources(**{"nvidia.com/gpu": "0.5"})],
        [resources(**{"nvidia.com/gpu": "many"}), resources(**{"nvidia.com/gpu": "3"}), resources(memory="1")],
    ),
    Edge("amount-name", [resources(gpu="1")], [resources(memory="1"), resources(gpu=["1"])]),
    Edge("amount-implausible", [resources(memory="1")], [resources(gpu="1")]),
)
EDGES = (*RUNNING, *PLACING, *NAMES)
"""Edges of rules about pods."""
