"""Rules of words that the CRD takes as any text and Kubernetes refuses when the operator has begun to build."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .rule import Found, rule
from .view import ClusterView, Path, text

_SERVICES = ("ClusterIP", "NodePort", "LoadBalancer")
_PULLS = ("Always", "IfNotPresent", "Never")
_RESTARTS = ("Always", "OnFailure", "Never")


@rule(
    "service-type-unknown",
    ClusterView,
    "kubernetes",
    about="serviceType",
    possible=f"a Service in front of pods is {', '.join(_SERVICES[:-1])} or {_SERVICES[-1]}",
    remedy="choose one of them, or leave it out",
)
def service_type_unknown(cluster: ClusterView) -> list[Found]:
    """``service_type`` of the head is one that there is."""
    return _strange([(cluster.head.path, cluster.head.group)], "serviceType", _SERVICES)


@rule(
    "pull-policy-unknown",
    ClusterView,
    "kubernetes",
    about=("imagePullPolicy", "historyServerOptions"),
    typed=True,
    possible=f"images are pulled {', '.join(_PULLS[:-1])} or {_PULLS[-1]}",
    remedy="choose one of them, or leave it out",
)
def pull_policy_unknown(cluster: ClusterView) -> list[Found]:
    """``image_pull_policy`` is one that there is."""
    return _strange(_images(cluster), "imagePullPolicy", _PULLS)


def _images(cluster: ClusterView) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for pod in cluster.pods:
        for index, container in enumerate(pod.containers):
            yield pod.at("template", "spec", "containers", index), container
        for index, container in enumerate(pod.before):
            yield pod.at("template", "spec", "initContainers", index), container
    yield cluster.at("autoscalerOptions"), cluster.autoscaler
    if cluster.collector:
        yield cluster.at("historyServerOptions", "collectorOptions"), cluster.collector


@rule(
    "restart-policy-unknown",
    ClusterView,
    "kubernetes",
    about="restartPolicy",
    possible=f"pods restart {', '.join(_RESTARTS[:-1])} or {_RESTARTS[-1]}",
    remedy="choose one of them, or leave it out",
)
def restart_policy_unknown(cluster: ClusterView) -> list[Found]:
    """``restart_policy`` is one that there is."""
    pods = [(pod.at("template", "spec"), pod.spec) for pod in cluster.pods if "restartPolicy" in pod.spec]
    return _strange(pods, "restartPolicy", _RESTARTS)


def _strange(parts: Iterable[tuple[Path, Mapping[str, Any]]], field: str, known: Sequence[str]) -> list[Found]:
    return [
        Found((*path, field), f"{word!r} asked")
        for path, part in parts
        if (word := text(part.get(field))) and word not in known
    ]
