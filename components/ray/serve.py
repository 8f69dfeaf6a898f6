"""What Ray Serve runs, described: the applications of a service. Names and meanings are Ray's own, as of Ray 2.60."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from rayform.spec.model import Flag, Listed, PositiveCount

from .deployment import Plain, ServeDeployment, ServeLogged, ServePart
from .runtime_env import RuntimeEnv

__all__ = ["ServeApplication", "ServeConfig", "ServeGrpcOptions", "ServeHttpOptions"]


class _Proxy(ServePart):
    """What Serve's proxies have in common, whatever they speak; fixed once Serve runs."""

    port: PositiveCount | None = None
    """The port requests come in by; None is 8000 for HTTP, 9000 for gRPC."""
    request_timeout_s: float | None = None
    """How long a request may take; None is for ever."""


class ServeHttpOptions(_Proxy):
    """How requests by HTTP come in."""

    host: str | None = None
    """The address Serve listens on; None is all of the pod's."""
    root_path: str | None = None
    """The path that a proxy before Serve strips off; None is none."""
    keep_alive_timeout_s: PositiveCount | None = None
    """How long an idle connection is kept; None is Ray's default."""
    ssl_certfile: str | None = None
    """The certificate's file in the pod; with ``ssl_keyfile`` it makes the requests HTTPS."""
    ssl_keyfile: str | None = None
    """The file of the certificate's key in the pod."""
    ssl_ca_certs: str | None = None
    """The file in the pod by which certificates of clients are judged; None asks for none."""


class ServeGrpcOptions(_Proxy):
    """How requests by gRPC come in."""

    grpc_servicer_functions: Listed[str] = ()
    """Functions that add a servicer to a server, as ``module.function``; empty starts no gRPC server."""
    enable_reflection: Flag | None = None
    """Whether clients may ask for the services there are; None means yes."""


class ServeApplication(ServeLogged):
    """A graph of deployments, imported from the image or from ``runtime_env``."""

    import_path: str
    """Where the application is imported from: ``module:attribute``."""
    name: str = "default"
    """The name of the application, unique within the service."""
    route_prefix: str | None = "/"
    """The path its requests start with, unique within the service; None is reached by handles only, not by HTTP."""
    runtime_env: RuntimeEnv | None = None
    """The environment of its deployments; its code may only come from URLs that every node reaches."""
    args: Mapping[str, Plain] = Field(default_factory=dict)
    """Arguments of the function at ``import_path`` that builds the application."""
    deployments: Listed[ServeDeployment] = ()
    """What deployments have otherwise than their code says."""
    autoscaling_policy: Mapping[str, Plain] = Field(default_factory=dict)
    """A policy that scales the deployments together, in Ray's own form."""
    external_scaler_enabled: Flag | None = None
    """Whether something outside of Serve sets the numbers of replicas; None means no."""


class ServeConfig(ServeLogged):
    """Everything that Serve runs in one cluster. A change of it alone is taken by the running cluster."""

    applications: Listed[ServeApplication]
    """The applications."""
    proxy_location: Literal["Disabled", "HeadOnly", "EveryNode"] | None = None
    """Where requests come in; None is on every node that has replicas, and the head."""
    http_options: ServeHttpOptions | None = None
    """How requests by HTTP come in; None is by port 8000."""
    grpc_options: ServeGrpcOptions | None = None
    """How requests by gRPC come in; None is not at all."""
