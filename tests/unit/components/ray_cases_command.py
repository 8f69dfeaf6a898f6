"""Rules of what runs in Ray's containers, broken and kept."""

from typing import Any

from ray_rule_case import Case, Edge, H, W

__all__ = ["CASES", "EDGES"]

C = f"{W} template spec containers 0"
ALONE = "ray.io/overwrite-container-cmd"
BEHIND = (
    "Ray would never run in it, or end at once; remove command and args, or end them with $KUBERAY_GEN_RAY_START_CMD "
    f"and set the annotation {ALONE}"
)
PROBED = (
    "asked, only a head listens there, so that the kubelet never finds the worker well; remove the probe: the operator "
    "makes one that fits"
)


def alone(
    command: list[str] | None, annotations: dict[str, str], image: str = "rayproject/ray:2.60.0"
) -> dict[str, Any]:
    """A head with a command of its own, and annotations of the object."""
    said: dict[str, Any] = {"metadata annotations": annotations, f"{H} image": image, f"{C} image": "ours/train:1"}
    return said | ({} if command is None else {f"{H} command": command})


def probed(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A worker that is probed so."""
    return {
        f"{C} livenessProbe": action,
        **{name.replace("_", " ").replace("S", f"{W} template spec"): more[name] for name in more},
    }


def asks(port: object, **more: str) -> dict[str, Any]:
    """A probe by HTTP."""
    return {"httpGet": {"path": "/", "port": port, **more}}


def pair(first: dict[str, str], second: dict[str, str]) -> dict[str, Any]:
    """A group's pods of two containers."""
    return {f"{W} template spec containers": [first, second]}


MOVED = ("dashboard-agent-listen-port", "metrics-export-port", "node-manager-port", "object-manager-port")
LOGS = {"name": "logs", "image": "fluent-bit:3"}
TRAIN = {"name": "train", "image": "rayproject/ray:2.60.0"}
CASES = (
    Case(
        "ray-container-first",
        pair(LOGS, TRAIN),
        (
            "workers[gpu]: train asked behind logs, the operator starts Ray in the first container, whatever its name; "
            "move the container of Ray to the front"
        ),
        pair(TRAIN, LOGS),
    ),
    Case(
        "ray-never-runs",
        {f"{C} command": ["ray", "start"], f"{C} args": ["--address=head:6379"]},
        f"workers[gpu].args: `ray start` asked without --block, which ends the container, {BEHIND}",
        {f"{C} command": ["bash", "-c"], f"{C} args": ["ray start --address=head:6379 --block"]},
    ),
    Case(
        "ray-never-runs",
        {f"{C} command": ["sleep", "infinity"]},
        f"workers[gpu].command: a command that never ends asked, {BEHIND}",
        {f"{C} command": ["sleep", "60"]},
    ),
    Case(
        "ray-never-runs",
        alone(None, {ALONE: "True"}),
        f"head.command: no command asked, and the operator's left out, {BEHIND}",
        alone(["bash", "-c", "$KUBERAY_GEN_RAY_START_CMD"], {ALONE: "true"}),
    ),
    Case(
        "worker-probed-as-head",
        probed(asks(8265)),
        f"workers[gpu].liveness_probe: port 8265 {PROBED}",
        {f"{H} livenessProbe": asks(8265)},
    ),
)
EDGES = (
    Edge(
        "ray-container-first",
        [pair(LOGS, {"name": "ray-worker", "image": "ours/train:1"}), pair({"name": "a"}, {"name": "ray-head"})],
        [
            pair(LOGS, {"name": "train", "image": "ours/train:1"}),
            pair({"name": "ray-worker"}, TRAIN),
            pair(TRAIN, TRAIN),
        ],
    ),
    Edge(
        "ray-never-runs",
        [
            {f"{C} args": ["echo a; ray start --head"]},
            {f"{C} args": ["tail -f /dev/null"]},
            {f"{C} command": ["bash", "-c", "sleep inf"]},
        ],
        [
            *(
                {f"{C} args": [f"ray start --head{behind}"]}
                for behind in ("; wait", " && sleep infinity", " | tee", "\nwait")
            ),
            alone(None, {ALONE: "true"}, "ours/train:1"),
            alone(None, {ALONE: "false"}),
            alone(["sleep", "infinity"], {ALONE: "true"}),
            {
                "spec headGroupSpec template metadata": {"annotations": {ALONE: "true"}},
                f"{H} command": ["sleep", "inf"],
            },
            {f"{C} command": ["bash"], f"{C} args": [1]},
        ],
    ),
    Edge(
        "worker-probed-as-head",
        [
            probed({"tcpSocket": {"port": 6379}}),
            {f"{C} readinessProbe": asks(10001)},
            {
                f"{C} startupProbe": asks("web"),
                f"{C} ports": [{"name": "api", "containerPort": 1}, {"name": "web", "containerPort": 8265}],
            },
        ],
        [
            probed(asks(8266)),
            probed(asks(8265, host="ray-head")),
            probed(asks("web")),
            probed({"exec": {"command": ["true"]}}),
            {**probed(asks(8265)), f"{W} template spec hostNetwork": True},
            *({**probed(asks(8265)), f"{W} rayStartParams": {flag: "8265"}} for flag in MOVED),
            {**probed(asks(8265)), f"{W} template spec containers 1": LOGS},
            {**probed(asks(8265)), f"{W} template spec initContainers": [LOGS]},
            {f"{C} livenessProbe": None},
        ],
    ),
)
"""Edges of the same rules."""
