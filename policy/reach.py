"""Who gets in: the ports that Ray listens on, and whom a NetworkPolicy lets in to them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules.view import items, mapping, text

from .shapes import is_everybody
from .subject import Subject

__all__ = ["RAY_DOORS", "RAY_PORTS", "TUNNELS", "let_in", "ray_port", "tunnel_of"]

_PORTS: Final = {8265: "the dashboard", 10001: "Ray Client", 6379: "the GCS", 52365: "the dashboard agent"}
_NAMED: Final = {"dashboard": 8265, "client": 10001, "gcs-server": 6379, "gcs": 6379, "dashboard-agent": 52365}
RAY_PORTS: Final = (*_PORTS, *_NAMED)
"""Ports on which Ray listens, by number and by name."""
RAY_DOORS: Final = tuple(port for port in _PORTS if port != 6379)
"""Those by number at which nothing else is known to listen, as Redis does at the GCS's."""
_EVERY: Final = "every port"
TUNNELS: Final = ("tailscale.com/expose", "tailscale.com/funnel")
"""Annotations by which a Service is reached from another network, or from the Internet."""


def ray_port(port: Any) -> str:
    """What of Ray listens at a port; empty is nothing."""
    known = _NAMED.get(port) if isinstance(port, str) else port
    return _PORTS.get(known, "") if isinstance(known, int) else ""


def tunnel_of(metadata: Mapping[str, Any]) -> str:
    """The annotation by which another network reaches a Service; empty is none."""
    there = mapping(metadata.get("annotations"))
    return next((name for name in TUNNELS if there.get(name) == "true"), "")


def let_in(policy: Subject) -> Iterator[tuple[int, list[str]]]:
    """The parts of a NetworkPolicy that let everybody in to ports of Ray, and what listens there."""
    for index, each in enumerate(items(policy.spec.get("ingress"))):
        sources, ports = items(each.get("from")), items(each.get("ports"))
        if not sources or any(map(_is_anybody, sources)):
            opened = [name for port in ports for name in _opened(port)] if ports else [_EVERY]
            if opened:
                yield index, opened


def _is_anybody(source: Mapping[str, Any]) -> bool:
    """Whether it is the Internet, or every pod of every namespace."""
    if is_everybody(text(mapping(source.get("ipBlock")).get("cidr"))):
        return True
    return source.get("namespaceSelector") == {} and not source.get("podSelector")


def _opened(port: Mapping[str, Any]) -> Iterator[str]:
    """What of Ray listens at a port, or a range of ports, over TCP."""
    if port.get("protocol", "TCP") != "TCP":
        return
    first, last = port.get("port"), port.get("endPort")
    if first is None:
        yield _EVERY
    elif isinstance(first, int) and isinstance(last, int):
        yield from (name for number, name in _PORTS.items() if first <= number <= last)
    elif name := ray_port(first):
        yield name
