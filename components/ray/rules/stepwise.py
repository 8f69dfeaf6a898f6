"""Rules of upgrades that move requests step by step; they hold while the operator's gate is on."""

from collections.abc import Mapping
from typing import Any

from .kinds import ServiceView
from .rule import Found, rule
from .view import count, mapping, number

_GATE = "RayServiceIncrementalUpgrade"
_ALL = 100


def _options(service: ServiceView) -> Mapping[str, Any] | None:
    """The options of an upgrade step by step; None where there is no such upgrade, or it has none."""
    options = mapping(service.upgrade).get("clusterUpgradeOptions")
    return mapping(options) if service.stepwise and options is not None else None


def _surge(options: Mapping[str, Any]) -> int:
    surge = number(options.get("maxSurgePercent"))
    return _ALL if surge is None else surge


def _found(service: ServiceView, field: str, asked: str) -> Found:
    return Found(service.at("upgradeStrategy", "clusterUpgradeOptions", field), asked)


@rule(
    "stepwise-autoscaling",
    ServiceView,
    "operator 137",
    gate=_GATE,
    possible="the new cluster grows with its share of the requests, which is the autoscaler's work",
    remedy="set autoscaling, or choose NewCluster",
)
def stepwise_autoscaling(service: ServiceView) -> list[Found]:
    """An upgrade step by step comes with autoscaling."""
    if not service.stepwise or service.cluster.autoscaling:
        return []
    return [Found(service.cluster.at("enableInTreeAutoscaling"), "no autoscaling asked with an upgrade step by step")]


@rule(
    "stepwise-options",
    ServiceView,
    "operator 138",
    gate=_GATE,
    possible="the operator must know how large a step is, how long it waits, and which Gateway carries the requests",
    remedy="add cluster_upgrade_options",
)
def stepwise_options(service: ServiceView) -> list[Found]:
    """An upgrade step by step has its options."""
    if not service.stepwise or _options(service) is not None:
        return []
    return [Found(service.at("upgradeStrategy"), "an upgrade step by step asked without options")]


@rule(
    "stepwise-surge",
    ServiceView,
    "operator 139",
    gate=_GATE,
    possible="the new cluster takes from 0 to 100 percent more than there is",
    remedy="choose a number from 0 to 100",
)
def stepwise_surge(service: ServiceView) -> list[Found]:
    """``max_surge_percent`` is a percentage."""
    options = _options(service)
    if options is None or 0 <= _surge(options) <= _ALL:
        return []
    return [_found(service, "maxSurgePercent", f"{_surge(options)} asked")]


@rule(
    "stepwise-step",
    ServiceView,
    "operator 140",
    gate=_GATE,
    possible="a step moves from 0 to 100 percent of the requests",
    remedy="choose a number from 0 to 100",
)
def stepwise_step(service: ServiceView) -> list[Found]:
    """``step_size_percent`` is a percentage."""
    step = count((_options(service) or {}).get("stepSizePercent"))
    return [] if 0 <= step <= _ALL else [_found(service, "stepSizePercent", f"{step} asked")]


@rule(
    "stepwise-never-ends",
    ServiceView,
    "rayform",
    gate=_GATE,
    possible="steps of nothing never move a request, so the upgrade never ends",
    remedy="choose 1 or more",
)
def stepwise_never_ends(service: ServiceView) -> list[Found]:
    """A step moves something."""
    options = _options(service) or {}
    fields = ("stepSizePercent", "maxSurgePercent")
    return [_found(service, field, "0 asked") for field in fields if number(options.get(field)) == 0]


@rule(
    "stepwise-step-over-surge",
    ServiceView,
    "operator 141",
    since="1.7",
    gate=_GATE,
    possible="no more requests can move in one step than the new cluster may take",
    remedy="lower step_size_percent or raise max_surge_percent",
)
def stepwise_step_over_surge(service: ServiceView) -> list[Found]:
    """``step_size_percent`` is at most ``max_surge_percent``."""
    options = _options(service)
    if options is None:
        return []
    step, surge = count(options.get("stepSizePercent")), _surge(options)
    return [_found(service, "stepSizePercent", f"{step} asked with max_surge_percent {surge}")] if step > surge else []


@rule(
    "stepwise-interval",
    ServiceView,
    "operator 142",
    gate=_GATE,
    possible="there is 1 second or more between two steps",
    remedy="raise it to 1 or more",
)
def stepwise_interval(service: ServiceView) -> list[Found]:
    """``interval_seconds`` is 1 or more."""
    options = _options(service)
    if options is None:
        return []
    seconds = number(options.get("intervalSeconds"))
    return [_found(service, "intervalSeconds", f"{seconds} asked")] if seconds is not None and seconds <= 0 else []


@rule(
    "stepwise-gateway",
    ServiceView,
    "operator 143",
    gate=_GATE,
    possible="a Gateway shares the requests out between the two clusters",
    remedy="name a GatewayClass that is installed",
)
def stepwise_gateway(service: ServiceView) -> list[Found]:
    """``gateway_class_name`` names a GatewayClass."""
    options = _options(service)
    if options is None or options.get("gatewayClassName") != "":
        return []
    return [_found(service, "gatewayClassName", "no GatewayClass asked")]
