"""Rules of services: how they start, and how they are replaced."""

from .golang import duration, integer
from .kinds import INCREMENTAL, ServiceView
from .operator import switch_on
from .rule import Found, Severity, rule
from .view import count, items, mapping, text

_TIMEOUT = "ray.io/initializing-timeout"
_UPGRADES = (INCREMENTAL, "NewCluster", "None")
_UNUSED = ("serviceUnhealthySecondThreshold", "deploymentUnhealthySecondThreshold")


@rule(
    "initializing-timeout",
    ServiceView,
    "operator 129, 130, 131",
    possible="it is more than no time, as 5m, 1h30m or a number of seconds",
    remedy="write such an amount of time, or leave the annotation out",
)
def initializing_timeout(service: ServiceView) -> list[Found]:
    """The annotation ``ray.io/initializing-timeout`` is an amount of time."""
    asked = text(service.annotations.get(_TIMEOUT))
    amount = duration(asked)
    if not asked or (amount if amount is not None else integer(asked) or 0) > 0:
        return []
    return [Found(("metadata", "annotations", _TIMEOUT), f"{asked!r} asked")]


@rule(
    "kubernetes-token-in-service",
    ServiceView,
    "operator 132",
    possible="tokens judged by Kubernetes work for a RayCluster of its own only",
    remedy="leave enable_k8s_token_auth out",
)
def kubernetes_token_in_service(service: ServiceView) -> list[Found]:
    """The cluster of a service does not let Kubernetes judge tokens."""
    if service.cluster.auth.get("enableK8sTokenAuth") is not True:
        return []
    return [Found(service.cluster.at("authOptions", "enableK8sTokenAuth"), "asked for the cluster of a service")]


@rule(
    "head-service-named",
    ServiceView,
    "operator 134",
    possible="each cluster of the service needs a head service of its own name",
    remedy="leave the name out",
)
def head_service_named(service: ServiceView) -> list[Found]:
    """The head service of a service's cluster has no name of its own."""
    name = mapping(mapping(service.cluster.head.group.get("headService")).get("metadata")).get("name")
    return [Found(service.cluster.head.at("headService", "metadata", "name"), f"{name!r} asked")] if name else []


@rule(
    "service-upgrade-type",
    ServiceView,
    "operator 135",
    possible=f"{', '.join(_UPGRADES)} are known",
    remedy="choose one of them",
)
def service_upgrade_type(service: ServiceView) -> list[Found]:
    """``upgrade_strategy.type`` is one that the operator knows."""
    asked = mapping(service.upgrade).get("type")
    if asked is None or asked in _UPGRADES:
        return []
    return [Found(service.at("upgradeStrategy", "type"), f"{asked!r} asked")]


@rule(
    "service-upgrade-type-missing",
    ServiceView,
    "operator (at run time)",
    gate="RayServiceIncrementalUpgrade",
    possible="the operator fails on it again and again while its gate RayServiceIncrementalUpgrade is on",
    remedy="write its type, or leave upgrade_strategy out",
)
def service_upgrade_type_missing(service: ServiceView) -> list[Found]:
    """``upgrade_strategy`` says its type where the gate is on."""
    if service.upgrade is None or not service.gate or mapping(service.upgrade).get("type") is not None:
        return []
    return [Found(service.at("upgradeStrategy"), "asked without type")]


@rule(
    "service-upgrade-gate",
    ServiceView,
    "rayform",
    gate="RayServiceIncrementalUpgrade",
    possible="the operator's gate RayServiceIncrementalUpgrade is off, and it then never upgrades the cluster",
    remedy=f"{switch_on('RayServiceIncrementalUpgrade')}, or choose NewCluster",
)
def service_upgrade_gate(service: ServiceView) -> list[Found]:
    """An upgrade step by step comes with its gate."""
    if service.gate or text(mapping(service.upgrade).get("type")) != INCREMENTAL:
        return []
    return [Found(service.at("upgradeStrategy", "type"), f"{INCREMENTAL} asked")]


@rule(
    "deletion-delay-negative",
    ServiceView,
    "operator 136",
    possible="the old cluster stays for 0 seconds or more",
    remedy="raise it to 0 or more",
)
def deletion_delay_negative(service: ServiceView) -> list[Found]:
    """``ray_cluster_deletion_delay_seconds`` is 0 or more."""
    seconds = count(service.spec.get("rayClusterDeletionDelaySeconds"))
    return [Found(service.at("rayClusterDeletionDelaySeconds"), f"{seconds} asked")] if seconds < 0 else []


@rule(
    "serve-port",
    ServiceView,
    "operator (at run time)",
    possible="a list of ports replaces the operator's own, and requests come in through the port named serve",
    remedy="add serve (8000) to the head's ports, or list none",
)
def serve_port(service: ServiceView) -> list[Found]:
    """A head that lists ports lists the one of Serve, unless the service brings its own Service."""
    listed = items(service.cluster.head.main.get("ports"))
    named = [text(port.get("name")) for port in listed]
    if not listed or any(name == "serve" or name.startswith("serve-") for name in named):
        return []
    if service.spec.get("serveService") is not None and not service.stepwise:
        return []
    return [Found(service.cluster.head.in_main("ports"), f"{len(listed)} listed without serve")]


@rule(
    "service-threshold-unused",
    ServiceView,
    "rayform",
    severity=Severity.WARNING,
    possible="the operator takes the field and does nothing with it",
    remedy="leave it out",
)
def service_threshold_unused(service: ServiceView) -> list[Found]:
    """Fields that no longer mean anything are left out."""
    return [Found(service.at(name), "asked") for name in _UNUSED if service.spec.get(name) is not None]
