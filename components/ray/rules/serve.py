"""Rules of the configuration of Ray Serve, as far as its shape goes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from rayform.spec.model import Spec

from ..deployment import ServeActorOptions, ServeAutoscaling, ServeDeployment, ServeLogging
from ..serve import ServeApplication, ServeConfig, ServeGrpcOptions, ServeHttpOptions
from .inline import inline
from .kinds import ServiceView
from .rule import Found, rule
from .view import Path, items, listed, mapping, number, text

_BOUNDS = (("min_replicas", "at least"), ("initial_replicas", "at first"), ("max_replicas", "at most"))
"""What bounds the replicas of a deployment, from the fewest to the most, with what each asks for in words."""
_MODULE = re.compile(r"[^\s./\\:]+(?:\.[^\s./\\:]+)*")
_DEFAULT_NAME = "default"
_PORT = 8000
_PARTS: Mapping[str, type[Spec]] = {
    "applications": ServeApplication,
    "autoscaling_config": ServeAutoscaling,
    "deployments": ServeDeployment,
    "grpc_options": ServeGrpcOptions,
    "http_options": ServeHttpOptions,
    "logging_config": ServeLogging,
    "ray_actor_options": ServeActorOptions,
}


def _path(service: ServiceView) -> Path:
    return service.at("serveConfigV2")


def _config(service: ServiceView) -> Mapping[str, Any]:
    return mapping(inline(text(service.spec.get("serveConfigV2")))[0])


def _applications(service: ServiceView) -> Sequence[Mapping[str, Any]]:
    return items(_config(service).get("applications"))


def _deployments(service: ServiceView) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each deployment that is written, with the application it is of."""
    for application in _applications(service):
        for deployment in items(application.get("deployments")):
            yield application, deployment


def _name(application: Mapping[str, Any]) -> str:
    return text(application.get("name", _DEFAULT_NAME))


@rule(
    "serve-config-missing",
    ServiceView,
    "ray",
    possible="a service without applications never answers a request",
    remedy="write its applications",
)
def serve_config_missing(service: ServiceView) -> list[Found]:
    """A service has something to serve."""
    config = service.spec.get("serveConfigV2")
    if config is not None and (not isinstance(config, str) or config.strip()):
        return []
    return [Found(_path(service), "nothing asked")]


@rule(
    "serve-config-yaml",
    ServiceView,
    "ray",
    possible="it must be a mapping in YAML, with the list of applications",
    remedy="mend the text",
)
def serve_config_yaml(service: ServiceView) -> list[Found]:
    """``serve_config_v2`` is YAML of a mapping with applications."""
    config = text(service.spec.get("serveConfigV2"))
    if not config.strip():
        return []
    value, problem = inline(config)
    if problem:
        return [Found(_path(service), problem)]
    if not isinstance(value, dict):
        return [Found(_path(service), "text that is no mapping")]
    applications = listed(mapping(value).get("applications"))
    if not applications:
        return [Found(_path(service), "no applications asked")]
    strange = [number for number, each in enumerate(applications, 1) if not isinstance(each, dict)]
    return [Found(_path(service), f"application {number} asked as no mapping") for number in strange]


@rule(
    "serve-import-path",
    ServiceView,
    "ray",
    possible="Serve imports an application as Python does, from module:attribute, not from a file",
    remedy="write app in chat.py as chat:app, and in src/chat.py as src.chat:app",
)
def serve_import_path(service: ServiceView) -> list[Found]:
    """Each application says where it is imported from, once a template is filled in."""
    return [
        Found(_path(service), f"application {_name(application)} asked with import_path {path!r}")
        for application in _applications(service)
        if not _importable(path := text(application.get("import_path"))) and "$" not in path
    ]


def _importable(path: str) -> bool:
    module, _, attribute = path.partition(":") if ":" in path else path.rpartition(".")
    if not _MODULE.fullmatch(module) or module.endswith(".py"):
        return False
    return attribute.isidentifier() and attribute != "py"


@rule(
    "serve-application-twice",
    ServiceView,
    "ray",
    possible="Serve tells applications apart by name, and requests by route_prefix",
    remedy="give each its own; name is default and route_prefix is / where they are not written",
)
def serve_application_twice(service: ServiceView) -> list[Found]:
    """Applications have names and routes of their own."""
    applications = _applications(service)
    names = [_name(application) for application in applications]
    routes = [route for application in applications if isinstance(route := application.get("route_prefix", "/"), str)]
    twice = [*(f"name {name}" for name in _twice(names)), *(f"route_prefix {route}" for route in _twice(routes))]
    return [Found(_path(service), f"{what} asked for several applications") for what in twice]


@rule(
    "serve-route-form",
    ServiceView,
    "ray",
    possible="a route starts with a slash, does not end with one, and has no braces",
    remedy="write it so, such as /chat",
)
def serve_route_form(service: ServiceView) -> list[Found]:
    """Routes are paths."""
    return [
        Found(_path(service), f"route_prefix {route!r} asked for application {_name(application)}")
        for application in _applications(service)
        if isinstance(route := application.get("route_prefix"), str) and not _is_route(route)
    ]


def _is_route(route: str) -> bool:
    return route == "/" or (route.startswith("/") and not route.endswith("/") and not {"{", "}"} & set(route))


@rule(
    "serve-deployment-form",
    ServiceView,
    "ray",
    possible="Serve finds a deployment in the application by its name",
    remedy="name each deployment once",
)
def serve_deployment_form(service: ServiceView) -> list[Found]:
    """Deployments are named, each once."""
    return [
        Found(_path(service), f"{what} asked in application {_name(application)}")
        for application in _applications(service)
        for what in _unfit(items(application.get("deployments")))
    ]


def _unfit(deployments: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [text(deployment.get("name")) for deployment in deployments]
    if not all(names):
        yield "a deployment whose name is no text"
    yield from (f"deployment {name} twice" for name in _twice([name for name in names if name]))


@rule(
    "serve-replicas-twice",
    ServiceView,
    "ray",
    possible="the number of replicas is fixed, or Serve sets it",
    remedy="keep one of them",
)
def serve_replicas_twice(service: ServiceView) -> list[Found]:
    """A deployment's replicas are counted in one way."""
    return [
        Found(
            _path(service), f"num_replicas and autoscaling_config asked for deployment {name} of {_name(application)}"
        )
        for application, deployment in _deployments(service)
        if isinstance(deployment.get("num_replicas"), int) and deployment.get("autoscaling_config") is not None
        for name in [text(deployment.get("name"))]
    ]


@rule(
    "serve-replicas-bounds",
    ServiceView,
    "ray",
    possible="Serve begins with a number between the fewest and the most, and refuses any other configuration",
    remedy="lower the first, or raise the second",
)
def serve_replicas_bounds(service: ServiceView) -> list[Found]:
    """The replicas of a deployment fit between its bounds, as far as both are written."""
    return [
        Found(_path(service), f"{what} asked for deployment {text(deployment.get('name'))} of {_name(application)}")
        for application, deployment in _deployments(service)
        for what in _out_of_bounds(mapping(deployment.get("autoscaling_config")))
    ]


def _out_of_bounds(bounds: Mapping[str, Any]) -> Iterator[str]:
    asked = [(words, amount) for key, words in _BOUNDS if (amount := number(bounds.get(key))) is not None]
    for (low, fewer), (high, more) in combinations(asked, 2):
        if fewer > more:
            yield f"{low} {fewer} and {high} {more} replicas"


@rule(
    "serve-port-differs",
    ServiceView,
    "operator (at run time)",
    possible="the operator looks for Serve, and sends requests, at the port named serve (8000 where there is none), so "
    "that pods never become ready or requests are never answered",
    remedy="leave port out of http_options, or list it as serve among the ports of the head and of every group",
)
def serve_port_differs(service: ServiceView) -> list[Found]:
    """Serve listens where the head, every group and a Service of the author's own have a port named serve."""
    config = _config(service)
    options = mapping(config.get("http_options"))
    listens = number(options.get("port"), None if "port" in options else _PORT)
    if listens is None or not config or config.get("proxy_location") == "Disabled":
        return []
    wrong = [f"{port} {where}" for where, port in _looked_at(service, config) if port not in (None, listens)]
    words = "http_options.port" if "port" in options else "no port, which is"
    return [Found(_path(service), f"{words} {listens} asked with {', '.join(wrong)} as serve")] if wrong else []


def _looked_at(service: ServiceView, config: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    """The ports at which Serve is looked for, each with whose it is."""
    head, *groups = service.cluster.pods
    yield "of the head", _named(head.main)
    # A probe of a group's own asks what it asks; without proxies on workers none of them serves.
    if config.get("proxy_location", "EveryNode") == "EveryNode":
        yield from ((f"of group {pod.name}", _named(pod.main)) for pod in groups if "readinessProbe" not in pod.main)
    yield from (("of serve_service", port) for port in _forwarded(service))


def _named(container: Mapping[str, Any]) -> int | None:
    """The port of a container that is named serve."""
    ports = (port for port in items(container.get("ports")) if port.get("name") == "serve")
    return next((number(port.get("containerPort")) for port in ports), _PORT)


def _forwarded(service: ServiceView) -> Iterator[int | None]:
    """Where a Service of the author's own sends requests; in an upgrade step by step the operator makes its own."""
    if mapping(service.spec.get("upgradeStrategy")).get("type") == "NewClusterWithIncrementalUpgrade":
        return
    for port in items(mapping(mapping(service.spec.get("serveService")).get("spec")).get("ports")):
        if port.get("name") == "serve":
            # A name is one of a container's port.
            yield number(port.get("targetPort", port.get("port")))


@rule(
    "serve-field-misspelt",
    ServiceView,
    "ray",
    acceptable=True,
    possible="Ray drops a field that it does not know, in silence",
    remedy="write the field that there is, or accept this rule where a newer Ray has the other",
)
def serve_field_misspelt(service: ServiceView) -> list[Found]:
    """No field of Serve's configuration is one letter or so from a field that there is."""
    return [
        Found(_path(service), f"{name} asked in {part}, where there is {near}")
        for part, name, near in _misspelt(_config(service), "the configuration", ServeConfig)
    ]


def _misspelt(part: Mapping[str, Any], called: str, spec: type[Spec]) -> Iterator[tuple[str, str, str]]:
    for name, value in part.items():
        if name not in spec.model_fields:
            yield from ((called, name, near) for near in get_close_matches(name, spec.model_fields, n=1, cutoff=0.7))
        elif name in _PARTS:
            for inner in (mapping(value), *items(value)):
                yield from _misspelt(inner, name, _PARTS[name])


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
