"""Where objects of the Ray kinds are reached from within the Kubernetes cluster."""

from collections.abc import Iterable, Mapping
from typing import Any

from .rules.kinds import INCREMENTAL

__all__ = ["gateway", "serve_port", "serve_service", "url"]

_SERVE = "serve"
_PORT = 8000


def url(scheme: str, service: str, metadata: Mapping[str, Any], port: int) -> str:
    """The address of a Service in the namespace that an object's metadata name."""
    return f"{scheme}://{service}.{metadata.get('namespace') or 'default'}.svc:{port}"


def gateway(manifest: Mapping[str, Any]) -> str:
    """The Gateway of a RayService whose upgrades go step by step; empty for others."""
    strategy: Mapping[str, Any] = manifest["spec"].get("upgradeStrategy", {})
    return f"{manifest['metadata']['name']}-gateway" if strategy.get("type") == INCREMENTAL else ""


def serve_service(manifest: Mapping[str, Any]) -> str:
    """The Service that requests to a RayService come in by; empty where each cluster has its own, behind a Gateway."""
    asked: Mapping[str, Any] = manifest["spec"].get("serveService", {}).get("metadata", {})
    return "" if gateway(manifest) else asked.get("name") or f"{manifest['metadata']['name']}-serve-svc"


def serve_port(manifest: Mapping[str, Any]) -> int:
    """The port of that Service: as it says itself, as the head's container says, or 8000."""
    spec: Mapping[str, Any] = manifest["spec"]
    own = spec.get("serveService", {}).get("spec", {}).get("ports", ())
    (head, *_) = spec["rayClusterConfig"]["headGroupSpec"]["template"]["spec"]["containers"]
    listed = [*_serving(own, "port"), *_serving(head.get("ports", ()), "containerPort")]
    return listed[0] if listed else _PORT


def _serving(ports: Iterable[Mapping[str, Any]], field: str) -> list[int]:
    return [port[field] for port in ports if port.get("name") == _SERVE and field in port]
