"""Rules of values in the configuration of Ray Serve that Ray refuses, or took under another name once.

Source: ``DeploymentSchema`` of Ray 2.60.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .inline import inline
from .kinds import ServiceView
from .rule import Found, rule
from .view import items, mapping, text

_ONCE = {"max_concurrent_queries": "max_ongoing_requests"}
_AUTO = "auto"


@rule(
    "serve-replicas-form",
    ServiceView,
    "ray",
    possible="it is a whole number from 1 on, or auto, and Serve refuses the whole configuration otherwise",
    remedy="write such a number without quotes, or leave it out for 1",
)
def serve_replicas_form(service: ServiceView) -> list[Found]:
    """The number of a deployment's replicas is one, or left to Serve."""
    return [
        Found(service.at("serveConfigV2"), f"num_replicas {asked!r} asked for deployment {text(each.get('name'))}")
        for each in _deployments(service)
        if (asked := each.get("num_replicas")) is not None and not _is_count(asked)
    ]


def _is_count(asked: object) -> bool:
    return asked == _AUTO or (isinstance(asked, int) and not isinstance(asked, bool) and asked > 0)


@rule(
    "serve-field-renamed",
    ServiceView,
    "ray",
    possible="Ray has renamed the field, and drops the old one in silence",
    remedy="write the field that there is",
)
def serve_field_renamed(service: ServiceView) -> list[Found]:
    """No field of Serve's configuration has its name of once."""
    return [
        Found(
            service.at("serveConfigV2"), f"{old} asked for deployment {text(each.get('name'))}", remedy=f"write {new}"
        )
        for each in _deployments(service)
        for old, new in _ONCE.items()
        if old in each
    ]


def _deployments(service: ServiceView) -> Iterator[Mapping[str, Any]]:
    for application in items(mapping(inline(text(service.spec.get("serveConfigV2")))[0]).get("applications")):
        yield from items(application.get("deployments"))
