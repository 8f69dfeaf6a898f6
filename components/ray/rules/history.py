"""Rules of the history server's collector."""

from collections.abc import Mapping
from typing import Any

from .operator import switch_on
from .rule import Found, rule
from .view import ClusterView, items, text

_COLLECTOR = "ray-history-collector"
_OWN = (
    "POD_IP",
    "FQ_RAY_IP",
    "RAY_CLUSTER_NAME",
    "RAY_CLUSTER_NAMESPACE",
    "RAY_ROLE",
    "OWNER_KIND",
    "OWNER_NAME",
    "EVENTS_PORT",
)
_CONNECTION, _ACCOUNT = "AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_ACCOUNT_URL"
_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "GCS": (("GCS_BUCKET",),),
    "S3": (("S3_REGION",),),
    "ALIYUNOSS": (("OSS_BUCKET",), ("OSS_ENDPOINT",), ("OSS_REGION",)),
}
_AZURE: dict[str, tuple[tuple[str, ...], ...]] = {
    "connection_string": ((_CONNECTION,),),
    "workload_identity": ((_ACCOUNT,),),
    "default": ((_ACCOUNT,),),
}


def _env(collector: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {text(entry.get("name")): entry for entry in items(collector.get("env"))}


@rule(
    "history-gate",
    ClusterView,
    "operator 49",
    about="historyServerOptions",
    since="1.7",
    gate="RayClusterHistoryServer",
    possible="the operator's gate RayClusterHistoryServer is off",
    remedy=f"{switch_on('RayClusterHistoryServer')}, or leave history_server_options out",
)
def history_gate(cluster: ClusterView) -> list[Found]:
    """``history_server_options`` come with their gate."""
    if cluster.collector is None or cluster.gate("RayClusterHistoryServer"):
        return []
    return [Found(cluster.at("historyServerOptions"), "asked")]


@rule(
    "history-collector",
    ClusterView,
    "operator 50, 51",
    about="historyServerOptions",
    since="1.7",
    possible="the collector runs an image that must be named",
    remedy="set collector_options.image",
)
def history_collector(cluster: ClusterView) -> list[Found]:
    """``history_server_options`` name the collector's image."""
    collector = cluster.collector
    if collector is None or collector.get("image"):
        return []
    return [Found(cluster.at("historyServerOptions", "collectorOptions", "image"), "no image asked")]


@rule(
    "history-own-variable",
    ClusterView,
    "operator 52",
    about="historyServerOptions",
    since="1.7",
    possible="the operator writes this variable itself",
    remedy="remove it",
)
def history_own_variable(cluster: ClusterView) -> list[Found]:
    """The collector's environment holds none of the operator's variables."""
    collector = cluster.collector
    if not collector:
        return []
    path = cluster.at("historyServerOptions", "collectorOptions", "env")
    return [Found((*path, name), "set by hand") for name in _OWN if name in _env(collector)]


@rule(
    "history-backend",
    ClusterView,
    "operator 53",
    about="historyServerOptions",
    since="1.7",
    possible="the collector must know its storage before it starts, from a plain value",
    remedy="set STORAGE_BACKEND to GCS, S3, AZUREBLOB or ALIYUNOSS",
)
def history_backend(cluster: ClusterView) -> list[Found]:
    """The collector's environment says STORAGE_BACKEND as a plain value."""
    collector = cluster.collector
    if not collector or _env(collector).get("STORAGE_BACKEND", {}).get("value"):
        return []
    path = cluster.at("historyServerOptions", "collectorOptions", "env", "STORAGE_BACKEND")
    return [Found(path, "no plain value asked")]


@rule(
    "history-storage",
    ClusterView,
    "operator 54, 55, 56, 57, 58, 59, 60, 61",
    about="historyServerOptions",
    since="1.7",
    possible="this storage cannot be reached without it",
    remedy="set it in collector_options.env",
)
def history_storage(cluster: ClusterView) -> list[Found]:
    """The collector's environment says where its storage is."""
    collector = cluster.collector
    if not collector:
        return []
    env = _env(collector)
    backend = text(env.get("STORAGE_BACKEND", {}).get("value")).upper()
    mode = text(env.get("AZURE_STORAGE_AUTH_MODE", {}).get("value")).strip().lower()
    needs = _AZURE.get(mode, ((_CONNECTION, _ACCOUNT),)) if backend == "AZUREBLOB" else _NEEDS.get(backend, ())
    path = cluster.at("historyServerOptions", "collectorOptions", "env")
    return [
        Found((*path, names[0]), f"{' or '.join(names)} not given with {backend}")
        for names in needs
        if not any(_has_value(env.get(name, {})) for name in names)
    ]


def _has_value(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("value")) or entry.get("valueFrom") is not None


@rule(
    "history-container",
    ClusterView,
    "operator 62, 63",
    about="historyServerOptions",
    since="1.7",
    possible=f"the operator adds a container {_COLLECTOR} itself",
    remedy="give the container another name",
)
def history_container(cluster: ClusterView) -> list[Found]:
    """With the collector, no pod has a container of its name."""
    if cluster.collector is None:
        return []
    return [
        Found(pod.at("template", "spec", "containers", index), f"a container {_COLLECTOR} asked")
        for pod in cluster.pods
        for index, container in enumerate(pod.containers)
        if container.get("name") == _COLLECTOR
    ]
