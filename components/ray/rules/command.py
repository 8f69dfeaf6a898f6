"""Rules of what runs in the main container: Ray, for as long as the pod is there.

Source: ``BuildPod`` of KubeRay 1.6: the operator writes ``ray start`` behind the container's own command, unless that
says ``ray start`` itself or the annotation leaves the command alone.
"""

from collections.abc import Mapping
from typing import Any

from .image import is_ray
from .rule import Found, rule
from .view import ClusterView, PodView, listed, mapping, text

_ALONE = "ray.io/overwrite-container-cmd"
_ENDLESS = ("sleep infinity", "sleep inf", "tail -f /dev/null")
_NAMES = ("ray-head", "ray-worker")
_HEAD_PORTS = (6379, 8265, 10001)
"""Where only a head listens: its GCS, dashboard and Ray Client server."""
_STARTED = "$KUBERAY_GEN_RAY_START_CMD"


@rule(
    "ray-container-first",
    ClusterView,
    "operator (at run time)",
    possible="the operator starts Ray in the first container, whatever its name",
    remedy="move the container of Ray to the front",
)
def ray_container_first(cluster: ClusterView) -> list[Found]:
    """The first container of a Ray pod is the one of Ray, where another one can be told to be."""
    return [
        Found(pod.at("template", "spec", "containers"), f"{text(other.get('name'))} asked behind {name}")
        for pod in cluster.pods
        if len(pod.containers) > 1 and not _is_ray(pod.main)
        for name in [text(pod.main.get("name"))]
        for other in [next(filter(_is_ray, pod.containers), None)]
        if other
    ]


def _is_ray(container: Mapping[str, Any]) -> bool:
    return container.get("name") in _NAMES or is_ray(container.get("image"))


@rule(
    "ray-never-runs",
    ClusterView,
    "operator (at run time)",
    about=("command", "args", _ALONE),
    possible="Ray would never run in it, or end at once",
    remedy=f"remove command and args, or end them with {_STARTED} and set the annotation {_ALONE}",
)
def ray_never_runs(cluster: ClusterView) -> list[Found]:
    """The command of a Ray container lets Ray run for as long as the container does."""
    alone = text(cluster.annotations.get(_ALONE)).lower() == "true"
    return [
        Found(pod.in_main("args" if "args" in pod.main else "command"), asked)
        for pod in cluster.pods
        if (asked := _fault(pod, alone=alone or _is_alone(pod)))
    ]


def _is_alone(pod: PodView) -> bool:
    annotations = mapping(mapping(pod.template.get("metadata")).get("annotations"))
    return text(annotations.get(_ALONE)).lower() == "true"


def _fault(pod: PodView, *, alone: bool) -> str:
    command = " ".join(text(word) for name in ("command", "args") for word in listed(pod.main.get(name))).strip()
    if not command:
        return "no command asked, and the operator's left out" if alone and is_ray(pod.main.get("image")) else ""
    _, started, behind = command.rpartition("ray start")
    if started:
        ends = not {";", "&", "|", "\n"}.intersection(behind) and "--block" not in behind
        return "`ray start` asked without --block, which ends the container" if ends else ""
    # The command itself may hold a secret.
    return "a command that never ends asked" if not alone and command.endswith(_ENDLESS) else ""


@rule(
    "worker-probed-as-head",
    ClusterView,
    "ray",
    about=("livenessProbe", "readinessProbe", "startupProbe"),
    possible="only a head listens there, so that the kubelet never finds the worker well",
    remedy="remove the probe: the operator makes one that fits",
)
def worker_probed_as_head(cluster: ClusterView) -> list[Found]:
    """No probe of a worker asks for what only a head has."""
    return [
        Found(pod.in_main(probe), f"port {port} asked")
        for pod in cluster.groups
        # Containers of a pod, and pods of a node's network, listen for each other.
        if len(pod.containers) == 1 and not pod.before and not pod.spec.get("hostNetwork")
        for probe in ("livenessProbe", "readinessProbe", "startupProbe")
        if probe in pod.main
        for port in [_probed(pod, mapping(pod.main[probe]))]
        if port in _HEAD_PORTS and not pod.start.keys() & _MOVED
    ]


_MOVED = {"dashboard-agent-listen-port", "metrics-export-port", "node-manager-port", "object-manager-port"}


def _probed(pod: PodView, probe: Mapping[str, Any]) -> object:
    """The port that a probe asks at, which may be named; None where it asks another way, or another host."""
    action = mapping(probe.get("httpGet")) or mapping(probe.get("tcpSocket"))
    port = None if action.get("host") else action.get("port")
    if not isinstance(port, str):
        return port
    named = (mapping(each) for each in listed(pod.main.get("ports")))
    return next((each.get("containerPort") for each in named if each.get("name") == port), None)
