"""Rules of mutual TLS within the cluster."""

from collections.abc import Mapping, Sequence
from typing import Any

from .operator import switch_on
from .rule import Found, rule
from .view import ClusterView, Path, items, mapping

_VARIABLES = ("RAY_USE_TLS", "RAY_TLS_SERVER_CERT", "RAY_TLS_SERVER_KEY", "RAY_TLS_CA_CERT")
_VOLUME, _DIRECTORY = "ray-tls", "/etc/ray/tls"


def _on(cluster: ClusterView) -> bool:
    options = cluster.spec.get("tlsOptions")
    return options is not None and mapping(options).get("enabled") is not False


@rule(
    "tls-gate",
    ClusterView,
    "operator 79",
    about="tlsOptions",
    since="1.7",
    gate="RayClusterMTLS",
    possible="the operator's gate RayClusterMTLS is off",
    remedy=f"{switch_on('RayClusterMTLS')} beside cert-manager, or leave tls_options out",
)
def tls_gate(cluster: ClusterView) -> list[Found]:
    """``tls_options`` come with their gate."""
    if cluster.spec.get("tlsOptions") is None or cluster.gate("RayClusterMTLS"):
        return []
    return [Found(cluster.at("tlsOptions"), "asked")]


@rule(
    "tls-variable",
    ClusterView,
    "operator 80, 81, 82",
    about="tlsOptions",
    since="1.7",
    possible="the operator writes this variable itself",
    remedy="remove it",
)
def tls_variable(cluster: ClusterView) -> list[Found]:
    """With TLS, no environment of Ray or the autoscaler sets it by hand."""
    if not _on(cluster):
        return []
    beside = {entry.get("name") for entry in items(cluster.autoscaler.get("env"))}
    return [
        *(
            Found(pod.in_main("env", name), "set by hand")
            for pod in cluster.pods
            for name in _VARIABLES
            if name in pod.env
        ),
        *(Found(cluster.at("autoscalerOptions", "env", name), "set by hand") for name in _VARIABLES if name in beside),
    ]


@rule(
    "tls-mount",
    ClusterView,
    "operator 83, 84, 85, 86",
    about="tlsOptions",
    since="1.7",
    possible=f"the operator mounts the certificates itself, as {_VOLUME} at {_DIRECTORY}",
    remedy="mount elsewhere under another name",
)
def tls_mount(cluster: ClusterView) -> list[Found]:
    """With TLS, nothing is mounted where the certificates go."""
    if not _on(cluster):
        return []
    pods = [found for pod in cluster.pods for found in _mounted(pod.main.get("volumeMounts"), pod.in_main())]
    return [*pods, *_mounted(cluster.autoscaler.get("volumeMounts"), cluster.at("autoscalerOptions"))]


def _mounted(mounts: Any, path: Path) -> Sequence[Found]:
    return [
        Found((*path, "volumeMounts", index), f"{mount.get('name')} at {mount.get('mountPath')} mounted by hand")
        for index, mount in enumerate(items(mounts))
        if _taken(mount)
    ]


def _taken(mount: Mapping[str, Any]) -> bool:
    return mount.get("name") == _VOLUME or mount.get("mountPath") == _DIRECTORY
