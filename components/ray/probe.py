"""Health probes of a container."""

from typing import Self

from pydantic import model_validator
from rayform.spec.model import Count, Listed, PositiveCount, Spec
from rayform.spec.refusal import UnfitError

__all__ = ["Port", "Probe"]


class Port(Spec):
    """A port a container listens on."""

    container_port: PositiveCount
    """The number, up to 65535."""
    name: str | None = None
    """What the operator and Services call it: gcs-server, dashboard, client, serve, metrics."""


class Probe(Spec):
    """A health check of a container: an HTTP request, a command, or a connection."""

    http_path: str | None = None
    """The path of an HTTP GET on ``port``; an answer from 200 to 399 passes."""
    command: Listed[str] = ()
    """A command in the container; exit 0 passes."""
    port: PositiveCount | None = None
    """The port of the HTTP request or, without ``http_path``, of a TCP connection."""
    initial_delay_seconds: Count | None = None
    """How long to wait before the first check; None is 0."""
    period_seconds: PositiveCount | None = None
    """How often to check; None is 10."""
    timeout_seconds: PositiveCount | None = None
    """How long one check may take; None is 1."""
    success_threshold: PositiveCount | None = None
    """Successes in a row that make it healthy again; None is 1."""
    failure_threshold: PositiveCount | None = None
    """Failures in a row that make it unhealthy; None is 3."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.command) == (self.port is not None) or (self.http_path is not None and self.port is None):
            asked = "neither one command nor one port asked"
            raise UnfitError(asked, "a probe asks one way", "give command, or port with or without http_path")
        return self
