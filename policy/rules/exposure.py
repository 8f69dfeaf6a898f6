"""Who reaches Ray."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import Path, items, mapping, number, text

from ..reach import let_in, ray_port, tunnel_of
from ..rule import Level, Nothing, rule, stack_rule
from ..shapes import is_everybody, texts
from ..stack import Stack
from ..subject import Subject
from ..views import Ray

_OPEN: Final = ("LoadBalancer", "NodePort")
_HEAD: Final = "-head-svc"
_NAMES: Final = ("head", "ray", "dashboard")
"""Words in the names of Services that lead to Ray, where the port is one of Ray's."""
_INTERNAL: Final = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
}
_ROUTES: Final = frozenset(
    {
        "AgentEndpoint",
        "Connector",
        "GRPCRoute",
        "HTTPProxy",
        "HTTPRoute",
        "ApisixRoute",
        "IngressRoute",
        "IngressRouteTCP",
        "IngressRouteUDP",
        "Mapping",
        "Route",
        "TCPMapping",
        "TCPRoute",
        "TLSRoute",
        "TargetGroupBinding",
        "TransportServer",
        "Tunnel",
        "UDPRoute",
        "VirtualServer",
        "VirtualService",
    }
)
"""Kinds of others that lead somewhere, by the name of a Service somewhere in them."""
_LEADING: Final = _ROUTES | {"ConfigMap", "Ingress"}
"""With nginx' own, which has its ports in a ConfigMap."""
_AT_PORT: Final = re.compile(r"[\w-]+/([\w-]+):([\w-]+)")
"""How nginx has there what a port leads to: namespace, Service, port."""
_HOSTS: Final = ("host", "name", "serviceName", "service", "url")
"""What Services stand under, in their objects."""
_OF_RAY: Final = frozenset({"ray.io/cluster", "ray.io/group", "ray.io/is-ray-node", "ray.io/node-type"})
"""Labels of every pod of Ray, by which a Service may select them."""
_SERVED: Final = (8000, "serve")
_SERVE: Final = "serveService"
"""What a RayService calls the Service that it is reached by."""
_BALANCERS: Final = frozenset(f"aws:{name}/loadBalancer:LoadBalancer" for name in ("lb", "alb", "elb"))
_SCHEME: Final = "alb.ingress.kubernetes.io/scheme"
_ACTIONS: Final = "alb.ingress.kubernetes.io/actions."
"""How annotations begin that say in JSON where an Ingress of AWS leads."""
_OF_CILIUM: Final = frozenset({"CiliumClusterwideNetworkPolicy", "CiliumNetworkPolicy"})
_ANYBODY: Final = frozenset({"all", "cluster", "world", "world-ipv4", "world-ipv6"})
"""How Cilium calls everybody, from outside or from within."""
_OVER_ALL: Final = frozenset({"AdminNetworkPolicy", "ClusterNetworkPolicy"})
"""What lets in whatever the NetworkPolicies of namespaces say."""
_ACCEPTED: Final = ("Accept", "Allow")
_OURS: Final = {"app.kubernetes.io/name": "kuberay", "app.kubernetes.io/created-by": "kuberay-operator"}
"""What the operator labels the pods of Ray with, beside labels under ``ray.io``."""
_CODE: Final = "whoever reaches it runs code on the cluster"
_SHADOW: Final = "CVE-2023-48022 (ShadowRay); NSA/CISA: network"


@rule(
    "service-public",
    Subject,
    why=_CODE,
    remedy="use ClusterIP and kubectl port-forward, or an authenticating proxy",
    source=_SHADOW,
    kinds=frozenset({"Service"}),
)
def service_public(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No Service opens Ray's dashboard, client or GCS to the outside."""
    del asked
    kind, selector = text(subject.spec.get("type")), mapping(subject.spec.get("selector"))
    tunnel = tunnel_of(subject.metadata)
    if kind not in _OPEN and not tunnel and not subject.spec.get("externalIPs"):
        return
    way = kind if kind in _OPEN else tunnel or kind or "externalIPs"
    head = selector.get("ray.io/node-type") == "head" or "headgroup" in selector.values()
    head = head or text(selector.get("ray.io/identifier")).endswith("-head")
    for index, port in enumerate(items(subject.spec.get("ports"))):
        opened = ray_port(port.get("targetPort", port.get("port"))) or ray_port(port.get("name"))
        if opened:
            yield Found(("spec", "ports", index), f"{way} to {opened} asked")
        elif head and number(port.get("port")) != 8000:
            yield Found(("spec", "ports", index), f"{way} to a head asked")
        elif _OF_RAY & set(selector) and port.get("targetPort", port.get("port")) not in _SERVED:
            yield Found(("spec", "ports", index), f"{way} to pods of Ray asked")


@rule(
    "load-balancer-public",
    Subject,
    why="AWS gives it an address of the Internet",
    remedy="set service.beta.kubernetes.io/aws-load-balancer-scheme: internal, of an Ingress "
    "alb.ingress.kubernetes.io/scheme: internal, in AWS internal: true, or use ClusterIP",
    source="CIS EKS 1.7: 5.4.2; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({"Ingress", "RayService", "Service"}) | _BALANCERS,
)
def load_balancer_public(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """A load balancer is reached from within the network only."""
    del asked
    if subject.kind in _BALANCERS and subject.props.get("internal") is not True:
        yield Found(("internal",), "a load balancer on the Internet asked")
    public = mapping(subject.metadata.get("annotations")).get(_SCHEME) == "internet-facing"
    if public or (subject.spec.get("type") == "LoadBalancer" and not _internal(subject.metadata)):
        yield Found(("metadata", "annotations"), "a load balancer on the Internet asked")
    serve = mapping(subject.spec.get(_SERVE))
    if mapping(serve.get("spec")).get("type") == "LoadBalancer" and not _internal(mapping(serve.get("metadata"))):
        yield Found(("spec", _SERVE, "metadata", "annotations"), "a load balancer on the Internet asked")


def _internal(metadata: Mapping[str, Any]) -> bool:
    there = mapping(metadata.get("annotations"))
    return any(text(there.get(name)).lower() in values for name, values in _INTERNAL.items())


@rule(
    "ray-service-public",
    Ray,
    why=_CODE,
    remedy="leave it out, and use kubectl port-forward or an authenticating proxy",
    source=_SHADOW,
)
def ray_service_public(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """The head's own Service and Ingress, and Serve's Service at Ray's ports, stay within the Kubernetes cluster."""
    del asked
    head = mapping(ray.cluster.get("headGroupSpec"))
    own = mapping(mapping(head.get("headService")).get("spec"))
    for place, kind in (
        (("serviceType",), head.get("serviceType")),
        (("headService", "spec", "type"), own.get("type")),
    ):
        if kind in _OPEN:
            yield Found(ray.at("headGroupSpec", *place), f"{kind} asked")
    if tunnel := tunnel_of(mapping(mapping(head.get("headService")).get("metadata"))):
        yield Found(
            ray.at("headGroupSpec", "headService", "metadata", "annotations", tunnel), "a way from outside asked"
        )
    if own.get("externalIPs"):
        yield Found(ray.at("headGroupSpec", "headService", "spec", "externalIPs"), "addresses from outside asked")
    serve = mapping(mapping(ray.subject.spec.get(_SERVE)).get("spec"))
    for index, port in enumerate(items(serve.get("ports")) if serve.get("type") in _OPEN else ()):
        if opened := ray_port(port.get("targetPort", port.get("port"))):
            yield Found(("spec", _SERVE, "spec", "ports", index), f"{serve.get('type')} to {opened} asked")
    if head.get("enableIngress") is True:
        yield Found(ray.at("headGroupSpec", "enableIngress"), "an Ingress asked")


@rule(
    "ingress-to-ray",
    Subject,
    why=_CODE,
    remedy="route to the Serve port 8000 only, or through an authenticating proxy",
    source=_SHADOW,
    kinds=_LEADING,
)
def ingress_to_ray(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No Ingress and no route leads to Ray's dashboard, client or GCS."""
    del asked
    for path, name, port in _backends(subject):
        if asked_for := _way(name, port):
            yield Found(path, asked_for)


def _way(name: str, port: Any) -> str:
    """What of Ray a Service leads to, as far as its name and the port tell; empty is nothing."""
    opened = ray_port(port)
    if name.endswith(_HEAD) and (opened or port != 8000):
        return f"a way to {name} asked" + (f" at {port}, {opened}" if opened else "")
    return f"a way to {name} at {port} asked, {opened}" if opened and any(word in name for word in _NAMES) else ""


@stack_rule(
    "route-to-ray",
    Stack,
    why=_CODE,
    remedy="route to the Serve port 8000 only, or through an authenticating proxy",
    source=_SHADOW,
)
def route_to_ray(stack: Stack, asked: Nothing) -> Iterator[tuple[Subject, Found]]:
    """No Ingress and no route leads to Ray's dashboard, client or GCS by a Service of another name or port."""
    del asked
    services = [each for each in stack.of("Service") if _is_of_ray({"matchLabels": each.spec.get("selector")})]
    for subject in stack.of(*_LEADING) if services else ():
        # Routes lead to other namespaces too.
        near = [each for each in services if subject.kind != "Ingress" or each.namespace == subject.namespace]
        for path, name, port in _backends(subject):
            behind = next((opened for each in near if each.name == name and (opened := _behind(each, port))), "")
            if behind and not _way(name, port):
                yield subject, Found(path, f"a way to {name} asked, {behind} behind it")


def _behind(service: Subject, asked: Any) -> str:
    """What of Ray listens behind a port of a Service, that of its only one where none is named; empty is nothing."""
    ports = items(service.spec.get("ports"))
    there = [
        each for each in ports if asked in (each.get("port"), each.get("name")) or (asked, len(ports)) == (None, 1)
    ]
    return next((ray_port(each.get("targetPort", each.get("port"))) for each in there), "")


def _named(value: Any, path: Path) -> Iterator[tuple[Path, str, Any]]:
    """Every mapping that names a Service, with the port beside the name."""
    if is_mapping(value):
        for host in filter(None, (text(value.get(key)) for key in _HOSTS)):
            name, _, last = host.rpartition("//")[2].partition("/")[0].partition(":")
            port = value.get("port", value.get("servicePort", int(last) if last.isdecimal() else None))
            yield path, name.partition(".")[0], mapping(port).get("number") if is_mapping(port) else port
        for key, each in value.items():
            yield from _named(each, (*path, key))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _named(each, (*path, index))


def _backends(subject: Subject) -> Iterator[tuple[Path, str, Any]]:
    if subject.kind == "Ingress":
        yield from _of_ingress(subject)
        return
    yield from _named(subject.spec, ("spec",))
    for key, value in mapping(subject.props.get("data")).items():
        if key.isdecimal() and (found := _AT_PORT.match(text(value))):
            name, port = found.groups()
            yield ("data", key), name, int(port) if port.isdecimal() else port


def _of_ingress(subject: Subject) -> Iterator[tuple[Path, str, Any]]:
    for key, action in mapping(subject.metadata.get("annotations")).items():
        if key.startswith(_ACTIONS):
            yield from _named(inline(text(action))[0], ("metadata", "annotations", key))
    found: list[tuple[Path, Any]] = [(("spec", "defaultBackend"), subject.spec.get("defaultBackend"))]
    for index, each in enumerate(items(subject.spec.get("rules"))):
        for place, way in enumerate(items(mapping(each.get("http")).get("paths"))):
            found.append((("spec", "rules", index, "http", "paths", place), way.get("backend")))
    for path, backend in found:
        service = mapping(mapping(backend).get("service"))
        port = mapping(service.get("port"))
        yield path, text(service.get("name")), port.get("number") or port.get("name")


@rule(
    "network-policy-open",
    Subject,
    why=_CODE,
    remedy="name who may come in, by podSelector and namespaceSelector",
    source=f"{_SHADOW}; CIS EKS 1.7: 4.3.2",
    kinds=frozenset({"NetworkPolicy"}) | _OF_CILIUM | _OVER_ALL,
)
def network_policy_open(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No NetworkPolicy of Ray pods lets everybody in to Ray's own ports."""
    del asked
    if subject.kind in _OVER_ALL:
        yield from _over_all(subject)
        return
    if subject.kind in _OF_CILIUM and _is_of_ray(mapping(subject.spec.get("endpointSelector"))):
        for index, each in enumerate(items(subject.spec.get("ingress"))):
            if anybody := sorted(_ANYBODY & set(texts(each.get("fromEntities")))):
                yield Found(("spec", "ingress", index, "fromEntities"), f"{', '.join(anybody)} let in")
            ranges = [*texts(each.get("fromCIDR")), *(text(one.get("cidr")) for one in items(each.get("fromCIDRSet")))]
            if anybody := list(filter(is_everybody, ranges)):
                yield Found(("spec", "ingress", index), f"{anybody[0]} let in")
    if _is_of_ray(mapping(subject.spec.get("podSelector"))):
        for index, opened in let_in(subject):
            yield Found(("spec", "ingress", index), f"everybody let in to {', '.join(opened)}")


def _over_all(subject: Subject) -> Iterator[Found]:
    if mapping(subject.spec.get("subject")).get("namespaces") != {}:
        return
    for index, each in enumerate(items(subject.spec.get("ingress"))):
        anybody = any(source.get("namespaces") == {} for source in items(each.get("from")))
        if anybody and each.get("action") in _ACCEPTED and not (each.get("ports") or each.get("protocols")):
            yield Found(("spec", "ingress", index), "every pod let in to every pod")


def _is_of_ray(selector: Mapping[str, Any]) -> bool:
    """Whether it names labels that only the operator gives."""
    labels = mapping(selector.get("matchLabels"))
    keys = [*labels, *(text(each.get("key")) for each in items(selector.get("matchExpressions")))]
    return any(key.removeprefix("k8s:").startswith("ray.io/") for key in keys) or any(
        labels.get(key) == value for key, value in _OURS.items()
    )
